"""Where speakers stand on the propositions of the codebook, and how the article knows."""

import shutil
from dataclasses import replace

import pytest
from reading import Reading, build_article

from communique.dumps import label_blocks
from communique.settings import Settings
from communique.stages.judge import load_judge
from house import counted


def test_a_speaker_who_wants_it_supports_it(read):
    reading = read(
        "Polish Prime Minister Jan Wilk said that Ukraine must be given more weapons for its "
        "defence."
    )

    assert reading.stances == {("Jan Wilk", "arm_ukraine", "support", "self")}
    assert reading.stance.position_score == 1.0


def test_a_speaker_who_rejects_it_opposes_it(read):
    reading = read("Jan Wilk, the Polish prime minister, rejected the delivery of weapons to Kyiv.")

    assert ("Jan Wilk", "arm_ukraine", "oppose") in {one[:3] for one in reading.stances}
    assert reading.stance.position_score == -1.0


def test_a_condition_makes_it_neutral_and_is_kept(read):
    reading = read(
        "Jan Wilk said Poland should supply tanks to Ukraine only if the allies do the same."
    )

    assert reading.stance.position == "neutral"
    assert reading.stance.condition_text == "only if the allies do the same"


def test_a_subject_without_a_direction_is_no_position(read):
    reading = read("Jan Wilk said the weapons for Ukraine were loaded in Gdansk at night.")

    assert reading.stances == set()


def test_what_somebody_ascribes_to_another_is_imputed(read):
    reading = read(
        "Ukrainian President Pavlo Hrytsak said that Moscow wants sanctions on Russia lifted."
    )

    assert {one[3] for one in reading.stances} == {"imputed"}
    assert {one[0] for one in reading.stances} == {"Russia"}


@pytest.mark.parametrize(
    ("content", "proposition"),
    [
        ("Republicans want to cut taxes", "cut_taxes"),
        ("Republicans had backed new sanctions on Russia", "sanction_russia"),
        ("Lobbyists wanted to cut taxes", "cut_taxes"),
    ],
)
def test_what_a_speaker_says_that_others_want_is_not_surely_his_own(read, content, proposition):
    reading = read(f"Senator Ada Orlow said {content}.")

    assert ("Ada Orlow", proposition) not in {
        (reading.actor(one.holder_entity_number), one.proposition_id)
        for one in reading.judged
        if one.confidence >= 0.5
    }


def test_what_his_own_party_wants_a_speaker_wants(read):
    reading = read("Republican Senator Ada Orlow said Republicans want to cut taxes.")

    assert ("Ada Orlow", "cut_taxes", "support", "self") in reading.stances


def test_what_parties_and_groups_want_is_theirs(read):
    reading = read("Senator Ada Orlow said Hamas rejected a ceasefire in Gaza.")

    assert ("Hamas", "gaza_ceasefire", "oppose") in {one[:3] for one in reading.stances}


def test_what_follows_what_another_wants_is_the_speakers(read):
    reading = read(
        "Ukrainian President Pavlo Hrytsak said Hamas rejected a deal, and Ukraine must be given "
        "more weapons."
    )

    assert ("Pavlo Hrytsak", "arm_ukraine", "support", "self") in reading.stances


def test_understanding_a_position_is_not_holding_it(read):
    reading = read(
        "An unnamed Israeli official was quoted as saying that Washington understands the "
        "Israeli position against supplying Kyiv with weapons."
    )

    assert not [one for one in reading.stances if one[0] == "United States" and one[3] != "imputed"]


def test_pressure_that_the_narration_sees_is_authorial(read):
    reading = read(
        "Israeli Defense Minister Yonatan Barlev called Taras Bondarchuk, thanks to US pressure "
        "on the government to provide military assistance to Kyiv."
    )

    assert ("United States", "arm_ukraine", "support", "authorial") in reading.stances
    assert reading.stance.statement_id is None


def test_repeating_the_governments_position_is_on_its_behalf(read):
    reading = read(
        "Axios reported that Israeli Defense Minister Yonatan Barlev spoke to his guests, "
        "repeating Jerusalem’s position against supplying Kyiv with weapons."
    )
    stance = next(one for one in reading.judged if one.proposition_id == "arm_ukraine")

    assert (stance.position, stance.expression) == ("oppose", "reported")
    assert reading.actor(stance.holder_entity_number) == "Yonatan Barlev"
    assert reading.actor(stance.on_behalf_of_entity_number) == "Israel"


def test_the_evidence_of_a_position_lies_in_the_text(read):
    reading = read("Polish Prime Minister Jan Wilk called for tougher sanctions on Russia.")
    stance = reading.stance

    assert stance.proposition_id == "sanction_russia"
    assert reading.article.body_text[stance.char_start : stance.char_end] == stance.evidence_text


def test_an_unnamed_speaker_holds_no_position(read):
    reading = read("A senior Polish official said that Ukraine must be given more weapons.")

    assert reading.stances == set()


def test_a_proposition_without_cue_words_works_by_its_own_words(extractor, tmp_path):
    settings = Settings.from_environment({})
    shutil.copytree(settings.dbt_project / "seeds", tmp_path / "seeds")
    (tmp_path / "seeds" / "propositions.csv").write_text(
        "proposition_id,proposition_text\nreopen_canal,The Saimaa canal should be reopened\n"
    )
    judge = load_judge(replace(settings, dbt_project=tmp_path))
    article = build_article("Aino Kallela said that the Saimaa canal must be reopened by summer.")
    blocks = label_blocks(article)
    extraction = extractor.extract(article, blocks)

    reading = Reading(article, extraction, counted(judge.judge(article, blocks, extraction)))

    assert reading.stances == {("Aino Kallela", "reopen_canal", "support", "self")}
    assert reading.stance.codebook_version == judge.codebook_version


def test_a_word_turned_round_turns_the_position_round(read):
    reading = read("Jan Wilk said Poland does not support sending weapons to Ukraine.")

    assert {one[2] for one in reading.stances} == {"oppose"}


def test_denying_something_is_no_position(read):
    reading = read("Jan Wilk denied that Poland had promised to send weapons to Ukraine.")

    assert reading.stances == set()


def test_what_the_article_is_about_need_not_be_said_again(read):
    reading = read(
        "Envoys spoke about a ceasefire in Gaza. Talks about a truce in Gaza began on Monday. "
        "Egyptian Foreign Minister Nabil Shahin called for an immediate ceasefire."
    )

    assert ("Nabil Shahin", "gaza_ceasefire", "support", "self") in reading.stances


def test_as_long_as_it_takes_is_no_condition(read):
    reading = read(
        "Jan Wilk said Poland supported sending weapons to Ukraine for as long as it takes."
    )

    assert reading.stance.position == "support"
    assert reading.stance.condition_text is None
