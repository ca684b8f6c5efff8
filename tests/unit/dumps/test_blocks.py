import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.dumps import label_blocks, read_file

NIGHT = date(2026, 3, 8)

PAGE = """Skip to main content
Analysis

Baltic ferry line reopens as Estonia presses Sweden on icebreakers

Estonian Transport Minister Aino Kallas has at last met her Swedish counterpart.
Swedish Minister Per Holm (L) and Estonian Minister Aino Kallas in Tallinn, on March 3, 2026. - Per Holm came to Tallinn for a day. (Photo by LIIS MERE / POOL / AFP) (Photo by LIIS MERE/POOL/AFP via Getty Images)

Estonia’s Transport Minister Aino Kallas met Per Holm on Tuesday, after months of letters between the two ports.

A Swedish note read, "Holm was told of the state of the ice and promised to send a ship." It said nothing on who will pay for it.

The price of ice

Officials in both ports said that the question would come back in May. Nobody expects an answer before then.

Read the region with people you can trust

Join our circle of readers for the evening letter and the archive.

Subscribe

Only $80 per year.
"""  # noqa: E501


@pytest.fixture
def labelled(read):
    """Label a plain text; each block as its type and its words."""

    def label(text, name="page.txt"):
        (article,) = read(name, text).articles
        return [
            (block.block_type, article.body_text[block.char_start : block.char_end])
            for block in label_blocks(article)
        ]

    return label


@pytest.fixture
def labelled_body(article):
    """Label the text of an article whose title is delivered apart."""

    def label(text, **fields):
        read = article(text=text, **fields)
        return [
            (block.block_type, read.body_text[block.char_start : block.char_end])
            for block in label_blocks(read)
        ]

    return label


def test_the_furniture_of_a_page_is_labelled_around_its_body(labelled):
    blocks = labelled(PAGE)
    assert [block_type for block_type, _ in blocks] == [
        "navigation", "navigation", "headline", "standfirst", "caption", "credit", "body", "body",
        "cross_heading", "body", "body", "promotion", "promotion", "promotion",
    ]  # fmt: skip
    words = dict(blocks)
    assert words["headline"].startswith("Baltic ferry line")
    assert words["standfirst"].endswith("her Swedish counterpart.")
    assert words["caption"].endswith("for a day.")
    assert words["credit"] == (
        "(Photo by LIIS MERE / POOL / AFP) (Photo by LIIS MERE/POOL/AFP via Getty Images)"
    )
    assert words["cross_heading"] == "The price of ice"


def test_the_headline_of_a_plain_page_is_its_title(read):
    assert read("page.txt", PAGE).articles[0].title == (
        "Baltic ferry line reopens as Estonia presses Sweden on icebreakers"
    )


@pytest.mark.parametrize(
    ("line", "block_type"),
    [
        ("By Aino Kallas", "byline"),
        ("Additional reporting by Per Holm", "byline"),
        ("(Reporting by Per Holm; Editing by Aino Kallas)", "byline"),
        ("TALLINN —", "dateline"),
        ("3 March 2026", "dateline"),
        ("Share", "navigation"),
        ("2/4", "navigation"),
        ("https://example.com/ice", "navigation"),
        (
            "JUST WATCHED Ice in the gulf Replay More Videos ... MUST WATCH Ice in the gulf 02:28",
            "navigation",
        ),
        ("© 2026 Example Times. All rights reserved.", "navigation"),
        ("Advertisement", "promotion"),
        ("ADVERTISEMENT - Story continues below", "promotion"),
        ("Sign up for our evening letter", "promotion"),
        ("Photo: Liis Mere", "credit"),
        ("(AP Photo/Liis Mere)", "credit"),
        ("Liis Mere/AFP/Getty Images", "credit"),
        ("FILE - Ships wait in the ice off Tallinn, March 3, 2026.", "caption"),
        ("Per Holm (left) and Aino Kallas on the quay", "caption"),
    ],
)
def test_a_line_between_paragraphs_is_labelled_by_what_it_does(labelled_body, line, block_type):
    before = "The ice left the gulf on Monday, a month before anybody had expected it to go."
    after = "Ships that had waited for weeks set out for Stockholm in the night, one by one."
    assert labelled_body(f"{before}\n\n{line}\n\n{after}") == [
        ("body", before), (block_type, line), ("body", after)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "Advertisement revenue of the port fell by a tenth last year.",
        "The court upheld the new Advertisement Act on Monday.",
        "The agency (EPA) and the news service (AFP) had both warned of it.",
        "Ice closed the east (left) bank of the river for a week.",
        "Photographs of the port (images of which are rare) were banned.",
        "(c) the third paragraph of the treaty was struck out.",
        "It was, Kallas (Reform) - the minister - said, a mistake.",
        "FILE a complaint, the port told its clients on Monday.",
        "By Monday the ice had gone.",
        "Aino Kallas said: “The ice is gone.”",
    ],
)
def test_a_sentence_of_the_article_is_body_and_stays_whole(labelled_body, sentence):
    assert labelled_body(sentence) == [("body", sentence)]


@pytest.mark.parametrize(
    "dateline",
    ["TALLINN (Reuters) -", "NEW YORK/TALLINN  (Reuters) -", "WILMINGTON, Delaware (AP) —",
     "MOSCOW, May 21. /TASS/.", "Tallinn (dpa) –", "TEHRAN, May 21 (MNA) –", "ST. PETERSBURG —"],
)  # fmt: skip
def test_a_dateline_is_parted_from_its_sentence(labelled_body, dateline):
    assert labelled_body(f"{dateline} The ice is gone.") == [
        ("dateline", dateline), ("body", "The ice is gone.")
    ]  # fmt: skip


def test_furniture_in_a_text_without_line_ends_is_parted_from_it(labelled_body):
    legal = "This material may not be published, broadcast, rewritten, or redistributed."
    owner = "©2026 Example News, LLC."
    text = f"{legal} {owner} The ice is gone. Ships sail. {owner} All rights reserved."
    assert labelled_body(text) == [
        ("navigation", legal), ("navigation", owner), ("body", "The ice is gone. Ships sail."),
        ("navigation", owner), ("navigation", "All rights reserved."),
    ]  # fmt: skip
    assert labelled_body("Ice Advertisement Supported by The ice is gone. Advertisement") == [
        ("promotion", "Ice Advertisement Supported by"), ("body", "The ice is gone."),
        ("promotion", "Advertisement"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "credit",
    [
        "(Reporting by Per Holm; Editing by Aino Kallas)",
        "(With additional reporting by Per Holm, editing by Aino Kallas)",
        "(Editing by Per Holm ) ($1 = 0.9607 Swiss franc)",
        "(Reporting by Per Holm in Oslo; Editing by Aino Kallas))",
        "Additional reporting by NTB",
    ],
)
def test_who_wrote_and_edited_is_parted_from_the_last_sentence(labelled_body, credit):
    assert labelled_body(f"The ice is gone. {credit}") == [
        ("body", "The ice is gone."), ("byline", credit)
    ]  # fmt: skip


def test_a_whole_article_that_ends_in_a_credit_is_no_caption(labelled_body):
    text = "The ice is gone, and ships sail. They had waited for weeks."
    assert labelled_body(f"{text} (credit: Liis Mere)") == [
        ("body", text), ("credit", "(credit: Liis Mere)")
    ]  # fmt: skip


def test_the_delivered_title_is_found_again_in_the_text(labelled_body):
    blocks = labelled_body(
        "Ice\u00a0leaves the  gulf\nThe ice is gone.", title="Ice leaves the gulf"
    )
    assert blocks[0] == ("headline", "Ice\u00a0leaves the  gulf")


def test_a_title_in_a_header_leaves_the_first_line_in_the_body(labelled):
    blocks = labelled("-- Ice leaves\n-- Mar 3, 2026\n\nWHAT: the ice\n\nThe ice is gone.\n")
    assert ("headline", "WHAT: the ice") not in blocks


def test_a_paragraph_wrapped_by_hand_is_one_block(labelled_body):
    text = (
        "The ice left the gulf on Monday, a month before anybody had\n"
        "expected it, and ships set out in the night.\n\nNobody waited."
    )
    first, second = text.split("\n\n")
    assert labelled_body(text) == [("body", first), ("body", second)]


@pytest.mark.parametrize("first_line", ["MEDIA RELEASE", "3 March 2026", "www.example.com", "1"])
def test_the_headline_stands_below_what_a_letter_starts_with(read, first_line):
    text = f"{first_line}\n\nIce leaves the gulf\n\nThe ice is gone.\n\nShips sail.\n"
    assert read("a.txt", text).articles[0].title == "Ice leaves the gulf"


PIECES = st.sampled_from(
    ["TALLINN (Reuters) - ", "(Photo by A / AFP)", "(Getty Images)", "\n", "\n\n", " ", "\u00a0",
     "Advertisement", "Subscribe", "All rights reserved.", "© 2026 X.", "The ice is gone. ",
     "(Reporting by P)", "(Reporting by P", "By Aino Kallas", "FILE - ", "3 March 2026", "(L)",
     "Skip to main content", "Ж", "👩‍⚓", "—", "“Ice”", "[photo: x]", "MOSCOW, May 21. /TASS/. "]
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES | st.text(max_size=8), max_size=25), st.sampled_from(["txt", "json"]))
def test_blocks_are_in_order_never_overlap_and_cover_every_word(tmp_path_factory, pieces, ending):
    folder = tmp_path_factory.mktemp("any", numbered=True)
    text = "".join(pieces)
    content = json.dumps({"title": "The ice is gone.", "text": text}) if ending == "json" else text
    (folder / f"a.{ending}").write_text(content, encoding="utf-8", errors="replace", newline="")
    for article in read_file(folder, f"a.{ending}", dump_date=NIGHT).articles:
        body, end = article.body_text, 0
        blocks = label_blocks(article)
        for number, block in enumerate(blocks, start=1):
            assert block.block_number == number
            assert end <= block.char_start < block.char_end <= len(body)
            assert not body[end : block.char_start].strip()
            words = body[block.char_start : block.char_end]
            assert words == words.strip()
            end = block.char_end
        assert not body[end:].strip()


RELEASE = """Media Release 3 March 2026

THE HON AINO KALLELA MP MINISTER FOR TRANSPORT MEMBER FOR SAIMAA

FERRIES MUST SAIL AGAIN AT ONCE

The minister called on the port of Tallinn to open its gates.

She said that the winter was over and that nobody waits any longer.

TUESDAY, 3 MARCH 2026

ENDS

MEDIA CONTACT: Per Holm 0400 000 000
"""


def test_a_press_release_has_a_letterhead_and_a_contact_around_its_text(labelled):
    assert [block_type for block_type, _ in labelled(RELEASE)] == [
        "navigation", "navigation", "headline", "body", "body", "dateline", "navigation",
        "navigation",
    ]  # fmt: skip


def test_the_headline_of_a_press_release_is_its_title(read):
    (article,) = read("release.txt", RELEASE).articles
    assert article.title == "FERRIES MUST SAIL AGAIN AT ONCE"


def test_paragraphs_of_a_text_read_from_print_are_told_by_the_spaces_left_of_them(labelled):
    text = (
        "Ferries must sail again \xa0 The minister called on the port to open. \xa0 "
        "She said that the winter is over. \xa0 Media contact: Per Holm 0400 000 000\n"
    )
    printed = text.replace(" \xa0 ", "|").replace(" ", "\xa0").replace("|", " \xa0 ")
    assert [block_type for block_type, _ in labelled(printed)] == [
        "headline", "body", "body", "navigation",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "block_type"),
    [
        ("WHY THE PORT OF TALLINN KEEPS ITS GATES CLOSED ANOTHER WEEK", "promotion"),
        ("You’re reading an excerpt from our Harbour newsletter. Sign up to get the rest.",
         "promotion"),
        ("You can also listen to the harbour talk on our website, e.g. here:", "promotion"),
        ("The rest of the text is under the video.", "navigation"),
        ("For more information: Per Holm 0400 000 000", "navigation"),
        ("* * *", "navigation"),
        ("Liis Mere/Gulf Press/North News", "credit"),
        ("This article was originally published by the Harbour Review.", "credit"),
        ("The old customs house in winter harbour.ee", "caption"),
        ("The Gulf Wire’s Liis Mere contributed to this report.", "byline"),
    ],
)  # fmt: skip
def test_a_line_between_paragraphs_has_the_function_that_its_form_shows(
    labelled_body, line, block_type
):
    blocks = labelled_body(
        "The ferries of the gulf sail again after nine weeks of ice.\n\n"
        f"{line}\n\nNobody had expected that before the end of the month.",
        title="Ferries sail",
    )
    assert (block_type, line) in blocks
    assert [found for found, _ in blocks].count("body") == 2


@pytest.mark.parametrize(
    "line",
    ["JOURNALIST: And what will you do then?", "KALLELA: We have not seen it yet",
     "You can listen to the ice at night.", "The minister contributed to the talks with Sweden."],
)  # fmt: skip
def test_what_somebody_says_or_the_text_tells_stays_body(labelled_body, line):
    blocks = labelled_body(
        f"The ferries of the gulf sail again.\n\n{line}\n\nNobody had expected that.", title="Ice"
    )
    assert ("body", line) in blocks


def test_a_dateline_of_an_agency_alone_is_one(labelled_body):
    blocks = labelled_body("(Reuters) - The ferries of the gulf sail again.", title="Ice")
    assert blocks == [
        ("dateline", "(Reuters) -"), ("body", "The ferries of the gulf sail again.")
    ]  # fmt: skip
