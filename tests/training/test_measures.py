"""The figures of the report."""

import numpy as np
import pytest

from communique.extraction.linking import Attribution as Found
from communique.training.calibration import curve_of, fit_logistic, sigmoid
from communique.training.corpora import Attribution
from communique.training.spans import SpanScore

TEXT = "Aino Kallela said that the harbour would open in May. Oslo agreed to wait for spring."


def at(words):
    start = TEXT.index(words)
    return start, start + len(words)


def found(source, cue, content):
    return Found(
        source=at(source) if source else None,
        cue=at(cue) if cue else None,
        content=(at(content),),
        span_chance=1.0,
        link_chance=1.0,
    )


GOLD = (
    Attribution((at("Aino Kallela"),), (at("said"),), (at("the harbour would open in May"),)),
    Attribution((at("Oslo"),), (at("agreed to"),), (at("wait for spring"),)),
)


def figures(*given):
    score = SpanScore()
    score.add(TEXT, GOLD, given)
    return score.figures()


def test_the_same_spans_are_a_full_score():
    given = [
        found("Aino Kallela", "said", "the harbour would open in May"),
        found("Oslo", "agreed to", "wait for spring"),
    ]

    assert all(one["f1"] == 1 for one in figures(*given).values())


def test_a_content_that_shares_half_is_found_but_not_exact():
    score = figures(found("Aino Kallela", "said", "the harbour would"))

    assert score["attribution content"] == {"precision": 1.0, "recall": 0.5, "f1": 0.667}
    assert score["exact content"]["f1"] == 0


def test_a_content_with_another_source_is_only_half_right():
    score = figures(found("Oslo", "said", "the harbour would open in May"))

    assert score["attribution content"]["recall"] == 0.5
    assert score["attribution content and source"]["recall"] == 0


def test_confidence_learns_how_often_it_is_right():
    chance = np.random.default_rng(3)
    signal = chance.normal(size=4000)
    right = (chance.random(4000) < sigmoid(0.5 + 2 * signal)).astype(float)

    weights = fit_logistic(np.stack([np.ones(4000), signal], 1), right)

    assert weights == pytest.approx([0.5, 2], abs=0.2)


def test_the_curve_tells_what_share_was_right_in_each_band():
    curve = curve_of(np.array([0.05, 0.91, 0.92, 1.0]), np.array([0.0, 1.0, 0.0, 1.0]))

    assert [(one["from"], one["statements"], one["right"]) for one in curve] == [
        (0.0, 1, 0.0),
        (0.9, 3, 0.667),
    ]
