"""Through whom the article knows: the chain from the publisher to the origin."""

import pytest


def test_the_publishing_outlet_is_hop_one_of_every_statement(read):
    reading = read(
        "Aino Kallela said the harbour was safe. According to a Polish diplomat, the road was not."
    )

    assert len(reading.extraction.statements) == 2
    for statement in reading.extraction.statements:
        first = reading.hops(statement)[0]
        assert (first.hop_number, first.source_number) == (1, 0)
    assert reading.extraction.sources[0].source_name == "Harbour Tribune"


def test_what_the_article_reports_itself_has_two_hops(read):
    reading = read("Aino Kallela said the harbour was safe.")

    assert reading.chain("harbour was safe") == "Harbour Tribune < Aino Kallela"


def test_an_outlet_that_was_told_stands_between(read):
    reading = read("Two Ukrainian officials told the Baltic Courier that the bridge was closed.")

    assert (
        reading.chain("bridge was closed")
        == "Harbour Tribune < Baltic Courier < Two Ukrainian officials"
    )


def test_telling_the_publisher_itself_is_no_hop(read):
    reading = read("Aino Kallela told the Harbour Tribune that the bridge was closed.")

    assert reading.chain("bridge was closed") == "Harbour Tribune < Aino Kallela"


def test_an_interview_names_the_outlet_between(read):
    reading = read(
        "In an interview with the Baltic Courier, Aino Kallela said the bridge was closed."
    )

    assert reading.chain("bridge was closed") == "Harbour Tribune < Baltic Courier < Aino Kallela"


@pytest.mark.parametrize(
    ("told", "outlet"),
    [
        ("told the Kurvetin paper", "Kurvetin"),
        ("told the Swiss newspaper Brik", "Brik"),
        ("said in an exclusive CNN interview", "CNN"),
        ("told the Hebrew newspaper", None),
        ("said on the Telegram channel", None),
    ],
)
def test_a_paper_needs_no_more_than_one_word_for_its_name(read, told, outlet):
    reading = read(f"Aino Kallela {told} that the bridge was closed.")
    outlets = {
        one.source_name for one in reading.extraction.sources[1:] if one.source_type == "outlet"
    }

    assert outlets == ({outlet} if outlet else set())


def test_the_outermost_reporter_comes_first(read):
    reading = read(
        "Axios reported on Tuesday that Finnish Prime Minister Aino Kallela had told the Baltic "
        "Courier that the bridge was closed."
    )

    assert (
        reading.chain("the bridge was closed")
        == "Harbour Tribune < Axios < Baltic Courier < Aino Kallela"
    )


def test_what_an_outlet_reports_that_somebody_said_is_one_statement_of_the_speaker(read):
    reading = read("Axios reported that Aino Kallela said the bridge was closed.")

    assert reading.contents == ["the bridge was closed"]
    assert reading.chain("bridge was closed") == "Harbour Tribune < Axios < Aino Kallela"


def test_an_outlet_that_reports_by_itself_is_the_speaker(read):
    reading = read("Axios reported that the bridge was closed for repairs.")

    assert reading.chain("bridge was closed") == "Harbour Tribune < Axios"


def test_being_quoted_inherits_the_outlet_of_the_sentence_before(read):
    reading = read(
        "Axios reported that the bridge was closed for repairs. "
        "An unnamed Israeli official was quoted as saying that it would open in May."
    )
    statement = reading.said("open in May")
    inherited = reading.hops(statement)[1]

    assert reading.chain("open in May") == "Harbour Tribune < Axios < unnamed Israeli official"
    assert inherited.is_implicit
    assert inherited.char_start is None
    assert not reading.hops(statement)[-1].is_implicit


def test_a_statement_on_paper_is_a_hop_before_its_author(read):
    reading = read("Aino Kallela said in a statement that the bridge was closed.")

    assert reading.chain("bridge was closed") == "Harbour Tribune < statement < Aino Kallela"


def test_a_post_is_a_hop_before_its_author(read):
    reading = read("Aino Kallela wrote on Telegram that the bridge was closed.")

    assert reading.chain("bridge was closed") == "Harbour Tribune < Telegram < Aino Kallela"


def test_a_place_in_the_text_shows_each_hop_that_is_named(read):
    reading = read("Two Ukrainian officials told the Baltic Courier that the bridge was closed.")
    text = reading.article.body_text
    _, outlet, origin = reading.hops(reading.statement)

    assert "told" in text[outlet.char_start : outlet.char_end]
    assert text[origin.char_start : origin.char_end] == "Two Ukrainian officials"


def test_an_article_without_an_outlet_has_an_unnamed_publisher(read):
    reading = read("Aino Kallela said the bridge was closed.", outlet=None)

    assert reading.extraction.sources[0].is_named is False
    assert reading.chain("bridge was closed") == "unnamed publisher < Aino Kallela"


def test_whoever_goes_on_in_an_interview_stays_in_it(read):
    reading = read(
        "Aino Kallela told the Baltic Courier that the bridge was closed. She said it would open "
        "in May."
    )
    inherited = reading.hops(reading.said("open in May"))[1]

    assert reading.chain("open in May") == "Harbour Tribune < Baltic Courier < Aino Kallela"
    assert inherited.is_implicit


def test_another_speaker_is_not_in_that_interview(read):
    reading = read(
        "Aino Kallela told the Baltic Courier that the bridge was closed. A Polish diplomat said "
        "it would open in May."
    )

    assert reading.chain("open in May") == "Harbour Tribune < Polish diplomat"


def test_an_online_edition_is_the_publisher_itself(read):
    reading = read(
        "Aino Kallela told Fox News that the bridge was closed.", outlet="Fox Online News"
    )

    assert reading.chain("bridge was closed") == "Fox Online News < Aino Kallela"


def test_an_outlet_may_be_named_after_a_quarter_of_the_sky(read):
    reading = read("“We will go,” Jan Wilk, the prime minister, told the Northern Courier.")

    assert reading.chain("We will go") == "Harbour Tribune < Northern Courier < Jan Wilk"
