"""What the model takes for one name, taken apart into the names in it."""

import pytest

from communique.extraction.bodies import is_a_body
from communique.extraction.cast import Cast
from communique.extraction.full_names import find_full_names
from communique.extraction.name_parts import names_in
from communique.extraction.recognition import Name


class Recognised:
    """A reading in which some words of a text are names."""

    def __init__(self, text: str, *names: tuple[str, str]) -> None:
        self._names, at = [], 0
        for words, kind in names:
            at = text.index(words, at)
            self._names.append(Name(at, at + len(words), kind))
            at += len(words)

    def names(self, start: int, end: int) -> list[Name]:
        return [name for name in self._names if start <= name.start < end]


def people(gazetteer, text, *names):
    cast = Cast(text, gazetteer)
    find_full_names(cast, [(0, len(text))], [], Recognised(text, *names))
    return {one.name for one in cast.persons()}


@pytest.mark.parametrize(
    ("recognised", "names"),
    [
        ("Lib Dem leader Ed Harlow", ["Ed Harlow"]),
        ("Oulu goalkeeping coach Aino Lund", ["Aino Lund"]),
        ("Oulu's Aino Lund", ["Aino Lund"]),
        ("to South Korea Ed Harlow", ["Ed Harlow"]),
        ("Ed van der Harlow", ["Ed van der Harlow"]),
        ("Adel bin Zayd al-Karam", ["Adel bin Zayd al-Karam"]),
        ('Ed "Mac" Harlow', ['Ed "Mac" Harlow']),
        ("Ed Harlow and Aino Lund", ["Ed Harlow", "Aino Lund"]),
        ("Ed Harlow, Aino Lund", ["Ed Harlow", "Aino Lund"]),
        ("Ed van", ["Ed"]),
        ("Matt Lund of the Harbour Institute", ["Matt Lund"]),
        ("Joan of Oulu", ["Joan of Oulu"]),
        ("Harlow aide", []),
        ("Agriculture Minister", []),
        ("State Premiers", []),
        ("Ed Major", ["Ed Major"]),
        ("Officers from Oulu", []),
        ("Lund@harbour.example", []),
        ("“The Harbour", []),
        ("Secretary for Public Affairs Aino Lund", ["Secretary for Public Affairs Aino Lund"]),
    ],
)
def test_a_person_is_named_by_the_name_alone(gazetteer, recognised, names):
    found = names_in(recognised, Name(0, len(recognised), "person"), gazetteer)

    assert [recognised[one.start : one.end] for one in found] == names


@pytest.mark.parametrize("firm", ["Harlow Technology Co", "Harlow & Lund Inc.", "Harlow plc"])
def test_what_ends_as_a_firm_does_is_no_person(gazetteer, firm):
    (found,) = names_in(firm, Name(0, len(firm), "person"), gazetteer)

    assert (found.kind, firm[found.start : found.end]) == ("organisation", firm)


@pytest.mark.parametrize(
    ("recognised", "names"),
    [
        ("Saudi Arabia and United Arab Emirates", ["Saudi Arabia", "United Arab Emirates"]),
        ("Institute for Ships and Harbours", ["Institute for Ships and Harbours"]),
        ("Lund University, Oulu", ["Lund University", "Oulu"]),
        ("Chairman of the Harbour Committee", []),
        ("United Nations Ed Harlow", ["Ed Harlow"]),
        ("United Nations Friends", ["United Nations Friends"]),
        ("a club, the Oulu Dragons", ["a club", "Oulu Dragons"]),
    ],
)
def test_bodies_named_together_are_several(gazetteer, recognised, names):
    found = names_in(recognised, Name(0, len(recognised), "organisation"), gazetteer)

    assert [recognised[one.start : one.end] for one in found] == names


def test_what_is_mostly_a_body_is_one_everywhere(gazetteer):
    text = "Blue Quay was founded in May. Later Blue Quay grew. Then Blue Quay sank."
    kinds = ("organisation", "person", "organisation")

    assert people(gazetteer, text, *(("Blue Quay", kind) for kind in kinds)) == set()


def test_a_person_with_a_given_name_is_one_everywhere(gazetteer):
    text = "Helen Quay came in May. Later Helen Quay spoke. Then Helen Quay left."
    kinds = ("person", "organisation", "person")

    assert people(gazetteer, text, *(("Helen Quay", kind) for kind in kinds)) == {"Helen Quay"}


def test_what_has_an_article_before_it_is_no_person(gazetteer):
    text = "He came to the Blue Quay with Helen Lund."
    names = (("Blue Quay", "person"), ("Helen Lund", "person"))

    assert people(gazetteer, text, *names) == {"Helen Lund"}


def test_a_headline_in_capitals_is_no_body():
    assert not is_a_body(["HARBOUR", "POLICE"])
    assert is_a_body(["CGT", "UK"])
