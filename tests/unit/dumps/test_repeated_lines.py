"""What an outlet prints in all its articles is furniture, whatever it says."""

from datetime import date

import pytest

from communique import lake
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
        folder = lake.partition(house.settings.lake, "landed", NIGHT)
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


def test_what_few_articles_share_stays_text(landed_blocks):
    blocks = landed_blocks(*pages(STORIES[:3]))

    assert (CLOSING, "body") in blocks


def test_a_line_in_the_middle_of_articles_stays_text(landed_blocks):
    filler = "\n\n".join(f"Ship {number} waited for a berth." for number in range(9))
    ending = "\n\n".join(f"Captain {number} said so." for number in range(9))
    texts = [f"{story}\n\n{filler}\n\n{CLOSING}\n\n{ending}" for story in STORIES]

    assert (CLOSING, "body") in landed_blocks(*texts)
