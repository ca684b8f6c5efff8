"""The judge's model card quotes its report, and the report is about the weights that ship."""

import json

import pytest

from communique.positions.model.network import SHIPPED, PairNetwork

REPORT = json.loads((SHIPPED / "report.json").read_text("utf8"))
CARD = (SHIPPED / "MODEL_CARD.md").read_text("utf8")
POSITIONS = ("support", "oppose", "neutral", "none")


def test_the_report_is_about_the_weights_that_ship():
    assert REPORT["network"] == PairNetwork().version


@pytest.mark.parametrize("measure", ["perspectrum_dev_accuracy", "newsmtsc_macro_f1"])
def test_the_card_quotes_how_well_it_answers_other_corpora(measure):
    assert f"{REPORT['questions'][measure]:.3f}" in CARD


def test_the_card_quotes_how_well_positions_are_found():
    best = REPORT["stances"]["best"]
    figures = [f"{best[measure]:.3f}" for measure in ("precision", "recall", "f1")]

    assert f"| {' | '.join(figures)} |" in CARD


@pytest.mark.parametrize("annotated", POSITIONS)
def test_the_card_quotes_the_confusion_matrix(annotated):
    counts = REPORT["stances"]["confusion"]
    row = [str(counts.get(f"{annotated} as {found}", 0)) for found in POSITIONS]
    if annotated == "none":
        row[-1] = ""

    assert f"| {annotated} | {' | '.join(row)} |" in CARD


def test_confidence_keeps_its_word_in_every_band_with_enough_stances():
    bands = [one for one in REPORT["stances"]["reliability"] if one["statements"] >= 40]

    assert bands
    for band in bands:
        assert abs(band["confidence"] - band["right"]) < 0.15, band


def test_the_model_is_small_enough_for_a_repository():
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 30e6
