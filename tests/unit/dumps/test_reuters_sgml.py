import io
import json

import pytest

from communique.dumps import Reason
from communique.dumps.readers import reuters_sgml

DOCTYPE = '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n'
BODY = """The ice is gone from
the gulf, the port said.
    Ferries of Tallinn &lt;A> sail again.
    "We are  glad," it said.
 Reuter
&#3;"""


def story(body=f"<BODY>{BODY}</BODY>", kind="", title="ICE LEAVES &lt;GULF>", newid=7, more=""):
    title = f"<TITLE>{title}</TITLE>\n" if title else ""
    return f"""<REUTERS TOPICS="YES" LEWISSPLIT="TEST" OLDID="9" NEWID="{newid}">
<DATE> 3-MAR-1997 15:37:46.03</DATE>
<TOPICS><D>ship</D><D>sea&amp;ice</D></TOPICS>
<PLACES></PLACES>
<UNKNOWN>&#5;&#22;f28\x1freute</UNKNOWN>
<TEXT{kind}>&#2;
{title}{more}{body}
</TEXT>
</REUTERS>
"""


def records(content):
    content = content.encode() if isinstance(content, str) else content
    return [one.resolve() for one in reuters_sgml.read(io.BytesIO(content))]


def test_each_story_is_an_article(read):
    delivery = read("reut2-000.sgm", DOCTYPE + story() + story(newid=8))
    assert delivery.dump_format == "sgml"
    assert [article.dump_record for article in delivery.articles] == [1, 2]
    assert [json.loads(article.extra)["newid"] for article in delivery.articles] == ["7", "8"]


def test_a_story_has_its_title_author_and_date(read):
    more = "<AUTHOR>    By Aino Kallas</AUTHOR>\n<DATELINE>    TALLINN, March 3 -\n    </DATELINE>"
    (article,) = read("a.sgm", story(more=more)).articles
    assert (article.title, article.author) == ("ICE LEAVES <GULF>", "Aino Kallas")
    assert article.published_at.isoformat() == "1997-03-03T15:37:46.030000"
    assert (article.outlet_name, article.language_code) == ("Reuters", "en")


def test_what_else_is_known_of_a_story_is_kept():
    (found,) = records(story(more="<DATELINE>    TALLINN,\n March 3 - </DATELINE>"))
    assert found.fields["topics"] == ["ship", "sea&ice"]
    assert found.fields["dateline"] == "TALLINN, March 3"
    assert "places" not in found.fields


def test_lines_become_paragraphs_and_tickers_stay(read):
    (article,) = read("a.sgm", story()).articles
    assert article.body_text.split("\n") == [
        "The ice is gone from the gulf, the port said.",
        "Ferries of Tallinn <A> sail again.",
        '"We are  glad," it said.',
        "Reuter",
    ]


def test_control_characters_go(read):
    (article,) = read("a.sgm", story("<BODY>Semi&#27;con\x01ductors &#38; ice.</BODY>")).articles
    assert article.body_text == "Semiconductors & ice."


def test_a_story_as_it_came_in_keeps_its_lines(read):
    text = "ICE LEAVES THE GULF\n    Ferries  sail\nNet    3\nPct    4"
    (article,) = read("a.sgm", story(text, ' TYPE="UNPROC"', title="")).articles
    assert (article.title, article.body_text) == (None, text)


@pytest.mark.parametrize("body", ["Blah blah blah.\n&#3;", "", "<BODY>blah blah blah.</BODY>"])
def test_a_story_that_is_only_a_title_has_no_text(read, body):
    delivery = read("a.sgm", story(body, ' TYPE="BRIEF"', title="ICE LEAVES\n") + story())
    assert len(delivery.articles) == 1
    assert [refused.reason_code for refused in delivery.rejected] == [Reason.NO_TEXT]


def test_the_byte_offset_finds_the_story(read):
    content = (DOCTYPE + "Ж\n" + story() + "\n" + story() + story("")).encode()
    delivery = read("a.sgm", content)
    starts = [one.byte_offset for one in (*delivery.articles, *delivery.rejected)]
    assert len(starts) == 3
    assert all(content[start:].startswith(b"<REUTERS TOPICS") for start in starts)


def test_a_large_file_is_read_in_parts_without_losing_a_story():
    content = (DOCTYPE + story(f"<BODY>{'The ice is gone. ' * 800}</BODY>") * 500).encode()
    found = records(content)
    assert len(found) == 500
    assert len({one.fields["text"] for one in found}) == 1
    assert all(content[one.byte_offset :].startswith(b"<REUTERS") for one in found[::50])


def test_a_story_that_breaks_off_is_refused_and_the_next_one_is_read():
    found = records(story()[:-20] + story(newid=8) + story()[:60])
    assert [one.refusal and one.refusal.code for one in found] == [
        Reason.TRUNCATED_TEXT, None, Reason.TRUNCATED_TEXT,
    ]  # fmt: skip
    assert found[1].fields["newid"] == "8"


def test_a_file_without_a_story_is_empty(read):
    (refused,) = read("a.sgm", DOCTYPE).rejected
    assert refused.reason_code == Reason.EMPTY_FILE


def test_windows_1252_and_its_line_ends_are_read():
    content = story("<BODY>Müller’s ice\n    is gone.</BODY>").replace("\n", "\r\n")
    assert records(content.encode("cp1252"))[0].fields["text"] == "Müller’s ice\nis gone."


def test_a_story_in_no_charset_is_refused_and_the_next_one_is_read():
    found = records(story().encode().replace(b"glad", b"\x81\xfe") + story().encode())
    assert [one.refusal and one.refusal.code for one in found] == [Reason.INVALID_ENCODING, None]


@pytest.mark.parametrize("tags", ["<TITLE>", "<TEXT ", "<D>", "&#", "\n "])
def test_a_hostile_story_is_read_in_time(tags):
    (found,) = records(f"<REUTERS>{tags * 500_000}</REUTERS>")
    assert "text" not in found.fields


def test_a_story_without_end_is_not_kept_in_memory(read):
    delivery = read("a.sgm", story().encode() + b"<REUTERS>" + bytes(reuters_sgml.LARGEST + 2**21))
    assert len(delivery.articles) == 1
    assert [refused.reason_code for refused in delivery.rejected] == [Reason.RECORD_TOO_LARGE]
