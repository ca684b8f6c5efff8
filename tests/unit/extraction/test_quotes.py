"""What counts as one statement, and how it is quoted."""

import pytest


def test_a_quotation_before_its_cue_is_direct(read):
    reading = read("“The harbour will open in May,” said Prime Minister Aino Kallela.")

    assert reading.statement.content_text == "The harbour will open in May"
    assert reading.statement.quote_type == "direct"
    assert reading.statement.cue == "said"
    assert reading.speakers == ["Aino Kallela"]


def test_straight_marks_quote_like_curly_ones(read):
    reading = read('"The harbour will open in May," Finnish Prime Minister Aino Kallela said.')

    assert reading.contents == ["The harbour will open in May"]
    assert reading.statement.quote_type == "direct"


def test_reported_speech_is_indirect_and_leaves_out_that(read):
    reading = read("Finnish Prime Minister Aino Kallela said that the harbour would open in May.")

    assert reading.contents == ["the harbour would open in May"]
    assert reading.statement.quote_type == "indirect"
    assert reading.speakers == ["Aino Kallela"]


def test_reported_speech_without_that_is_indirect(read):
    reading = read("Finnish Prime Minister Aino Kallela said the harbour would open in May.")

    assert reading.contents == ["the harbour would open in May"]


def test_reported_speech_may_stand_before_its_speaker(read):
    reading = read("The harbour will open in May, Finnish Prime Minister Aino Kallela said.")

    assert reading.contents == ["The harbour will open in May"]
    assert reading.statement.quote_type == "indirect"


def test_quoted_words_inside_reported_speech_make_it_mixed(read):
    reading = read("Aino Kallela said the new harbour was “a gift to the whole coast” of Finland.")

    assert reading.contents == ["the new harbour was “a gift to the whole coast” of Finland"]
    assert reading.statement.quote_type == "mixed"


def test_a_quote_split_by_its_cue_is_one_statement_with_two_spans(read):
    reading = read("“We will wait,” said Aino Kallela, “until the ice has gone.”")

    assert reading.spans(reading.statement) == ["We will wait", "until the ice has gone."]
    assert reading.statement.content_text == "We will wait [...] until the ice has gone."
    assert reading.statement.quote_type == "direct"


def test_a_quote_that_goes_on_in_another_sentence_has_the_same_speaker(read):
    reading = read("“We will wait for spring,” said Aino Kallela. “The ice has to go first.”")

    assert "We will wait for spring" in " ".join(reading.contents)
    assert "The ice has to go first." in " ".join(reading.contents)
    assert set(reading.speakers) == {"Aino Kallela"}


def test_a_quotation_that_goes_on_in_the_next_paragraph_keeps_its_speaker(read):
    reading = read(
        "“The winter was long and the ports stood still,” said Aino Kallela, the prime minister."
        "\n\n“Now the ships are coming back to every port of ours.”"
    )

    assert reading.speaker("the ports stood still") == "Aino Kallela"
    assert reading.speaker("ships are coming back") == "Aino Kallela"


def test_narration_after_a_quotation_is_nobodys_statement(read):
    reading = read(
        "“The winter was long,” said Aino Kallela. The ports of Finland froze in January."
    )

    assert len(reading.contents) == 1


def test_according_to_names_the_speaker_at_either_end(read):
    first = read("According to Aino Kallela, the harbour cost less than planned.")
    last = read("The harbour cost less than planned, according to Aino Kallela.")

    assert first.contents == ["the harbour cost less than planned"]
    assert last.contents == ["The harbour cost less than planned"]
    assert first.speakers == last.speakers == ["Aino Kallela"]
    assert first.statement.cue == "According to"


def test_adding_goes_on_with_the_same_speaker(read):
    reading = read(
        "Aino Kallela said the harbour would open in May, adding that the road would follow."
    )

    assert reading.speaker("harbour would open") == "Aino Kallela"
    assert reading.speaker("the road would follow") == "Aino Kallela"


def test_scare_quotes_are_nobodys_statement(read):
    reading = read("The so-called “green lane” at the port of Kotka stayed closed in January.")

    assert reading.contents == []


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("Finland rejected the plan to close the strait.", "the plan to close the strait"),
        (
            "Aino Kallela urged Norway to open the strait to all ships.",
            "Norway to open the strait to all ships",
        ),
        (
            "Aino Kallela called for a longer truce in the Baltic Sea.",
            "a longer truce in the Baltic Sea",
        ),
    ],
)
def test_a_position_without_speech_is_a_statement(read, sentence, content):
    assert content.endswith(read(sentence).statement.content_text)


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Aino Kallela said the harbour is open to all ships.", "asserted"),
        ("Aino Kallela denied that the harbour had been closed.", "denied"),
        ("Aino Kallela said the harbour will be closed by summer.", "future"),
        ("Aino Kallela said the harbour could be closed by summer.", "hypothetical"),
        ("Aino Kallela said the harbour closes if the ice returns.", "conditional"),
    ],
)
def test_the_modality_tells_facts_from_plans_and_denials(read, sentence, modality):
    assert read(sentence).statement.modality == modality


@pytest.mark.parametrize(
    ("sentence", "channel"),
    [
        ("In an interview, Aino Kallela said the harbour was safe.", "interview"),
        ("Aino Kallela told reporters that the harbour was safe.", "press_conference"),
        ("In a letter, Aino Kallela said the harbour was safe.", "letter"),
        ("In a speech, Aino Kallela said the harbour was safe.", "speech"),
        ("Aino Kallela said on Telegram that the harbour was safe.", "social_media"),
        ("Aino Kallela said the harbour was safe.", None),
    ],
)
def test_the_channel_says_how_it_was_said(read, sentence, channel):
    assert read(sentence).statement.channel == channel


def test_the_words_around_a_statement_select_it_in_the_text(read):
    reading = read("On Friday Aino Kallela said that the harbour was safe, and left for Oslo.")
    statement = reading.statement
    text = reading.article.body_text

    assert statement.quote_prefix.endswith("said that ")
    assert text[statement.char_start :].startswith(statement.content_text)
    assert text[statement.char_end :].startswith(statement.quote_suffix)


def test_paragraphs_of_an_open_quotation_belong_to_whoever_closes_it(read):
    reading = read(
        "The opposition leader, Priit Kask, was silent at first. Aino Kallela said she would wait."
        "\n\n“The farmers sold their grain across that border for thirty years."
        "\n\n“Nobody has told them what comes next,” Kask said."
    )

    assert reading.speaker("sold their grain") == "Priit Kask"
    assert reading.speaker("what comes next") == "Priit Kask"


def test_a_quotation_announced_by_a_colon_may_be_the_next_paragraph(read):
    reading = read(
        "The storm passed in the night. Aino Kallela said:\n\n"
        "“The harbour stands, and so do its cranes.”"
    )

    assert reading.contents == ["The harbour stands, and so do its cranes."]
    assert reading.speakers == ["Aino Kallela"]


def test_a_second_verb_of_the_same_speaker_is_a_statement_of_its_own(read):
    reading = read(
        "Aino Kallela said the harbour was safe and urged the owners to repair the cranes."
    )

    assert reading.contents == ["the harbour was safe", "the owners to repair the cranes"]
    assert reading.speakers == ["Aino Kallela"] * 2


def test_whoever_is_told_or_expected_says_nothing(read):
    reading = read("Aino Kallela was told about the cranes. The ships are expected to wait in May.")

    assert reading.contents == []


def test_a_correction_notice_states_nothing_itself(read):
    reading = read(
        "“Not now, and not alone,” Prime Minister Jan Wilk said.\n\n"
        "Correction: An earlier version of this article quoted Wilk as saying that Poland would "
        "never send weapons. He said that it would not do so now."
    )

    assert reading.contents == ["Not now, and not alone"]


def test_when_it_was_said_is_no_part_of_the_cue(read):
    reading = read("A report by Axios earlier this week revealed that Jan Wilk had left Warsaw.")

    assert reading.statement.cue == "revealed"


@pytest.mark.parametrize(
    "words",
    [
        "Aino Kallela has never said that the harbour would close.",
        "The Finnish Defence Ministry has not confirmed that the ship was lost.",
        "Finland did not admit that its ships had crossed the border.",
        "Finland has yet to confirm that the ship was lost.",
        "Aino Kallela declined to say whether the harbour would close.",
        "Aino Kallela did not deny that the ship was lost.",
        "Neither Aino Kallela nor Jan Wilk said that the harbour would close.",
        "No Finnish official said that the harbour would close.",
        "Nobody said the harbour was safe.",
        "If Aino Kallela says the harbour is closed, the ships will leave.",
    ],
)
def test_what_was_not_said_is_no_statement(read, words):
    assert read(words).contents == []


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("Aino Kallela not only said that the harbour was safe.", "the harbour was safe"),
        (
            "Aino Kallela, who has not confirmed the date, said that the harbour was safe.",
            "the harbour was safe",
        ),
        ("“We will not admit defeat,” Aino Kallela said.", "We will not admit defeat"),
        ("Aino Kallela denied that the harbour would close.", "the harbour would close"),
    ],
)
def test_a_silence_beside_what_was_said_leaves_it_a_statement(read, words, content):
    assert read(words).contents == [content]


def test_a_body_whose_name_starts_with_no_may_speak(read):
    reading = read("No Labels said that the harbour was safe.")

    assert reading.contents == ["the harbour was safe"]
