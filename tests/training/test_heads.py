"""Small heads learn on the vectors of a network that stays as it is."""

import shutil

import pytest

from communique.extraction import Network
from communique.extraction.model.network import SHIPPED
from communique.training.names import NamedPlace, NamedText

pytestmark = pytest.mark.torch

PEOPLE = ("Ada Lund", "Per Holm", "Aino Kallela", "Yonatan Barlev")
BODIES = ("Harbour Union", "Dockers Guild", "Ferry Council", "Tide Institute")
PLACES = ("Norway", "Finland", "Estonia", "Sweden")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    from communique.training.heads import train_heads

    folder = tmp_path_factory.mktemp("heads") / "weights"
    shutil.copytree(SHIPPED, folder)
    named, places = [], []
    for person in PEOPLE:
        for body in BODIES:
            text = f"{person} met the {body} on the quay."
            start = text.index(body)
            spans = (((0, len(person)), "person"), ((start, start + len(body)), "organisation"))
            named.append(NamedText(text, spans))
    for place in PLACES:
        for verb in ("rejected", "wants", "condemned"):
            places.append(NamedPlace(f"{place} {verb} the plan.", (0, len(place)), True))
            text = f"Snow fell in {place} when the train {verb} it."
            start = text.index(place)
            places.append(NamedPlace(text, (start, start + len(place)), False))
    network = Network(folder)
    figures = train_heads(network, named, places, lambda _: None, seed=3)
    return Network(folder), figures


def test_names_and_their_kinds_are_learned(trained):
    network, _ = trained
    text = "Per Holm met the Tide Institute on the quay."
    (reading,) = network.read(text, [(0, len(text))])

    found = [(text[slice(*reading.offsets(one))], one.role)
             for one in network.heads.names(reading.vectors)]  # fmt: skip

    assert found == [("Per Holm", "person"), ("Tide Institute", "organisation")]


def test_a_place_that_acts_is_told_from_one_that_does_not(trained):
    network, figures = trained

    def acting(text, word):
        (reading,) = network.read(text, [(0, len(text))])
        place = reading.window.starts.index(text.index(word))
        return network.heads.acting(reading.vectors, place, place)

    assert figures["accuracy"] > 0.9
    assert acting("Denmark rejected the plan.", "Denmark") > 0.5
    assert acting("Snow fell in Denmark when the train left it.", "Denmark") < 0.5
