"""Sentences of real news were read for training; the repository has what they show, not them."""

import json

import pytest

from communique.training.positions.examples import POSITIONS
from communique.training.positions.readings import (
    find_words,
    from_readings,
    hash_of,
    read_readings,
)

SENTENCE = "Minister Aino Kallela urged Norway on Monday to open the strait to foreign fishing."
PROPOSITIONS = {"strait": "The strait should be open to all", "tax": "Taxes should be lower"}


@pytest.fixture
def corpora(tmp_path):
    """Make an empty PolNeAR, and a dump with one article."""
    polnear = tmp_path / "data" / "attribution" / "polnear"
    polnear.mkdir(parents=True)
    (polnear / "train.jsonl").write_text("", "utf8")
    dump = tmp_path / "dumps" / "coast"
    dump.mkdir(parents=True)
    article = {
        "title": "Talks on the strait go on",
        "text": f"The ministers met in Oslo for the third time.\n\nIt was cold. {SENTENCE}",
        "url": "https://coast.example/1",
    }
    (dump / "articles.jsonl").write_text(json.dumps(article) + "\n", "utf8")
    (dump / "notes.bin").write_bytes(b"\x00\x01 no news")
    return tmp_path / "data", tmp_path / "dumps"


@pytest.fixture
def readings(tmp_path):
    """Read the sentence, and one that is in no dump."""
    folder = tmp_path / "read"
    folder.mkdir()
    actors, asked = "Aino Kallela|Norway", "strait|tax"
    cells = ("a1", "Aino Kallela", actors, asked, "support:strait:Aino Kallela")
    rows = [("sentence", "article", "speaker", "actors", "asked", "held")]
    rows += [(hash_of(one), *cells) for one in (SENTENCE, "Nobody wrote this.")]
    (folder / "coast.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), "utf8")
    return read_readings(folder)


def test_a_sentence_is_found_again_with_what_stands_around_it(readings, corpora):
    words = find_words(readings, *corpora)

    (found,) = words.values()
    assert (found.title, found.before, found.sentence) == (
        "Talks on the strait go on",
        "It was cold.",
        SENTENCE,
    )


def test_whoever_holds_nothing_by_it_is_asked_too(readings, corpora):
    ((_, said),) = find_words(readings, *corpora).items()
    examples = from_readings([(readings[0], said)], PROPOSITIONS)

    answers = {(one.question.proposition, one.question.holder): one.target for one in examples}
    none, support = (1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0)
    assert answers == {
        ("The strait should be open to all", None): support,
        ("The strait should be open to all", "Aino Kallela"): support,
        ("The strait should be open to all", "Norway"): none,
        ("Taxes should be lower", None): none,
        ("Taxes should be lower", "Aino Kallela"): none,
        ("Taxes should be lower", "Norway"): none,
    }


def test_the_repository_has_names_and_no_words_of_the_articles():
    readings = read_readings()

    assert len(readings) > 5_000
    for one in readings:
        assert len(one.sentence) == 16
        for name in (*one.actors, *(holder for holder, _, _ in one.held)):
            assert len(name.split()) <= 12, name
        assert {position for _, _, position in one.held} <= set(POSITIONS)
