"""The article that the project began with, held against the records a reader made of it."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from communique.dumps import label_blocks, read_file
from communique.records import Article, Extraction, Stance
from communique.settings import CHECKOUT, Settings
from communique.stages.extract import load_extractor
from communique.stages.judge import load_judge
from house import counted

SEED = CHECKOUT.parent / "shared" / "seed"
NAME = "al-monitor_israel-ukraine-channel"

pytestmark = pytest.mark.skipif(
    not SEED.is_dir(), reason="the seed article is not part of the project"
)


@pytest.fixture(scope="module")
def gold() -> dict:
    return json.loads((SEED / "gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def delivered() -> Article:
    (article,) = read_file(SEED, f"{NAME}.txt", dump_date=date(2023, 6, 28)).articles
    return replace(article, outlet_name="Al-Monitor")


@pytest.fixture(scope="module")
def found(delivered) -> Extraction:
    extractor = load_extractor(Settings.from_environment({}))
    return extractor.extract(delivered, label_blocks(delivered))


@pytest.fixture(scope="module")
def held(delivered, found) -> list[Stance]:
    judge = load_judge(Settings.from_environment({}))
    return counted(judge.judge(delivered, label_blocks(delivered), found))


def test_the_speakers_of_its_statements_are_found(gold, found):
    hits = [
        statement["spans"]
        for statement in gold["statements"]
        if any(
            _overlap(" ".join(statement["spans"]), one.content_text) >= 0.5
            and _is_speaker(statement["speaker"], found, one.source_number)
            for one in found.statements
        )
    ]

    assert len(hits) >= 6, hits


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        (
            "Washington understands",
            ["Al-Monitor", "Axios", "unnamed Israeli official"],
        ),
        (
            "Reznikov has been unable",
            ["Al-Monitor", "The Times of Israel", "unnamed Ukrainian officials"],
        ),
    ],
)
def test_its_chains_name_every_hop(found, words, chain):
    (statement,) = [one for one in found.statements if one.content_text.startswith(words)]

    assert _chain(found, statement.statement_id) == chain


def test_its_two_unnamed_sources_stay_apart(found):
    unnamed = {source.descriptor for source in found.sources if not source.is_named}

    assert unnamed == {"unnamed Israeli official", "unnamed Ukrainian officials"}


def test_its_photographer_and_agency_are_no_actors(found):
    names = {entity.entity_name.casefold() for entity in found.entities}

    assert not {name for name in names if "garanich" in name or "afp" in name.split()}
    assert "agence france-presse" not in names


def test_what_washington_is_said_to_understand_is_no_stance_of_the_united_states(found, held):
    understood = [one for one in found.statements if "Washington understands" in one.content_text]
    ids = {one.statement_id for one in understood}

    assert understood
    assert not [one for one in held if one.statement_id in ids]


def test_the_pressure_of_the_united_states_is_its_position_by_inference(found, held):
    names = {entity.entity_number: entity.entity_name for entity in found.entities}
    inferred = {
        (names[one.holder_entity_number], one.proposition_id, one.position)
        for one in held
        if one.expression == "authorial"
    }

    assert ("United States", "arm_ukraine", "support") in inferred


def test_its_four_positions_count_and_no_others(found, held):
    names = {entity.entity_number: entity.entity_name for entity in found.entities}

    assert {
        (names[one.holder_entity_number], one.proposition_id, one.position) for one in held
    } == {
        ("Yoav Gallant", "arm_ukraine", "oppose"),
        ("Israel", "nonlethal_aid_ukraine", "support"),
        ("United States", "arm_ukraine", "support"),
        ("United States", "neutral_on_ukraine", "oppose"),
    }


def _chain(found: Extraction, statement_id: str) -> list[str]:
    sources = {source.source_number: source for source in found.sources}
    hops = [hop for hop in found.statement_hops if hop.statement_id == statement_id]
    return [sources[hop.source_number].source_name or sources[hop.source_number].descriptor
            for hop in sorted(hops, key=lambda hop: hop.hop_number)]  # fmt: skip


def _is_speaker(speaker: dict, found: Extraction, source_number: int) -> bool:
    """Compare by the words that name an actor, or that describe an unnamed one."""
    source = found.sources[source_number]
    names = {entity.entity_number: entity.entity_name for entity in found.entities}
    if speaker["actor"]:
        actor = names.get(source.entity_number)
        return actor is not None and actor in speaker["actor"]
    return not source.is_named and _overlap(speaker["descriptor"], source.descriptor) >= 0.5


def _overlap(one: str, other: str) -> float:
    """Share of words in common: intersection over union, counting repetitions."""
    first, second = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return (first & second).total() / max(1, (first | second).total())
