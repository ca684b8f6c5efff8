"""What a judge of positions learns from: which answers are known, and how surely."""

import csv
import random
import string

from communique.settings import Settings
from communique.training.positions.examples import (
    FRAMES,
    POSITIONS,
    Held,
    Proposition,
    Sentence,
    Written,
    from_annotated,
    from_frames,
    from_written,
    read_written,
    target,
)

BRIDGE = Proposition(
    "open_bridge",
    "The bridge should be opened",
    "open the bridge",
    "opening the bridge",
    ("the opening of the bridge",),
)
FERRY = Proposition(
    "stop_ferry", "The ferry should be stopped", "stop the ferry", "stopping the ferry",
    ("an end to the ferry",),
)  # fmt: skip
NAMES = ("Sigrid Aune", "Finland")


def sentence(text, start, *actors):
    return Sentence("row", "A row", None, text, start, start + len(text), None, frozenset(actors))


def answers(examples):
    return {(one.question.holder, one.question.proposition): one for one in examples}


def test_every_frame_has_one_phrase_and_known_positions():
    with FRAMES.open(encoding="utf8", newline="") as handle:
        frames = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))

    assert len({frame["frame"] for frame in frames}) == len(frames) > 300
    for frame in frames:
        slots = [name for _, name, _, _ in string.Formatter().parse(frame["frame"]) if name]
        phrases = [name for name in slots if name in ("infinitive", "gerund", "noun")]
        assert len(phrases) == 1, frame
        assert frame["holder"] in POSITIONS, frame
        assert ("O" in slots) == bool(frame["other"]), frame
        assert frame["other"] in ("", *POSITIONS), frame


def test_every_proposition_of_the_codebook_has_phrases_in_its_direction():
    propositions, items = read_written()
    seed = Settings.from_environment({}).dbt_project / "seeds" / "propositions.csv"
    with seed.open(encoding="utf8", newline="") as handle:
        sentences = {
            row["proposition_id"]: row["proposition_text"] for row in csv.DictReader(handle)
        }

    assert {name: propositions[name].text for name in sentences} == sentences
    assert all(len(one.nouns) >= 3 for one in propositions.values())
    assert {item.proposition_id for item in items} <= propositions.keys()


def test_a_filled_frame_asks_of_both_actors():
    found = list(from_frames({"open_bridge": BRIDGE}, NAMES, random.Random(1), 1))
    urged = [one for one in found if " urged " in one.question.sentence and one.question.holder]

    assert all("{" not in one.question.sentence for one in found)
    assert {one.question.holder for one in urged} == set(NAMES)


def test_a_demand_is_the_position_of_who_makes_it_and_of_nobody_else():
    item = Written(
        "open_bridge", None, None, "Sigrid Aune urged Finland to open it.", "Sigrid Aune",
        {"Sigrid Aune": "support", "Finland": "none"},
    )  # fmt: skip
    propositions = {one.proposition_id: one for one in (BRIDGE, FERRY)}
    propositions |= dict.fromkeys(("a", "b"), FERRY)
    found = answers(from_written(propositions, [item], [["stop_ferry"]], random.Random(1)))

    assert found["Sigrid Aune", BRIDGE.text].target == target("support")
    assert found["Finland", BRIDGE.text].target == target("none")
    assert found[None, BRIDGE.text].target == target("support")
    assert found[None, FERRY.text].target == target("none")


def test_a_sentence_that_annotators_passed_over_is_no_sure_none():
    first, second, third = (
        sentence("Aune would open the bridge.", 0, "Sigrid Aune"),
        sentence("She had called for it before.", 40, "Sigrid Aune"),
        sentence("Finland was silent.", 80, "Finland"),
    )
    held = [Held("Sigrid Aune", None, "open_bridge", "support", (0, 27))]
    texts = {one.proposition_id: one.text for one in (BRIDGE, FERRY)}
    candidates = [["open_bridge"], ["open_bridge"], ["stop_ferry"]]
    found = list(from_annotated([first, second, third], held, texts, candidates))
    shown, passed_over, elsewhere = (
        {one.question.holder: one for one in found if one.question.sentence == place.text}
        for place in (first, second, third)
    )

    assert shown["Sigrid Aune"].target == target("support")
    assert passed_over[None].weight < shown[None].weight
    assert "Sigrid Aune" not in passed_over
    assert elsewhere[None].weight == shown[None].weight
