"""The model card quotes the report, and the report is about the weights that ship."""

import json

import pytest

from communique.extraction import Network
from communique.extraction.model.network import SHIPPED

REPORT = json.loads((SHIPPED / "report.json").read_text("utf8"))
CARD = (SHIPPED / "MODEL_CARD.md").read_text("utf8")


def test_the_report_is_about_the_weights_that_ship():
    assert REPORT["network"] == Network().version


@pytest.mark.parametrize("measure", REPORT["spans"]["house"])
def test_the_card_quotes_the_report(measure):
    figures = [
        f"{REPORT['spans'][part][measure]['f1']:.3f}" for part in ("house", "polnear", "gum")
    ]

    assert f"| {measure} | {' | '.join(figures)} |" in CARD


@pytest.mark.parametrize("kind", REPORT["names"])
def test_the_card_quotes_how_many_names_are_found(kind):
    one = REPORT["names"][kind]
    figures = [f"{one[measure]:.3f}" for measure in ("precision", "recall", "f1")]

    assert f"| {kind} | {' | '.join(figures)} |" in CARD


def test_the_card_quotes_how_often_a_place_that_acts_is_told_from_one_that_does_not():
    assert f"right in {REPORT['metonymy']['accuracy']:.3f} of" in CARD


def test_confidence_keeps_its_word_in_every_band_with_enough_statements():
    bands = [one for one in REPORT["confidence"]["reliability"] if one["statements"] >= 60]

    assert len(bands) >= 3
    for band in bands:
        assert abs(band["confidence"] - band["right"]) < 0.1, band


def test_the_model_is_small_enough_for_a_repository():
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 30e6
