"""Who met, called, visited or asked whom."""

from datetime import date

WEDNESDAY = date(2026, 3, 4)
MINISTERS = "Israeli Defense Minister Yonatan Barlev {} Ukrainian Defense Minister Taras Bondarchuk"


def test_a_phone_call_has_caller_called_and_day(read):
    reading = read(MINISTERS.format("called") + " last Thursday.", published_on=WEDNESDAY)
    call = reading.interaction

    assert (call.interaction_type, call.mode) == ("CONSULT", "phone")
    assert reading.actor(call.initiator_entity_number) == "Yonatan Barlev"
    assert reading.actor(call.recipient_entity_number) == "Taras Bondarchuk"
    assert (call.happened_from, call.happened_precision) == (date(2026, 2, 26), "day")


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
