import gzip
import io
import zlib

import pytest

from communique.dumps import Reason
from communique.dumps.readers import warc
from communique.dumps.refusals import RefusedError

URL = "https://www.example.com/2026/03/ice"
TEXT = "The ice is gone from the gulf, and the ferries of Tallinn sail again. "
PAGE = f"""<!DOCTYPE html><html><head><title>Ice leaves the gulf</title></head><body><article>
<h1>Ice leaves the gulf</h1>
<p>{TEXT}The first ship left the old harbour on Saturday at noon with four hundred passengers.</p>
<p>Its captain said that he had not seen open water so early in his thirty years at sea.</p>
<p>The port expects two more ships by the end of the week, and a third one in April at last.</p>
<p>Fishermen of the islands, who lost much of the winter, were the first to sail to the north.</p>
</article></body></html>"""
HTML = "Content-Type: text/html; charset=utf-8"


def record(kind, content, *headers, url=URL, length=None):
    content = content.encode() if isinstance(content, str) else content
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Date: 2026-03-07T22:13:20Z",
        f"Content-Length: {len(content) if length is None else length}",
        *([f"WARC-Target-URI: {url}"] if url else []),
        *headers,
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def conversion(text, *headers, **options):
    return record("conversion", text, "Content-Type: text/plain", *headers, **options)


def response(body, *headers, status="200 OK", **options):
    body = body.encode() if isinstance(body, str) else body
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers]).encode()
    said = "Content-Type: application/http; msgtype=response"
    return record("response", head + b"\r\n\r\n" + body, said, **options)


def records(*parts):
    return [one.resolve() for one in warc.read(io.BytesIO(b"".join(parts)))]


def refusals(found):
    return [one.refusal and one.refusal.code for one in found]


def texts(found):
    return [one.fields["text"].strip() for one in found if one.fields]


def test_a_text_of_a_wet_file_is_an_article_with_its_address():
    (found,) = records(conversion(TEXT, "WARC-Identified-Content-Language: eng"))
    assert found.fields == {
        "text": TEXT,
        "url": URL,
        "fetched_at": "2026-03-07T22:13:20Z",
        "content_language": "eng",
    }


@pytest.mark.parametrize(
    "found",
    [
        response(PAGE, HTML),
        response(PAGE, "content-type: application/xhtml+xml"),
        record("resource", PAGE, "Content-Type: text/html"),
    ],
)
def test_a_page_is_read_as_a_page(found):
    (found,) = records(found)
    assert TEXT.strip() in found.fields["text"]
    assert "<p>" not in found.fields["text"]
    assert (found.fields["title"], found.fields["url"]) == ("Ice leaves the gulf", URL)


def test_an_archive_is_known_by_its_first_record(read):
    delivery = read("crawl", gzip.compress(conversion(TEXT)) + gzip.compress(conversion("Fog.")))
    assert delivery.dump_format == "warc.gz"
    assert [article.dump_record for article in delivery.articles] == [1, 2]
    assert delivery.articles[0].canonical_url == "https://example.com/2026/03/ice"


def test_the_time_of_fetching_is_not_the_time_of_publication(read):
    (article,) = read("a.warc", conversion(TEXT, url="https://example.com/ice")).articles
    assert article.published_at is None
    assert "2026-03-07T22:13:20Z" in article.extra


def test_the_work_of_the_crawler_is_not_counted():
    found = records(
        record("warcinfo", "software: a crawler", url=None),
        record("request", "GET /2026/03/ice HTTP/1.1\r\n\r\n"),
        conversion("Ice."),
        record("metadata", "fetchTimeMs: 339"),
        record("revisit", ""),
        record("unknown", "?"),
        conversion("Fog."),
    )
    assert [(one.number, one.fields["text"]) for one in found] == [(1, "Ice."), (2, "Fog.")]


def test_the_byte_offset_finds_the_record_in_the_unpacked_file(read):
    content = record("warcinfo", "a") + conversion("Ice.") + response("", status="404") + (
        b"\r\n" + conversion("Fog.")
    )  # fmt: skip
    delivery = read("a.warc.gz", gzip.compress(content))
    offsets = [one.byte_offset for one in (*delivery.articles, *delivery.rejected)]
    assert len(offsets) == 3
    starts = [content[offset:].partition(b"\r\nWARC-Date")[0] for offset in offsets]
    assert starts == [
        b"WARC/1.0\r\nWARC-Type: conversion",
        b"WARC/1.0\r\nWARC-Type: conversion",
        b"WARC/1.0\r\nWARC-Type: response",
    ]


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "500", ""])
def test_a_page_that_the_server_did_not_deliver_is_refused(status):
    found = records(response(PAGE, HTML, status=status), conversion("Fog."))
    assert refusals(found) == [Reason.NOT_AN_ARTICLE, None]
    assert repr(status) in found[0].refusal.reason


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "text/css", "text/dns"])
def test_what_is_no_text_is_refused_with_what_it_is(kind):
    found = records(
        response(b"\x89", f"Content-Type: {kind}"), record("resource", "", f"Content-Type: {kind}")
    )
    assert refusals(found) == [Reason.NOT_AN_ARTICLE] * 2
    assert all(repr(kind) in one.refusal.reason for one in found)


def test_an_answer_may_leave_its_kind_to_the_archive():
    said = "Content-Type: application/http\r\nWARC-Identified-Payload-Type: text/plain"
    assert texts(records(record("response", f"HTTP/1.1 200 OK\r\n\r\n{TEXT}", said))) == [
        TEXT.strip()
    ]
    assert refusals(records(response(TEXT))) == [Reason.NOT_AN_ARTICLE]


def test_the_rules_for_crawlers_of_a_site_are_no_article():
    rules = response(
        "User-agent: *", "Content-Type: text/plain", url="https://a.example/robots.txt"
    )
    assert refusals(records(rules)) == [Reason.NOT_AN_ARTICLE]


def test_an_empty_answer_is_refused():
    empty = record("response", "", "Content-Type: application/http")
    assert refusals(records(empty)) == [Reason.NO_TEXT]


def test_the_address_of_a_refused_record_is_shown(read):
    (refused,) = read("a.warc", response("", status="404 Not Found")).rejected
    assert refused.raw_excerpt == f"{URL} HTTP/1.1 404 Not Found"


def chunked(content):
    half = len(content) // 2
    parts = (content[:half], content[half:], b"")
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)


PACKINGS = {
    "gzip": (gzip.compress, ["Content-Encoding: gzip"]),
    "deflate": (zlib.compress, ["Content-Encoding: deflate"]),
    "chunked": (chunked, ["Transfer-Encoding: chunked"]),
    "gzip in chunks": (
        lambda content: chunked(gzip.compress(content)),
        ["Content-Encoding: gzip", "Transfer-Encoding: Chunked"],
    ),
    "said but not done": (bytes, ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]),
    "identity": (bytes, ["Content-Encoding: identity"]),
}


@pytest.mark.parametrize("name", PACKINGS)
def test_the_packing_of_an_answer_is_undone(name):
    pack, headers = PACKINGS[name]
    found = records(response(pack(TEXT.encode()), "Content-Type: text/plain", *headers))
    assert texts(found) == [TEXT.strip()]


def test_a_packing_that_is_not_known_is_refused():
    found = records(response(b"\x0b", "Content-Type: text/html", "Content-Encoding: br"))
    assert refusals(found) == [Reason.UNSUPPORTED_FORMAT]


@pytest.mark.parametrize(
    ("charset", "said"),
    [("utf-8", ""), ("utf-8", "; charset=iso-8859-1"), ("koi8-r", '; charset="KOI8-R"'),
     ("gbk", "; charset=gbk"), ("cp1252", ""), ("cp1252", "; charset=nonsense-1")],
)  # fmt: skip
def test_a_text_is_read_in_the_charset_that_fits(charset, said):
    text = {"koi8-r": "Лёд ушёл.", "gbk": "冰已融化"}.get(charset, "“Müller”")
    (found,) = records(response(text.encode(charset), f"Content-Type: text/plain{said}"))
    assert found.fields["text"] == text


def test_a_page_that_does_not_name_its_charset_has_that_of_the_server():
    page = PAGE.replace(TEXT, "Лёд ушёл из залива, и паромы снова ходят в Таллин. ")
    (found,) = records(response(page.encode("koi8-r"), "Content-Type: text/html; charset=KOI8-R"))
    assert "Лёд ушёл из залива" in found.fields["text"]


def test_the_charset_that_a_page_names_itself_goes_before_that_of_the_server():
    page = PAGE.replace(TEXT, "Лёд ушёл из залива, и паромы снова ходят в Таллин. ")
    page = page.replace("<head>", '<head><meta charset="windows-1251">')
    (found,) = records(response(page.encode("cp1251"), "Content-Type: text/html; charset=latin1"))
    assert "Лёд ушёл из залива" in found.fields["text"]


def test_a_text_in_no_charset_is_refused():
    found = records(record("conversion", b"\x81\x8d", "Content-Type: text/plain"))
    assert refusals(found) == [Reason.INVALID_ENCODING]


def test_an_archive_that_breaks_off_keeps_what_was_whole():
    content = conversion("Ice.") + conversion("Fog." * 99)
    for cut in (5, 300, 420, 500):
        found = records(content[:-cut])
        assert texts(found) == ["Ice."]
        assert refusals(found) == [None, Reason.DAMAGED_ARCHIVE]
        assert found[1].byte_offset == len(conversion("Ice."))


def test_a_packed_archive_that_breaks_off_keeps_what_was_whole():
    class BreaksOff(io.RawIOBase):
        content = io.BytesIO(conversion("Ice.") + conversion("Fog." * 99)[:-200])

        def read(self, size):
            part = self.content.read(min(size, 100))
            if not part:
                raise RefusedError(Reason.DAMAGED_ARCHIVE, "The packed file is damaged: again.")
            return part

    found = [one.resolve() for one in warc.read(BreaksOff())]
    assert texts(found) == ["Ice."]
    assert refusals(found) == [None, Reason.DAMAGED_ARCHIVE]


@pytest.mark.parametrize("length", ["", "many", "-5", "3"])
def test_a_record_with_a_wrong_length_ends_the_reading(length):
    wrong = conversion("Ice.\r\nMore ice.\r\nFog.", length=length)
    found = records(conversion("Ice."), wrong, conversion("Snow."))
    assert texts(found)[0] == "Ice."
    assert "Snow." not in texts(found)
    assert refusals(found)[-1] == Reason.DAMAGED_ARCHIVE


def test_a_header_without_end_is_not_kept_in_memory():
    for line in (b"x", b"WARC-X: y\r\n"):
        found = records(conversion("Ice."), b"WARC/1.0\r\n", line * warc.LONGEST_HEADER)
        assert refusals(found) == [None, Reason.DAMAGED_ARCHIVE]


def test_many_records_without_content_are_not_taken_for_one_header():
    found = records(record("request", "") * 9000, conversion("Ice."))
    assert texts(found) == ["Ice."]


def test_a_record_that_is_too_large_is_refused_and_the_next_one_is_read():
    large = b"x" * (warc.LARGEST + 1)
    found = records(
        conversion(large), response(large, HTML), response(gzip.compress(large), HTML,
        "Content-Encoding: gzip"), conversion("Fog."),
    )  # fmt: skip
    assert refusals(found) == [Reason.RECORD_TOO_LARGE] * 3 + [None]
    assert [one.number for one in found] == [1, 2, 3, 4]


def test_a_record_without_an_address_is_read():
    (found,) = records(response(TEXT, "Content-Type: text/plain", url=None))
    assert "url" not in found.fields
