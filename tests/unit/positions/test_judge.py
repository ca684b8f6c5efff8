"""The judge asks little, and puts each answer where it belongs: whose, for whom, known how."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from reading import Reading, build_article

from communique.dumps import label_blocks
from communique.extraction import Gazetteer
from communique.positions import Codebook, Judge
from communique.positions.questions import Answer
from communique.settings import Settings

SEEDS = Settings.from_environment({}).dbt_project / "seeds"
BRIDGE = {
    "proposition_id": "open_bridge",
    "proposition_text": "The bridge should be opened",
    "topic_terms": "viaduct",
}
RESIGN = {"proposition_id": "aune_out", "proposition_text": "Sigrid Aune should resign"}
NOBODY = Answer(0.0, 0.0, 0.0)
SUPPORT, OPPOSE = Answer(0.9, 0.0, 0.0), Answer(0.0, 0.9, 0.0)


class EverySentence:
    """A gate that lets all pass, or nothing."""

    def __init__(self, passes=True):
        self._passes = passes

    def candidates(self, texts, most, least):
        return [{0: 0.9} if self._passes else {} for _ in texts]


class Says:
    """A respondent that knows where some actors stand, and remembers what it was asked."""

    version = "says"
    notes = ()

    def __init__(self, **positions):
        self._positions = {name.replace("_", " "): one for name, one in positions.items()}
        self.asked = []

    def answer(self, questions):
        self.asked += questions
        return [self._positions.get(one.holder or "anybody", NOBODY) for one in questions]


@pytest.fixture
def judged(extractor):
    gazetteer = Gazetteer.from_seeds(SEEDS)

    def judge_text(text, respondent, screen=None, gate=None, proposition=BRIDGE, **options):
        article = build_article(text, **options)
        blocks = label_blocks(article)
        extraction = extractor.extract(article, blocks)
        judge = Judge(
            Codebook.from_rows([proposition]),
            gazetteer,
            gate or EverySentence(),
            screen=screen or Says(anybody=SUPPORT),
            respondent=respondent,
            confidence=lambda showing: max(showing.least, showing.held_chance),
        )
        return Reading(article, extraction, judge.judge(article, blocks, extraction))

    return judge_text


AUNE = (
    "Norwegian Foreign Minister Sigrid Aune said that Finnish Prime Minister Aino Kallela "
    "must wait for the bridge."
)


def test_who_speaks_and_who_is_named_are_both_asked(judged):
    respondent = Says(Sigrid_Aune=OPPOSE, Aino_Kallela=SUPPORT)

    reading = judged(AUNE, respondent)

    assert {one.holder for one in respondent.asked} >= {"Sigrid Aune", "Aino Kallela"}
    assert ("Sigrid Aune", "open_bridge", "oppose", "self") in reading.stances
    assert ("Aino Kallela", "open_bridge", "support", "imputed") in reading.stances


def test_who_speaks_for_a_government_speaks_on_its_behalf_and_it_is_not_counted_twice(judged):
    text = (
        "Norwegian Foreign Minister Sigrid Aune said that Norway would never open the bridge. "
        "Norway said so twice."
    )
    reading = judged(text, Says(Sigrid_Aune=OPPOSE, Norway=OPPOSE))
    first = [one for one in reading.judged if one.char_start == 0]

    assert [reading.actor(one.holder_entity_number) for one in first] == ["Sigrid Aune"]
    assert reading.actor(first[0].on_behalf_of_entity_number) == "Norway"


def test_narration_reports_and_has_no_statement(judged):
    text = "Sigrid Aune vetoed the bridge. The harbour was quiet."

    reading = judged(text, Says(Sigrid_Aune=OPPOSE))

    (stance,) = reading.judged
    assert (stance.expression, stance.statement_id) == ("reported", None)
    assert stance.evidence_text == "Sigrid Aune vetoed the bridge."


def test_what_a_picture_shows_is_nobodys_position_but_what_is_said_of_it_may_be(judged):
    text = (
        "The harbour was quiet on Monday, and the ships stayed where they had been for weeks.\n\n"
        "FILE PHOTO - {} November 3, 2026.\n\n"
        "Nobody knew on Monday when the ice would go, and the council did not meet to say so."
    )
    shown = text.format("Sigrid Aune stands on the bridge in Harbour Town,")
    said = text.format("“The bridge must be opened,” Sigrid Aune said in Harbour Town.")

    assert judged(shown, Says(Sigrid_Aune=SUPPORT)).judged == []
    assert ("Sigrid Aune", "open_bridge", "support", "self") in judged(
        said, Says(Sigrid_Aune=SUPPORT)
    ).stances


def test_the_day_of_a_deed_is_read_from_its_sentence(judged):
    text = "Sigrid Aune vetoed the bridge on Tuesday. The harbour was quiet."

    reading = judged(text, Says(Sigrid_Aune=OPPOSE), published_on=date(2026, 3, 5))

    assert reading.stance.held_from == date(2026, 3, 3)


def test_a_sentence_that_the_gate_lets_no_proposition_through_for_costs_nothing(judged):
    screen, respondent = Says(anybody=SUPPORT), Says(Sigrid_Aune=OPPOSE)

    reading = judged(AUNE, respondent, screen, EverySentence(passes=False))

    assert (reading.judged, screen.asked, respondent.asked) == ([], [], [])


def test_where_nobody_seems_to_have_a_position_nobody_is_asked_about(judged):
    respondent = Says(Sigrid_Aune=OPPOSE)

    assert judged(AUNE, respondent, Says(anybody=NOBODY)).judged == []
    assert respondent.asked == []


def test_a_sentence_in_which_nobody_is_named_or_speaks_is_not_screened(judged):
    screen = Says(anybody=SUPPORT)

    judged("Sigrid Aune vetoed the bridge. The harbour was quiet.", Says(), screen)

    assert [one.sentence for one in screen.asked] == ["Sigrid Aune vetoed the bridge."]


def test_whom_a_proposition_names_has_a_position_on_it_only_by_what_he_says_himself(judged):
    respondent = Says()
    hers = "Norwegian Foreign Minister Sigrid Aune said that she was not tired of the office."

    judged(
        f"Finnish Prime Minister Aino Kallela said that Sigrid Aune had failed. {hers}",
        respondent,
        proposition=RESIGN,
    )

    asked = {(one.holder, one.sentence == hers) for one in respondent.asked}
    assert {("Aino Kallela", False), ("Sigrid Aune", True)} <= asked
    assert ("Sigrid Aune", False) not in asked


def test_what_the_wording_claims_is_asked_whatever_the_gate_says(judged):
    respondent = Says(Sigrid_Aune=OPPOSE)
    text = "Norwegian Foreign Minister Sigrid Aune rejected the viaduct."

    reading = judged(text, respondent, gate=EverySentence(passes=False))

    assert [one.holder for one in respondent.asked] == ["Sigrid Aune"]
    assert {one[2] for one in reading.stances} == {"oppose"}


def test_what_the_wording_claims_gives_way_to_a_respondent_that_is_sure_of_another_position(judged):
    text = "Norwegian Foreign Minister Sigrid Aune rejected the viaduct."

    sure = judged(text, Says(Sigrid_Aune=SUPPORT)).stance
    unsure = judged(text, Says(Sigrid_Aune=Answer(0.4, 0.0, 0.0))).stance

    assert (sure.position, sure.confidence) == ("support", 0.9)
    assert (unsure.position, unsure.confidence) == ("oppose", 0.55)


def test_what_is_said_outright_in_the_words_of_the_codebook_stands_against_any_respondent(judged):
    own_words = BRIDGE | {"support_terms": "walk across the viaduct"}
    outright = "Norwegian Foreign Minister Sigrid Aune said Oslo must walk across the viaduct."
    named = "Norwegian Foreign Minister Sigrid Aune said few would walk across the viaduct."

    claimed = judged(outright, Says(Sigrid_Aune=OPPOSE), proposition=own_words).stance
    found = judged(named, Says(Sigrid_Aune=OPPOSE), proposition=own_words).stance

    assert (claimed.position, claimed.confidence) == ("support", 0.55)
    assert (found.position, found.confidence) == ("oppose", 0.9)


def test_what_the_words_of_the_codebook_only_name_is_as_sure_as_the_respondent(judged):
    own_words = BRIDGE | {"support_terms": "walk across the viaduct"}
    text = "Norwegian Foreign Minister Sigrid Aune said few would walk across the viaduct."

    doubted = judged(text, Says(Sigrid_Aune=Answer(0.3, 0.0, 0.0)), proposition=own_words).stance
    agreed = judged(text, Says(Sigrid_Aune=Answer(0.4, 0.0, 0.0)), proposition=own_words).stance

    assert (doubted.position, doubted.confidence) == ("support", 0.3)
    assert (agreed.position, agreed.confidence) == ("support", 0.55)


def test_the_words_that_a_respondent_points_at_are_the_evidence(judged):
    respondent = Says(Sigrid_Aune=replace(OPPOSE, evidence="must wait for the bridge"))

    stance = judged(AUNE, respondent).stance

    assert stance.evidence_text == "must wait for the bridge"


def test_a_condition_is_kept_with_a_neutral_position(judged):
    text = "Sigrid Aune said Norway would open the bridge only if Finland paid for it."

    stance = next(
        one
        for one in judged(text, Says(Sigrid_Aune=Answer(0.1, 0.1, 0.7))).judged
        if one.position == "neutral"
    )

    assert stance.condition_text == "only if Finland paid for it"


def test_an_article_in_another_language_is_not_judged(judged):
    assert judged(AUNE, Says(Sigrid_Aune=OPPOSE), language="nb").judged == []


def test_another_network_is_another_version():
    def version(respondent):
        return Judge(
            Codebook.from_rows([BRIDGE]), Gazetteer.from_seeds(Path(SEEDS)), EverySentence(),
            screen=Says(), respondent=respondent, confidence=lambda _: 1.0,
        ).version  # fmt: skip

    other = Says()
    other.version = "other"
    assert version(Says()) == version(Says()) != version(other)
