"""What an outlet prints in all its articles is furniture, whatever it says."""

import json
from datetime import date

import pytest

from communique import lake
from communique.dumps import Repeats, Traits
from communique.records import Article, Block
from communique.stages import land

NIGHT = date(2026, 3, 8)
SLOGAN = "The gulf in your pocket since 1901"
CLOSING = "Our harbour desk can be reached at the old customs house."
STORIES = ("The ice is gone.", "The ferries sail.", "The bridge is up.", "The pilots rest.")


@pytest.fixture
def landed_blocks(house, deliver):
    def land_texts(*texts, outlet="Harbour Tribune"):
        deliver(NIGHT, "dump.yaml", f"defaults:\n  outlet_name: {outlet}\n")
        for number, text in enumerate(texts):
            deliver(NIGHT, f"{number}.txt", text)
        land.do(house.settings, NIGHT)
        folder = lake.find(house.settings.lake, "landed", NIGHT)
        bodies = {
            one.article_version_id: one.body_text
            for one in lake.read_records(folder, "articles", Article)
        }
        return {
            (bodies[one.article_version_id][one.char_start : one.char_end], one.block_type)
            for one in lake.read_records(folder, "article_blocks", Block)
        }

    return land_texts


def pages(stories):
    return [f"{SLOGAN}.\n\n{story} {story} It was {n} degrees.\n\n{CLOSING}\n"
            for n, story in enumerate(stories)]  # fmt: skip


def test_lines_that_start_and_end_all_articles_of_an_outlet_are_furniture(landed_blocks):
    blocks = landed_blocks(*pages(STORIES))

    assert (f"{SLOGAN}.", "navigation") in blocks
    assert (CLOSING, "promotion") in blocks
    assert {kind for text, kind in blocks if "degrees" in text} == {"body"}


def latest_news(outlet, number):
    return {
        "url": f"https://{outlet}.example/{number}",
        "source": outlet,
        "title": f"Ferry {number}",
        "text": "Ferry 7 is late again, says the port.\nIt has been late since Monday.",
    }


def test_a_text_that_stands_under_several_titles_of_an_outlet_is_furniture(landed_blocks, deliver):
    lines = [latest_news("tribune", number) for number in range(3)]
    deliver(NIGHT, "lines.jsonl", "".join(json.dumps(line) + "\n" for line in lines))

    assert {kind for text, kind in landed_blocks("An other text.") if "late" in text} == {
        "navigation"
    }


def test_a_text_that_several_outlets_print_under_titles_of_their_own_stays_text(
    landed_blocks, deliver
):
    lines = [latest_news(f"tribune{number}", number) for number in range(5)]
    lines += [latest_news("courier", 7) | {"url": f"https://courier.example/{n}"} for n in range(5)]
    deliver(NIGHT, "lines.jsonl", "".join(json.dumps(line) + "\n" for line in lines))

    assert {kind for text, kind in landed_blocks("An other text.") if "Monday" in text} == {"body"}


def test_rare_lines_are_forgotten_where_there_are_too_many():
    repeats = Repeats(most=1000)
    for number in range(5000):
        lines = frozenset({number, -1 - number % 2})
        repeats.note(Traits("tribune", lines, text=number, titled_text=number))

    assert repeats.of("tribune") == {-1, -2}


def test_what_few_articles_share_stays_text(landed_blocks):
    blocks = landed_blocks(*pages(STORIES[:3]))

    assert (CLOSING, "body") in blocks


def test_a_line_in_the_middle_of_articles_stays_text(landed_blocks):
    filler = "\n\n".join(f"Ship {number} waited for a berth." for number in range(9))
    ending = "\n\n".join(f"Captain {number} said so." for number in range(9))
    texts = [f"{story}\n\n{filler}\n\n{CLOSING}\n\n{ending}" for story in STORIES]

    assert (CLOSING, "body") in landed_blocks(*texts)


def test_sentences_around_texts_that_lost_their_line_ends_are_furniture_too(landed_blocks):
    told = "The ferries of the gulf sail again, said the harbour master of Tallinn. " * 9
    texts = [
        f"TALLINN, March {n}. /TASS/. {told}Port {n} is open. Sign in to read on. Was this of use?"
        for n in range(1, 6)
    ]
    blocks = landed_blocks(*texts)

    assert ("Sign in to read on.", "navigation") in blocks
    assert ("Was this of use?", "navigation") in blocks
    assert {kind for text, kind in blocks if "ferries" in text} == {"body"}
    assert not [text for text, kind in blocks if "TASS" in text and kind == "navigation"]
