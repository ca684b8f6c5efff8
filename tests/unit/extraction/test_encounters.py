"""Who met, called, visited or asked whom."""

from datetime import date

import pytest

WEDNESDAY = date(2026, 3, 4)
MINISTERS = "Israeli Defense Minister Yonatan Barlev {} Ukrainian Defense Minister Taras Bondarchuk"


def test_a_phone_call_has_caller_called_and_day(read):
    reading = read(MINISTERS.format("called") + " last Thursday.", published_on=WEDNESDAY)
    call = reading.interaction

    assert (call.interaction_type, call.mode) == ("CONSULT", "phone")
    assert reading.actor(call.initiator_entity_number) == "Yonatan Barlev"
    assert reading.actor(call.recipient_entity_number) == "Taras Bondarchuk"
    assert (call.happened_from, call.happened_precision) == (date(2026, 2, 26), "day")


def test_a_meeting_has_the_day_that_stands_beside_its_verb(read):
    reading = read(
        "Polish President Jan Wilk, who won the election in November 2020, met German Chancellor "
        "Katrin Vogler on Monday.",
        published_on=WEDNESDAY,
    )

    assert reading.interaction.happened_from == date(2026, 3, 2)


def test_a_meeting_has_a_place(read):
    reading = read(MINISTERS.format("met") + " in Warsaw.")
    meeting = reading.interaction

    assert (meeting.interaction_type, meeting.mode) == ("CONSULT", "meet")
    assert meeting.place == "Warsaw"
    assert meeting.happened_precision == "unknown"


def test_a_visit_to_a_city_is_one_to_its_government(read):
    reading = read("Israeli Foreign Minister Eitan Roshal arrived in Kyiv on Tuesday.")
    visit = reading.interaction

    assert visit.mode == "visit"
    assert reading.actor(visit.initiator_entity_number) == "Eitan Roshal"
    assert reading.actor(visit.recipient_entity_number) == "Ukraine"


def test_who_asked_for_a_call_is_noted_from_a_later_sentence(read):
    reading = read(
        MINISTERS.format("called") + " last Thursday. The call came at the request of Secretary "
        "of Defense Daniel Whitaker."
    )

    assert reading.actor(reading.interaction.requested_by_entity_number) == "Daniel Whitaker"


def test_a_call_told_twice_is_one_interaction(read):
    reading = read(
        "Yonatan Barlev has finally spoken on the phone with Taras Bondarchuk. "
        + MINISTERS.format("called")
        + " last Thursday.",
        published_on=WEDNESDAY,
    )

    assert reading.interaction.happened_from == date(2026, 2, 26)


def test_calling_for_something_is_no_phone_call(read):
    reading = read("Yonatan Barlev called for a truce with Taras Bondarchuk and Ukraine.")

    assert reading.extraction.interactions == ()


def test_a_call_inside_a_quotation_is_not_reported_by_the_article(read):
    reading = read("“Yonatan Barlev called Taras Bondarchuk,” said Aino Kallela, the president.")

    assert reading.extraction.interactions == ()


def test_speaking_with_somebody_says_nothing_of_a_telephone(read):
    reading = read(MINISTERS.format("spoke with") + " in Geneva.")

    assert (reading.interaction.interaction_type, reading.interaction.mode) == (
        "CONSULT",
        "unspecified",
    )


def test_calling_somebody_names_is_no_phone_call(read):
    reading = read("Yonatan Barlev called Taras Bondarchuk a friend. Taras Bondarchuk agreed.")

    assert reading.extraction.interactions == ()


def test_a_call_for_something_is_no_phone_call(read):
    reading = read(
        "Polish Prime Minister Jan Wilk called for sanctions on Russia and called on Germany to "
        "follow. He called the German chancellor, Katrin Vogler, a friend."
    )

    assert [one for one in reading.extraction.interactions if one.mode == "phone"] == []


def test_a_meeting_that_is_still_to_come_is_no_meeting_yet(read):
    reading = read(
        "German Chancellor Katrin Vogler will meet French President Elise Marchand on Friday."
    )

    assert reading.extraction.interactions == ()


def test_she_is_whoever_was_named_before(read):
    reading = read(
        "Ukrainian President Olena Hrytsak left Kyiv on Tuesday. She called German Chancellor "
        "Katrin Vogler on Wednesday."
    )

    assert reading.actor(reading.interaction.initiator_entity_number) == "Olena Hrytsak"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{israeli} accused {ukrainian} of delay.", ("ACCUSE", "unspecified", 0, 1)),
        ("{israeli} was accused of delay by {ukrainian}.", ("ACCUSE", "unspecified", 1, 0)),
        ("{israeli} and {ukrainian} met in Warsaw.", ("CONSULT", "meet", 0, 1)),
        ("The talks between {israeli} and {ukrainian} failed.", ("CONSULT", "meet", 0, 1)),
        ("{israeli} left Warsaw after a meeting with {ukrainian}.", ("CONSULT", "meet", 0, 1)),
        ("{israeli} wrote a letter to {ukrainian}.", ("CONSULT", "letter", 0, 1)),
        ("{israeli} held a video call with {ukrainian}.", ("CONSULT", "video", 0, 1)),
        ("{israeli} signed an accord on radars with {ukrainian}.", ("AGREE", "unspecified", 0, 1)),
        ("{israeli} praised {ukrainian}.", ("SUPPORT", "unspecified", 0, 1)),
        ("{israeli} urged {ukrainian} to wait.", ("REQUEST", "unspecified", 0, 1)),
        ("{israeli} rejected {ukrainian}'s proposal.", ("REJECT", "unspecified", 0, 1)),
        ("{israeli} refused to meet {ukrainian}.", ("REJECT", "unspecified", 0, 1)),
        ("{israeli} warned {ukrainian} on Monday.", ("THREATEN", "unspecified", 0, 1)),
    ],
)  # fmt: skip
def test_an_interaction_has_a_type_a_mode_and_two_sides(read, sentence, expected):
    names = ("Yonatan Barlev", "Taras Bondarchuk")
    one = read(
        sentence.format(
            israeli=f"Israeli Defense Minister {names[0]}",
            ukrainian=f"Ukrainian Defense Minister {names[1]}",
        )
    )
    found = one.interaction

    assert (found.interaction_type, found.mode) == expected[:2]
    assert one.actor(found.initiator_entity_number) == names[expected[2]]
    assert one.actor(found.recipient_entity_number) == names[expected[3]]


@pytest.mark.parametrize(
    ("sentence", "interaction_type"),
    [
        ("Russia invaded Ukraine.", "ASSAULT"),
        ("Israeli troops attacked Syrian forces on Monday.", "ASSAULT"),
        ("Norway imposed new sanctions on Belarus.", "SANCTION"),
        ("Norway eased its sanctions on Belarus.", "CONCEDE"),
        ("Norway sent 40 generators and other aid to Ukraine.", "AID"),
        ("Norway withdrew its troops from Mali.", "RETREAT"),
        ("Norway deployed more troops to Latvia.", "MOBILIZE"),
        ("Norway restored diplomatic relations with Chad.", "COOPERATE"),
        ("Belarus expelled Norwegian diplomats.", "COERCE"),
    ],
)
def test_states_deal_with_each_other(read, sentence, interaction_type):
    assert read(sentence).interaction.interaction_type == interaction_type


@pytest.mark.parametrize(
    "words",
    [
        "did not meet",
        "may meet",
        "wants to accuse",
        "denied that he accused",
        "called for a truce after reading about",
    ],
)
def test_what_was_not_done_is_no_interaction(read, words):
    assert read(MINISTERS.format(words) + ".").extraction.interactions == ()


def test_who_is_only_named_beside_the_verb_takes_no_part(read):
    reading = read("A spokesman for Yonatan Barlev accused Taras Bondarchuk of delay.")

    assert reading.extraction.interactions == ()


def test_everybody_who_was_met_is_met(read):
    reading = read(
        "Israeli Defense Minister Yonatan Barlev met Polish President Jan Wilk and German "
        "Chancellor Katrin Vogler in Warsaw and accused Russia of delay."
    )
    told = {
        (one.interaction_type, reading.actor(one.recipient_entity_number))
        for one in reading.extraction.interactions
        if reading.actor(one.initiator_entity_number) == "Yonatan Barlev"
    }

    assert told == {("CONSULT", "Jan Wilk"), ("CONSULT", "Katrin Vogler"), ("ACCUSE", "Russia")}


def test_attacking_somebody_for_something_is_an_accusation_at_most(read):
    reading = read("Yonatan Barlev attacked Taras Bondarchuk for his silence.")

    assert "ASSAULT" not in {one.interaction_type for one in reading.extraction.interactions}


def test_two_people_before_he_leave_open_who_he_is(read):
    reading = read("Yonatan Barlev arrived with Jan Wilk. He accused Taras Bondarchuk of delay.")

    assert reading.extraction.interactions == ()


def test_who_asked_for_a_meeting_is_noted(read):
    reading = read(MINISTERS.format("met") + " in Warsaw at the invitation of Jan Wilk.")

    assert reading.actor(reading.interaction.requested_by_entity_number) == "Jan Wilk"


def test_his_meeting_is_that_of_whoever_was_named(read):
    reading = read(
        "The delay came at the request of Polish President Jan Wilk in his meeting last week "
        "with German Chancellor Katrin Vogler."
    )

    assert reading.actor(reading.interaction.initiator_entity_number) == "Jan Wilk"
    assert reading.actor(reading.interaction.recipient_entity_number) == "Katrin Vogler"


def test_a_place_offered_for_talks_is_no_meeting(read):
    reading = read("Turkey offered Istanbul as a place for peace talks between Russia and Ukraine.")

    assert reading.extraction.interactions == ()


@pytest.mark.parametrize(
    ("sentence", "attacked"),
    [
        ("Israel struck Lebanon, Kenya said on Monday.", {"Lebanon"}),
        ("Israel attacked Iran, the United States confirmed.", {"Iran"}),
        ("Iran attacked Israel, France and Germany said on Tuesday.", {"Israel"}),
        ("Russia attacked Ukraine, and Poland closed its border.", {"Ukraine"}),
        ("Israel attacked Iran, Syria and Lebanon on Monday.", {"Iran", "Syria", "Lebanon"}),
        ("Russia invaded Ukraine and Georgia.", {"Ukraine", "Georgia"}),
        ("Norway denied entry to ships after Russia attacked Ukraine.", {"Ukraine"}),
    ],
)
def test_who_begins_the_next_clause_was_not_attacked(read, sentence, attacked):
    reading = read(sentence)

    assert attacked == {
        reading.actor(one.recipient_entity_number)
        for one in reading.extraction.interactions
        if one.interaction_type == "ASSAULT"
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "If China invaded Taiwan, Japan would respond.",
        "Unless Russia attacked Ukraine, Poland would stay calm.",
        "Vladimir Putin denied that Russia had attacked Ukraine.",
        "Norway denied reports that Russia attacked Poland.",
        "It is false that Russia attacked Ukraine.",
    ],
)
def test_what_is_only_supposed_or_was_denied_did_not_happen(read, sentence):
    assert read(sentence).extraction.interactions == ()
