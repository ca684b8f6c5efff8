"""Whole articles against the records that a reader of them would write down."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from communique.dumps import label_blocks, read_file
from communique.extraction import Extractor
from communique.positions import Judge
from communique.records import Extraction, Source, Stance
from communique.settings import Settings
from communique.stages.extract import load_extractor
from communique.stages.judge import load_judge
from house import counted

GOLDEN = Path(__file__).parent
_ENOUGH = 0.5
NAMES = sorted(file.stem for file in GOLDEN.glob("*.txt"))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(Settings.from_environment({}))


@pytest.fixture(scope="module")
def judge() -> Judge:
    return load_judge(Settings.from_environment({}))


@pytest.fixture(scope="module")
def read(extractor, judge) -> dict[str, dict]:
    views = {}
    for name in NAMES:
        (article,) = read_file(GOLDEN, f"{name}.txt", dump_date=date(2026, 3, 4)).articles
        blocks = label_blocks(article)
        found = extractor.extract(article, blocks)
        views[name] = _view(found, counted(judge.judge(article, blocks, found)))
    return views


@pytest.mark.parametrize(
    ("kind", "agreement"), [("statements", 0.75), ("stances", 0.75), ("interactions", 1.0)]
)
def test_a_reader_of_the_articles_writes_down_nearly_the_same(read, kind, agreement):
    only_reader, only_here, shared = [], [], 0
    for name in NAMES:
        expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))[kind]
        found = list(read[name][kind])
        for record in expected:
            twin = next((one for one in found if _same(one, record)), None)
            if twin is None:
                only_reader.append((name, *record.values()))
            else:
                found.remove(twin)
                shared += 1
        only_here += [(name, *record.values()) for record in found]

    differences = [f"only a reader: {one}" for one in only_reader]
    differences += [f"only here: {one}" for one in only_here]
    assert shared / (shared + len(only_reader)) >= agreement, "\n".join(differences)
    assert shared / (shared + len(only_here)) >= agreement, "\n".join(differences)


def test_an_article_of_plain_quotations_yields_exactly_what_a_reader_would_write_down(read):
    expected = json.loads((GOLDEN / "minister_interview.json").read_text(encoding="utf-8"))

    assert read["minister_interview"] == expected


def test_every_golden_text_has_its_records_and_the_other_way_round():
    assert sorted(file.stem for file in GOLDEN.glob("*.json")) == NAMES


def _same(one: dict, other: dict) -> bool:
    """Tell whether two records say the same; contents may begin or end a few words apart."""
    contents = one.get("content", ""), other.get("content", "")
    words = [set(re.findall(r"\w+", content)) for content in contents]
    alike = len(words[0] & words[1]) >= _ENOUGH * len(words[0] | words[1])
    return alike and {**one, "content": ""} == {**other, "content": ""}


def _view(found: Extraction, held: list[Stance]) -> dict:
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
            for one in sorted(held, key=lambda one: (one.char_start, one.stance_id))
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
