"""What holds for every text, however strange it is."""

import string
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import Reading, build_article

from communique.dumps import label_blocks
from communique.records import Extraction

_FRAGMENTS = (
    "Aino Kallela", "Kallela", "Israel", "Washington", "the minister", "an unnamed official", "it",
    "they", "he", " said ", " told ", " reported that ", " according to ", " was quoted as saying ",
    "Axios", "the Times of Israel", "in a statement", "on Monday", "last week", ", ", ". ", "“",
    "”", '"', "’s ", " and ", "\n\n", "\n", "weapons for Ukraine", " must be given ", "sanctions",
    "President ", "Prime Minister ", " met ", " called ", "(Photo by X / AFP)", "…", "é", "🙂",
    "the bridge was closed", "NATO", " of ", " — ", ": ", "\u00a0", "\u2028",
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(_FRAGMENTS), max_size=60).map("".join),
    st.text(max_size=300),
)
FEW = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PARAGRAPH = (
    "Finnish Prime Minister Aino Kallela said on Monday that the harbour was safe. “We waited,” "
    "said Yonatan Barlev, the defense minister, “until the ice had gone.” Axios reported that "
    "Washington wants sanctions on Russia extended.\n\n"
)


def _check(text: str, extraction: Extraction) -> None:
    """Hold every promise that the records make about a text."""
    for table, start, end, words in _places(extraction):
        assert text[start:end] == words, table
    for statement in extraction.statements:
        own = [
            span
            for span in extraction.statement_spans
            if span.statement_id == statement.statement_id
        ]
        assert [span.span_number for span in own] == list(range(1, len(own) + 1))
        assert all(before.char_end <= after.char_start for before, after in pairwise(own))
        assert (statement.char_start, statement.char_end) == (own[0].char_start, own[-1].char_end)
        assert statement.content_text == " [...] ".join(span.span_text for span in own)
        assert statement.content_text.strip()
        assert text[: statement.char_start].endswith(statement.quote_prefix)
        assert text[statement.char_end :].startswith(statement.quote_suffix)
        chain = [
            hop for hop in extraction.statement_hops if hop.statement_id == statement.statement_id
        ]
        assert [hop.hop_number for hop in chain] == list(range(1, len(chain) + 1))
        assert chain[0].source_number == 0
        assert chain[-1].source_number == statement.source_number
        assert len({hop.source_number for hop in chain}) == len(chain)
    for key in ("statement_id", "mention_id", "interaction_id"):
        ids = [
            getattr(record, key)
            for table in ("statements", "mentions", "interactions")
            for record in getattr(extraction, table)
            if getattr(record, key, None) is not None and table.startswith(key[:4])
        ]
        assert len(ids) == len(set(ids)), key
    numbers = {entity.entity_number for entity in extraction.entities}
    referred = [source.entity_number for source in extraction.sources]
    referred += [mention.entity_number for mention in extraction.mentions]
    assert {number for number in referred if number is not None} <= numbers


def _places(extraction: Extraction) -> list[tuple[str, int, int, str]]:
    return [
        *(("span", s.char_start, s.char_end, s.span_text) for s in extraction.statement_spans),
        *(("mention", m.char_start, m.char_end, m.surface) for m in extraction.mentions),
        *(
            ("interaction", i.char_start, i.char_end, i.evidence_text)
            for i in extraction.interactions
        ),
    ]


@FEW
@given(text=TEXTS)
def test_every_record_keeps_its_promises(extractor, text):
    article = build_article(text)

    _check(text, extractor.extract(article, label_blocks(article)))


@FEW
@given(text=TEXTS)
def test_the_same_text_gives_the_same_records(extractor, text):
    article = build_article(text)
    blocks = label_blocks(article)

    assert extractor.extract(article, blocks) == extractor.extract(article, blocks)


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "“", "”", '"', "''", "\u200b"])
def test_a_text_without_words_has_only_its_publisher(read, text):
    extraction = read(text).extraction

    assert [source.source_name for source in extraction.sources] == ["Harbour Tribune"]
    assert extraction.statements == extraction.entities == ()


@pytest.mark.parametrize(
    "code",
    [
        "'; drop table statements; --",
        "<script>alert('x')</script>",
        "{{ config(materialized='table') }}",
        "{0} {name} %s %(x)s ${HOME}",
        "\\g<1> \\1 (?P<x>.*",
        "a\x00b",
    ],
)
def test_code_in_a_text_is_only_text(read, code):
    reading = read(f"“The sign on the harbour says {code} in red letters,” said Aino Kallela.")

    assert code in reading.statement.content_text
    assert reading.speakers == ["Aino Kallela"]
    _check(reading.article.body_text, reading.extraction)


def test_an_article_in_another_language_yields_only_its_publisher(read):
    reading = read("Aino Kallela said the harbour was safe.", language="fi")

    assert reading.contents == []
    assert reading.actors == set()
    assert [source.source_name for source in reading.extraction.sources] == ["Harbour Tribune"]


def test_a_very_long_text_is_read_to_its_end(extractor):
    text = PARAGRAPH * (200_000 // len(PARAGRAPH)) + "Taras Bondarchuk said the bridge was closed."
    article = build_article(text)
    reading = Reading(article, extractor.extract(article, label_blocks(article)))

    assert reading.contents[-1] == "the bridge was closed"
    assert reading.speakers[-1] == "Taras Bondarchuk"


ADVERSARIAL = {
    "opening quotes": "“",
    "straight quotes": '"',
    "capitals": "A",
    "capitalised words": "Aaa ",
    "initials": "A. ",
    "commas": ",",
    "comma words": "a, ",
    "said": "said ",
    "said that": "said that ",
    "ly words": "slowly ",
    "according": "according to ",
    "titles": "Prime Minister ",
    "of names": "Bank of ",
    "spaces": " ",
    "line breaks": "\n",
    "full stops": ".",
    "quoted as": "quoted as ",
    "apostrophes": "’s",
    "brackets": "(Photo by ",
    "digits": "1,",
    "pressure": "US pressure on ",
    "countries": "Israel ",
    "they said": "they said, ",
    "no spaces": string.ascii_letters,
}


@pytest.mark.parametrize("unit", ADVERSARIAL.values(), ids=ADVERSARIAL.keys())
def test_no_repetition_makes_reading_explode(read, unit):
    """A pattern that backtracks without bound would not return from such a text at all."""
    text = "Aino Kallela said " + unit * (20_000 // len(unit)) + " that the bridge was closed."
    reading = read(text)

    _check(text, reading.extraction)
    assert sum(map(len, reading.contents)) <= 3 * len(text)
