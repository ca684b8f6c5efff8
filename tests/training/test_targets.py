"""What the network is asked to say of a window."""

import random

import pytest

from communique.extraction import Network
from communique.extraction.model.labels import LINKS, TAGS
from communique.training.corpora import Attribution, Document
from communique.training.targets import ELSEWHERE, examples

TEXT = "“We wait,” said Kallela, “for spring.” Oslo says Bergen wants peace."


def at(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def attribution(source, cue, *content):
    return Attribution(
        (at(source),) if source else (), (at(cue),) if cue else (), tuple(map(at, content))
    )


@pytest.fixture(scope="module")
def encoder():
    return Network().encoder


def example(encoder, *attributions, text=TEXT, **more):
    document = Document("one", "house", text, attributions, **more)
    (one,) = examples(document, encoder, None)
    return one


def tagged(one, level, text=TEXT):
    window = one.window
    return [
        (TAGS[number], text[window.starts[n] : window.ends[n]])
        for n, number in enumerate(one.tags[level])
        if number
    ]


def pointed(one, link, words, text=TEXT):
    window = one.window
    place = {text[a:b]: n for n, (a, b) in enumerate(zip(window.starts, window.ends, strict=True))}
    (there,) = [t for kind, here, t in one.links if LINKS[kind] == link and here == place[words]]
    return "elsewhere" if there == ELSEWHERE else text[window.starts[there] : window.ends[there]]


def test_a_second_part_of_a_quotation_joins_the_first(encoder):
    one = example(encoder, attribution("Kallela", "said", "We wait", "for spring"))

    assert tagged(one, 0) == [
        ("B-content", "We"),
        ("I-content", "wait"),
        ("B-cue", "said"),
        ("B-source", "Kallela"),
        ("J-content", "for"),
        ("I-content", "spring"),
    ]


def test_what_stands_in_the_content_of_another_is_on_the_second_level(encoder):
    one = example(
        encoder,
        attribution("Oslo", "says", "Bergen wants peace"),
        attribution("Bergen", "wants", "peace"),
    )

    assert [words for tag, words in tagged(one, 0) if tag.endswith("content")] == [
        "Bergen",
        "wants",
        "peace",
    ]
    assert tagged(one, 1) == [("B-source", "Bergen"), ("B-cue", "wants"), ("B-content", "peace")]


def test_every_part_of_a_statement_points_to_its_source_and_cue(encoder):
    one = example(encoder, attribution("Kallela", "said", "We wait", "for spring"))

    assert pointed(one, "source", "We") == pointed(one, "source", "for") == "Kallela"
    assert pointed(one, "cue", "We") == pointed(one, "cue", "for") == "said"


def test_content_without_a_source_points_elsewhere(encoder):
    one = example(encoder, attribution(None, None, "We wait"))

    assert pointed(one, "source", "We") == "elsewhere"


def test_what_lies_in_another_window_is_elsewhere(encoder):
    text = f"Kallela wrote.\n{'The ice is thick. ' * 60}\nThis is peace."
    document = Document(
        "one",
        "house",
        text,
        (Attribution((at("Kallela", text),), (), (at("This is peace", text),)),),
    )

    *_, last = examples(document, encoder, None)

    assert "This" in [word for _, word in tagged(last, 0, text)]
    assert pointed(last, "source", "This", text) == "elsewhere"


def test_texts_without_mentions_ask_for_none(encoder):
    silent = example(encoder)
    asked = example(encoder, mentions=((at("Kallela"), "person"),))

    assert set(silent.mentions.tolist()) == {-1}
    assert sorted(set(asked.mentions.tolist())) == [0, 1]


def test_windows_begin_elsewhere_each_time(encoder):
    text = "\n".join(f"Paragraph {n} is about the harbour and the ice." for n in range(80))
    document = Document("one", "house", text, ())

    cuts = {
        tuple(one.window.starts[1] for one in examples(document, encoder, random.Random(seed)))
        for seed in range(5)
    }

    assert len(cuts) > 1
