"""Who a speaker is: a named actor, an unnamed person or group, a document, an office."""

from datetime import date

import pytest

from communique.extraction.cast import Cast
from communique.extraction.speakers import Sources


def test_unnamed_official_is_a_source_not_an_actor(read):
    reading = read("A senior Israeli official said the talks in Cairo would go on.")
    source = reading.source_of(reading.statement)

    assert source.is_named is False
    assert source.entity_number is None
    assert source.source_type == "person"
    assert source.descriptor == "senior Israeli official"
    assert source.descriptor_rank == "senior"
    assert source.country_text == "Israeli"
    assert source.sector_code == "GOV"
    assert source.is_plural is False
    assert "senior Israeli official" not in reading.actors


@pytest.mark.parametrize(
    ("speaker", "source_type", "rank", "sector", "is_plural"),
    [
        ("Two Ukrainian officials", "group", "official", "GOV", True),
        ("A spokeswoman for the ministry", "person", "spokesperson", "GOV", False),
        ("A former Turkish diplomat", "person", "former", "GOV", False),
        ("Residents of the village", "group", "ordinary", "CVL", True),
        ("A Russian army officer", "person", "ordinary", "MIL", False),
        ("Several analysts", "group", "ordinary", "EDU", True),
        ("A top opposition lawmaker", "person", "senior", "LEG", False),
    ],
)
def test_the_wording_shows_rank_sector_and_number(
    read, speaker, source_type, rank, sector, is_plural
):
    reading = read(f"{speaker} said the bridge had been closed for weeks.")
    source = reading.source_of(reading.statement)

    assert not source.is_named
    assert (source.source_type, source.is_plural) == (source_type, is_plural)
    assert (source.descriptor_rank, source.sector_code) == (rank, sector)


def test_two_unnamed_officials_described_differently_are_two_sources(read):
    reading = read(
        "An unnamed Israeli official said the talks would go on. "
        "Unnamed Ukrainian officials said the talks had failed."
    )
    first, second = (reading.source_of(one) for one in reading.extraction.statements)

    assert first.source_number != second.source_number
    assert (first.country_text, second.country_text) == ("Israeli", "Ukrainian")


def test_the_same_unnamed_official_taken_up_again_stays_one_source(read):
    reading = read(
        "A Polish diplomat said the talks would go on. “Nobody has left the table,” "
        "the diplomat said."
    )
    first, second = reading.extraction.statements

    assert first.source_number == second.source_number


def test_a_document_has_its_owner_behind_it(read):
    reading = read("A Foreign Ministry report said the bridge was unsafe.")
    israel = read("An Israel statement read, “The minister was briefed on the bridge.”")
    source = israel.source_of(israel.statement)

    assert reading.source_of(reading.statement).source_type == "document"
    assert source.source_type == "document"
    assert source.descriptor == "Israel statement"
    assert israel.actor(source.entity_number) == "Israel"


def test_it_takes_up_the_document_before(read):
    reading = read(
        "An Israel statement read, “The minister was briefed on the bridge.” "
        "It explained that the bridge would be mended in May."
    )

    assert reading.speaker("would be mended") == "Israel statement"


def test_a_poll_is_a_poll(read):
    reading = read("A poll released on Monday found that most Finns want the harbour to stay open.")

    assert reading.source_of(reading.statement).source_type == "poll"


def test_his_office_speaks_for_the_person_named_last(read):
    reading = read(
        "Israeli Foreign Minister Eitan Roshal arrived in Kyiv on Tuesday for his first visit "
        "since the war began, his office said."
    )
    source = reading.source_of(reading.statement)

    assert source.descriptor == "office of Eitan Roshal"
    assert source.is_named
    assert reading.actor(source.entity_number) == "Eitan Roshal"


def test_a_pronoun_is_the_speaker_before(read):
    reading = read(
        "Finnish Prime Minister Aino Kallela said the harbour was safe. She said that no ship had "
        "been lost."
    )

    assert reading.speakers == ["Aino Kallela", "Aino Kallela"]


def test_they_are_the_group_that_spoke_before(read):
    reading = read(
        "Two Ukrainian officials said the bridge was closed. They said it would open in May."
    )

    assert reading.speakers == ["Two Ukrainian officials"] * 2


def test_a_surname_is_the_person_introduced_with_a_title(read):
    reading = read(
        "Finnish Prime Minister Aino Kallela arrived in Oslo. Kallela said the harbour was safe."
    )

    assert reading.speakers == ["Aino Kallela"]


def test_the_minister_is_the_person_with_that_role(read):
    reading = read(
        "Israeli Defense Minister Yonatan Barlev met French President Luc Marchand in Paris. "
        "The minister said the talks had been useful."
    )

    assert reading.speakers == ["Yonatan Barlev"]


def test_a_title_without_first_name_still_names_a_person(read):
    reading = read("President Oyelaran said the river would be dammed.")

    assert reading.speakers == ["Oyelaran"]
    assert reading.entity("Oyelaran").entity_type == "person"


def test_a_government_speaks_under_its_countrys_name(read):
    reading = read("The Swiss authorities said the bridge was unsafe.")
    source = reading.source_of(reading.statement)

    assert reading.speakers == ["Switzerland"]
    assert source.is_named
    assert reading.entity("Switzerland").entity_type == "government"


def test_an_organisation_speaks_for_itself(read):
    reading = read("The Harbour Workers Union said the cranes were unsafe. It said two had failed.")

    assert reading.speakers == ["Harbour Workers Union"] * 2
    assert reading.entity("Harbour Workers Union").entity_type == "organisation"


def test_whom_somebody_told_is_the_addressee(read):
    reading = read(
        "Yonatan Barlev, the defense minister, told Ukrainian President Pavlo Hrytsak that the "
        "radars were ready."
    )

    assert reading.actor(reading.statement.addressee_entity_number) == "Pavlo Hrytsak"
    assert reading.speakers == ["Yonatan Barlev"]


def test_a_minister_speaks_on_behalf_of_the_government(read):
    reading = read("Israeli Defense Minister Yonatan Barlev said the radars were ready.")

    assert reading.actor(reading.statement.on_behalf_of_entity_number) == "Israel"


@pytest.mark.parametrize(
    "speaker",
    [
        "Ada Blix, president of the U.S. Chamber of Commerce,",
        "Ada Blix, president of the American Federation of Teachers,",
        "Ada Blix, vice president of American Airlines,",
        "American University President Ada Blix",
        "Ada Blix, the American University president,",
        "Russian opposition spokesman Bo Ek",
        "German trade union general secretary Bo Ek",
    ],
)
def test_who_speaks_for_a_body_of_a_country_does_not_speak_for_its_government(read, speaker):
    reading = read(f"{speaker} said the harbour was safe.")

    assert reading.statement.on_behalf_of_entity_number is None


@pytest.mark.parametrize(
    ("speaker", "government"),
    [
        ("Bo Ek, president of Finland,", "Finland"),
        ("Bo Ek, a spokesman for the U.S. State Department,", "United States"),
        ("Bo Ek, spokesman for the Russian Foreign Ministry,", "Russia"),
        ("Palestinian U.N. Ambassador Bo Ek", "Palestine"),
    ],
)
def test_who_speaks_for_a_ministry_speaks_for_its_government(read, speaker, government):
    reading = read(f"{speaker} said the harbour was safe.")

    assert reading.actor(reading.statement.on_behalf_of_entity_number) == government


def test_a_former_minister_speaks_for_nobody_else(read):
    reading = read("Former Israeli Defense Minister Yonatan Barlev said the radars were ready.")

    assert reading.statement.on_behalf_of_entity_number is None


@pytest.mark.parametrize(
    "words",
    [
        "Aino Kallela criticized Russia's position on Ukraine.",
        "Aino Kallela said that Russia's policy on the harbour was wrong.",
    ],
)
def test_who_speaks_about_the_position_of_a_state_does_not_speak_for_it(read, words):
    assert read(words).statement.on_behalf_of_entity_number is None


@pytest.mark.parametrize(
    ("speaker", "government"), [("Ada Blix", "Israel"), ("Finnish President Ada Blix", "Finland")]
)
def test_who_repeats_the_position_of_a_state_speaks_for_it_unless_for_another(
    read, speaker, government
):
    reading = read(f"{speaker} reiterated Jerusalem's position against selling radars.")

    assert reading.actor(reading.statement.on_behalf_of_entity_number) == government


def test_joined_speakers_make_one_statement_each(read):
    reading = read("Finland and Norway said that the strait was open to all ships.")

    assert reading.contents == ["the strait was open to all ships"] * 2
    assert reading.speakers == ["Finland", "Norway"]


def test_a_leaders_government_is_that_of_the_leaders_country(read):
    reading = read(
        "Israeli Prime Minister Dvora Almagor arrived in Oslo. The Almagor government said the "
        "radars were ready."
    )

    assert reading.speakers == ["Israel"]


def test_the_ministry_is_the_one_named_before(read):
    reading = read(
        "The Russian Defense Ministry said the bridge was closed. The ministry said it would be "
        "open by May."
    )

    assert reading.speakers == ["Russian Defense Ministry"] * 2
    assert reading.entity("Russian Defense Ministry").entity_type == "ministry"


def test_an_owned_office_is_not_its_owner(read):
    reading = read(
        "Israeli Defense Minister Yonatan Barlev left for Oslo. Barlev’s office said the radars "
        "were ready."
    )

    assert reading.speakers == ["office of Yonatan Barlev"]


def test_a_spokeswoman_is_not_whom_she_speaks_for(read):
    reading = read(
        "Finnish Prime Minister Aino Kallela left for Oslo. A spokeswoman for Kallela said the "
        "harbour was safe."
    )
    source = reading.source_of(reading.statement)

    assert source.is_named is False
    assert source.entity_number is None


def test_he_is_not_a_woman_by_her_title(read):
    reading = read(
        "Spokeswoman Tilda Brandt met Oskari Lund. He said the harbour was safe, and Tilda Brandt "
        "said nothing."
    )

    assert reading.speaker("harbour was safe") == "Oskari Lund"


def test_a_word_that_starts_a_sentence_is_no_speaker(read):
    reading = read(
        "Others said the bridge was closed. While others slept, ships came in. Despite the fog "
        "said to be thick, none was lost."
    )

    assert reading.actors == set()


def test_the_rank_and_file_are_one_group(read):
    reading = read("Rank and file Democrats said they were willing to lose their jobs.")

    assert len(reading.speakers) == 1
    assert "Rank" not in reading.actors


def test_an_adverb_speaks_for_nobody(read):
    reading = read(
        "Most of the West, which internationally condemns such actions on the part of Russia, "
        "stayed silent."
    )

    assert "internationally" not in reading.speakers


@pytest.mark.parametrize(
    "sentence",
    [
        "Polling by the institute found that the harbour should stay open.",
        "Nobody said that the harbour should stay open.",
        "History argues that the harbour should stay open.",
    ],
)
def test_a_common_word_at_the_start_of_a_sentence_is_nobody_s_name(read, sentence):
    assert not {"Polling", "Nobody", "History"} & read(sentence).actors


def test_a_word_behind_its_trade_is_a_name(read):
    assert "Kallo" in read("Grocery owner Kallo said that the harbour should stay open.").actors


def test_a_name_that_is_glued_to_itself_is_told_once(read):
    reading = read("The critics include Sen. Ada Blix Ada Mary BlixYes, who said the dam must go.")

    assert "Ada Blix" in reading.actors
    assert not [actor for actor in reading.actors if "BlixYes" in actor]


@pytest.mark.parametrize(
    "speaker",
    [
        "Its chief executive, Dame Clare Barlow,",
        "Another activist, Clare Barlow,",
        "His longtime chief of staff, Clare Barlow,",
    ],
)
def test_a_name_behind_a_description_is_who_speaks(read, speaker):
    reading = read(f"The bridge was closed. {speaker} said that it was late.")

    assert reading.speakers == ["Clare Barlow"]


def test_a_relative_is_not_the_person_he_is_a_relative_of(read):
    reading = read("Ed Harlow was away. A relative of Mr Harlow told the BBC that he was ill.")
    source = reading.source_of(reading.statement)

    assert (source.descriptor, source.source_type) == ("relative of Mr Harlow", "person")


def test_documents_are_not_who_speaks_in_them(read):
    reading = read(
        "Michael Harlow was heard. According to court documents, Harlow said that the bridge was "
        "closed."
    )

    assert reading.speakers == ["Michael Harlow"]


def test_a_name_that_is_stressed_is_the_same_name(read):
    reading = read(
        "The Harbour Trust Organization grew. The Harbour Trust Organization itself said that it "
        "was struggling."
    )

    assert reading.speakers == ["Harbour Trust Organization"]


@pytest.mark.parametrize(
    ("speaker", "source_type"),
    [
        ("An expert interviewed by the agency", "person"),
        ("Some leading legal figures", "group"),
        ("Critics here", "group"),
        ("A politician", "person"),
        ("The head of the cooperative", "person"),
    ],
)
def test_what_is_added_behind_people_leaves_them_people(read, speaker, source_type):
    reading = read(f"{speaker} said that the bridge had been closed.")

    assert reading.source_of(reading.statement).source_type == source_type


def test_a_name_may_have_an_apostrophe_anywhere(read):
    reading = read("“We stay,” said Mohamed Refa'a al-Harawi, who promised support.")

    assert "Mohamed Refa'a al-Harawi" in reading.speakers


def test_a_surname_of_two_is_a_person_whom_nobody_can_tell(read):
    reading = read(
        "Deion Sanders came with his son, Shedeur Sanders. Ed Harlow waited for them. "
        "“It is over,” Sanders wrote on X."
    )
    source = reading.source_of(reading.statement)

    assert (source.descriptor, source.source_type, source.is_plural) == ("Sanders", "person", False)


@pytest.mark.parametrize(
    ("speaker", "said_by"),
    [
        ("The legal expert on cybercrime Ed Harlow", ["Ed Harlow"]),
        ("Democratic and Republican lawmakers", ["Democratic and Republican lawmakers"]),
    ],
)
def test_a_phrase_with_a_field_or_two_parties_is_read_whole(read, speaker, said_by):
    assert read(f"{speaker} said that the bridge was closed.").speakers == said_by


def test_a_title_that_was_cut_from_its_name_is_read_with_it(gazetteer):
    cast = Cast("Mr. Harlow said that it was late.", gazetteer)
    cast.mention(cast.refer("Ed Harlow", "person"), 4, 10, "title", 0.9)

    (source,) = Sources(cast, None).resolve(0, 2)

    assert source.source_name == "Ed Harlow"


def test_a_head_of_state_is_who_holds_that_office_on_the_day(read):
    text = "The French head of state said that the bridge was closed."

    assert read(text, published_on=date(2024, 5, 4)).speakers == ["Emmanuel Macron"]
    assert read(text, published_on=date(2015, 5, 4)).speakers == ["Francois Hollande"]
