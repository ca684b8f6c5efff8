"""What the network sees of a text: every word once, in windows of bounded size."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.extraction import Network
from communique.extraction.model.encoding import CASES, WINDOW, batches, pad


@pytest.fixture(scope="module")
def encoder():
    return Network().encoder


def words(text, windows):
    return [
        text[start:end]
        for window in windows
        for start, end in zip(window.starts[1:], window.ends[1:], strict=True)
    ]


def lines(text):
    stretches, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            stretches.append((start, start + len(line)))
        start += len(line) + 1
    return stretches


def test_every_word_is_read_once_and_in_order(encoder):
    text = "Aino Kallela said: “The U.S. won’t wait.”\n\nOslo, she added, waits."

    found = words(text, encoder.windows(text, lines(text)))

    assert "".join(found) == "".join(text.split())


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_words_stand_where_the_window_says_in_any_text(encoder, text):
    windows = encoder.windows(text, lines(text))

    for window in windows:
        places = list(zip(window.starts[1:], window.ends[1:], strict=True))
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert places == sorted(places)
        assert len(window.pieces) == len(window.features) <= WINDOW


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, "ab " * 60_000, "“" * 50_000, "\u200f\u202e" * 20_000, "Привет " * 20_000],
    ids=["one word", "words", "marks", "right to left", "another script"],
)
def test_no_window_outgrows_its_size(encoder, text):
    windows = encoder.windows(text, [(0, len(text))])

    assert all(len(window.pieces) <= WINDOW for window in windows)
    assert sum(len(window.starts) - 1 for window in windows) <= len(text)


def test_a_paragraph_that_no_window_holds_is_cut_after_a_full_stop(encoder):
    sentence = "The ministry said that the harbour would open in May. "
    text = (sentence * 60).strip()

    first, *_ = encoder.windows(text, [(0, len(text))])

    assert text[: first.ends[-1]].endswith("May.")


def test_short_paragraphs_share_a_window(encoder):
    text = "“We wait.”\n\nThat is what Aino Kallela said."

    (window,) = encoder.windows(text, lines(text))

    assert text[window.starts[1] : window.ends[-1]] == text


def test_words_inside_quotation_marks_are_marked(encoder):
    text = "Aino Kallela said “the NATO harbour” and “Oslo” wait"

    (window,) = encoder.windows(text, [(0, len(text))])

    marked = {
        text[window.starts[n] : window.ends[n]]: window.features[first]
        for n, first in enumerate(window.firsts)
        if n
    }
    assert marked["Aino"] == 1
    assert marked["said"] == 0
    assert marked["harbour"] == CASES
    assert marked["Oslo"] == CASES + 1
    assert marked["NATO"] == CASES + 2
    assert marked["wait"] == 0


def test_batches_hold_every_window_once_and_stay_small(encoder):
    text = "\n\n".join("Word " * n for n in range(1, 120, 3))
    windows = [window for span in lines(text) for window in encoder.windows(text, [span])]

    groups = batches(windows, 512, 8)

    assert sorted(i for group in groups for i in group) == list(range(len(windows)))
    for group in groups:
        arrays = pad([windows[i] for i in group])
        assert len(group) <= 8
        assert arrays["pieces"].size <= 512 or len(group) == 1
        assert (arrays["mask"].sum(1) == [len(windows[i].pieces) for i in group]).all()
        assert np.array_equal(arrays["pieces"] != 0, arrays["mask"] == 1)
