"""Whole articles against the records that a reader of them would write down."""

import json
from datetime import date
from pathlib import Path

import pytest

from communique.dumps import label_blocks, read_file
from communique.extraction import Extractor
from communique.records import Extraction, Source
from communique.settings import Settings
from communique.stages.extract import load_extractor

GOLDEN = Path(__file__).parent
NAMES = sorted(file.stem for file in GOLDEN.glob("*.txt"))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(Settings.from_environment({}))


@pytest.mark.parametrize("name", NAMES)
def test_an_article_yields_exactly_what_a_reader_would_write_down(extractor, name):
    (article,) = read_file(GOLDEN, f"{name}.txt", dump_date=date(2026, 3, 4)).articles

    found = extractor.extract(article, label_blocks(article))

    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert _lines(_view(found)) == _lines(expected)


def test_every_golden_text_has_its_records_and_the_other_way_round():
    assert sorted(file.stem for file in GOLDEN.glob("*.json")) == NAMES


def _lines(view: dict) -> list[str]:
    """One line a field, so that a difference reads like one."""
    return json.dumps(view, indent=1, ensure_ascii=False).splitlines()


def _view(found: Extraction) -> dict:
    """What the golden files hold of an extraction: names in place of numbers."""
    sources = {source.source_number: source for source in found.sources}
    names = {entity.entity_number: entity.entity_name for entity in found.entities}
    chains: dict[str, list[str]] = {}
    for hop in found.statement_hops:
        chains.setdefault(hop.statement_id, []).append(_word(sources[hop.source_number]))
    return {
        "statements": [
            {
                "chain": " < ".join(chains[one.statement_id]),
                "actor": names.get(sources[one.source_number].entity_number),
                "quote_type": one.quote_type,
                "content": one.content_text,
            }
            for one in sorted(found.statements, key=lambda one: (one.char_start, one.char_end))
        ],
        "stances": [
            {
                "holder": names[one.holder_entity_number],
                "on_behalf_of": names.get(one.on_behalf_of_entity_number),
                "proposition": one.proposition_id,
                "position": one.position,
                "expression": one.expression,
                "condition": one.condition_text,
            }
            for one in sorted(found.stances, key=lambda one: (one.char_start, one.stance_id))
        ],
        "interactions": [
            {
                "type": one.interaction_type,
                "mode": one.mode,
                "initiator": names[one.initiator_entity_number],
                "recipient": names[one.recipient_entity_number],
                "requested_by": names.get(one.requested_by_entity_number),
                "from": one.happened_from and one.happened_from.isoformat(),
            }
            for one in sorted(
                found.interactions, key=lambda one: (one.char_start, one.interaction_id)
            )
        ],
    }


def _word(source: Source) -> str:
    return source.descriptor or source.source_name or source.source_type
