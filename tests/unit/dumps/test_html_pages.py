import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.dumps import Reason
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.pages import LARGEST, MOST_ELEMENTS, read_page
from communique.dumps.readers import html_page
from communique.dumps.refusals import RefusedError

PARAGRAPHS = [
    "The harbour of Tallinn is open again after a winter of thick ice, the port said on Tuesday.",
    "“We have waited for this day since December,” minister Aino Kallas said on the quay.",
    "Two ferries left for Helsinki in the morning, and a third is to follow before the evening.",
    "The union of the dockers called the plan “a mistake” and asked for talks with the government.",
    "Last year the ice broke in April, four weeks later than in the years before it, she added.",
    "No one at the port could say whether the old icebreaker will be sold or kept for next winter.",
]
TEXT = "\n\n".join(PARAGRAPHS)
BODY = "<article><h1>Harbour is open</h1>{}</article>".format(
    "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
)
NAVIGATION = (
    "<nav><ul><li><a href='/world'>World</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
)
FOOTER = "<footer><p>Copyright 2026 The Gulf Herald. All rights reserved.</p></footer>"


def page(body=BODY, head="", encoding="utf-8"):
    return (
        f"<!doctype html><html lang='en'><head><title>Harbour is open</title>{head}</head>"
        f"<body>{NAVIGATION}{body}{FOOTER}</body></html>"
    ).encode(encoding)


def linked(data):
    content = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return f'<script type="application/ld+json">{content}</script>'


def refusal(content, url=None):
    with pytest.raises(RefusedError) as refused:
        read_page(content, url)
    return refused.value.code


def test_a_page_is_one_article_with_its_paragraphs_and_nothing_around_them():
    (record,) = html_page.read(io.BytesIO(page()))
    record = record.resolve()
    assert (record.number, record.fields["title"]) == (1, "Harbour is open")
    assert record.fields["text"] == TEXT


@pytest.mark.parametrize(
    "furniture",
    [
        "<figure><img src=i.jpg><figcaption>A ferry in the ice this week.</figcaption></figure>",
        "<blockquote class='twitter-tweet'><p>Ice is gone!</p>— Port (@port) March 3</blockquote>",
        "<aside><p>Subscribe to our newsletter for more from the gulf.</p></aside>",
        "<table><tr><th>Ferry</th><th>Time</th></tr><tr><td>Star</td><td>9.00</td></tr></table>",
        "<div id='comments'><p>First! And the ice was thicker when I was young.</p></div>",
    ],
)
def test_pictures_embedded_posts_promotion_tables_and_comments_are_left_out(furniture):
    body = BODY.replace("<p>Two ferries", f"{furniture}<p>Two ferries")
    assert read_page(page(body))["text"] == TEXT


def test_what_the_page_says_in_json_ld_is_taken():
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Tallinn&#8217;s harbour is open",
        "description": "Ferries sail again.",
        "datePublished": "2026-03-03T10:15:00+02:00",
        "dateModified": "2026-03-03T11:00:00+02:00",
        "author": [{"@type": "Person", "name": "Marie Under"}, "Juhan Liiv"],
        "publisher": {"@type": "Organization", "name": "The Gulf Herald"},
        "inLanguage": "en-GB",
        "articleSection": "Sea",
        "keywords": "ice, harbours",
    }
    fields = read_page(page(head=linked(said)))
    assert fields.pop("text") == TEXT
    assert fields == {
        "title": "Tallinn’s harbour is open",
        "description": "Ferries sail again.",
        "date": "2026-03-03T10:15:00+02:00",
        "date_modified": "2026-03-03T11:00:00+02:00",
        "author": ["Marie Under", "Juhan Liiv"],
        "source_name": "The Gulf Herald",
        "language": "en-GB",
        "section": ["Sea"],
        "keywords": ["ice", "harbours"],
    }


def test_what_json_ld_says_in_a_graph_is_put_together():
    graph = [
        {"@type": "WebPage", "@id": "#page", "description": "Of the page"},
        {"@type": ["Article"], "author": {"@id": "#m"}, "publisher": {"@id": "#h"}},
        {"@type": "Person", "@id": "#m", "name": "Marie Under"},
        {"@type": "Organization", "@id": "#h", "name": "The Gulf Herald"},
    ]  # fmt: skip
    fields = read_page(page(head=linked({"@graph": graph})))
    assert (fields["author"], fields["source_name"]) == (["Marie Under"], "The Gulf Herald")
    assert "description" not in fields


def test_other_articles_that_json_ld_names_lend_the_page_nothing():
    own, other = "https://example.com/ice", "https://example.com/fog"
    said = [
        {"@type": "NewsArticle", "headline": "Fog", "url": other},
        {"@type": "NewsArticle", "headline": "Ice", "mainEntityOfPage": {"@id": own}},
    ]
    head = f"<link rel='canonical' href='{own}'>"
    assert read_page(page(head=head + linked(said)))["title"] == "Ice"
    assert read_page(page(head=head + linked([said[0]] * 2)))["title"] == "Harbour is open"


@pytest.mark.parametrize(
    "written",
    [
        '{"@type": "NewsArticle", "headline": "Open",}',
        '// <![CDATA[\n{"@type": "NewsArticle", "headline": "Open"}\n// ]]>',
        '<!-- {"@type": "NewsArticle", "headline": "Open"} -->',
        '{"@type": "NewsArticle",\n"description": "two\nlines", "headline": "Open"};',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Open&quot;}",
    ],
)
def test_the_usual_mistakes_in_json_ld_are_forgiven(written):
    assert read_page(page(head=linked(written)))["title"] == "Open"


@pytest.mark.parametrize(
    "written",
    ["", "{", "null", '"Open"', '{"@type": "NewsArticle", "headline": ', "[" * 100_000,
     '{"@type": {"@id": [1]}, "@id": {}, "author": 1, "publisher": [[]], "headline": ["Open"]}',
     '{"@type": "NewsArticle", "headline": 1, "author": [[1]], "datePublished": {"a": 1}}'],
)  # fmt: skip
def test_meta_tags_count_where_json_ld_says_nothing_usable(written):
    head = (
        "<meta property='og:title' content='Open - The Gulf Herald'>"
        "<meta property='og:site_name' content='The Gulf Herald'>"
        "<meta property='article:published_time' content='2026-03-03T10:15:00Z'>"
        "<meta name='author' content='Marie Under'>"
        "<meta name='description' content='Ferries sail &amp; horns sound.'>"
        "<meta property='article:tag' content='ice'><meta property='article:tag' content='sea'>"
    )
    fields = read_page(page(head=linked(written) + head))
    assert (fields["title"], fields["source_name"]) == ("Open", "The Gulf Herald")
    assert (fields["date"], fields["author"]) == ("2026-03-03T10:15:00Z", ["Marie Under"])
    assert (fields["description"], fields["language"]) == ("Ferries sail & horns sound.", "en")
    assert fields["keywords"] == ["ice", "sea"]


def test_of_several_dates_the_most_exact_counts():
    said = {"@type": "NewsArticle", "datePublished": "2026-03-03"}
    head = (
        "<meta name='date' content='2026-03-03 10:15'>"
        "<meta name='parsely-pub-date' content='2026-03-03T10:15:00+02:00'>"
    )
    assert read_page(page(head=linked(said) + head))["date"] == "2026-03-03T10:15:00+02:00"


def test_a_time_in_the_article_counts_where_nothing_else_dates_it():
    body = BODY.replace(
        "<p>", "<time datetime='PT5M'>5 min</time><time datetime='2026-03-03'>Tuesday</time><p>", 1
    )
    assert read_page(page(body))["date"] == "2026-03-03"


def test_an_address_is_no_author():
    head = "<meta property='article:author' content='https://example.com/staff/under'>"
    body = BODY.replace("<p>", "<a rel='author' href='/staff/under'>Marie Under</a><p>", 1)
    assert "author" not in read_page(page(head=head))
    assert read_page(page(body, head))["author"] == ["Marie Under"]


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("/ice", "https://example.com/ice"),
        ("https://example.org/2026/ice", "https://example.org/2026/ice"),
        ("https://example.com/", "https://example.com/ice?page=2"),
        ("javascript:alert(1)", "https://example.com/ice?page=2"),
        ("http://[ice", "https://example.com/ice?page=2"),
    ],
)
def test_the_page_may_name_its_address_better_than_the_one_it_was_found_at(canonical, url):
    head = f"<link rel='canonical' href='{canonical}'>"
    assert read_page(page(head=head), "https://example.com/ice?page=2")["url"] == url


RUSSIAN = "Порт Таллина снова открыт, лёд ушёл, и паромы вышли в Хельсинки, сообщил министр. "
CHINESE = "塔林港口重新开放，冰已经融化，渡轮驶往赫尔辛基，部长在码头上对记者说。"
JAPANESE = "タリンの港は再び開かれ、氷は溶けてフェリーがヘルシンキへ向かったと大臣が述べた。"
GERMAN = "Der Hafen von Tallinn ist wieder geöffnet, sagte die Ministerin über die „Fähren“. "


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (RUSSIAN, "utf-8", "utf-8"),
        (RUSSIAN, "utf-8", "windows-1251"),
        (RUSSIAN, "utf-8", None),
        (RUSSIAN, "utf-8-sig", "koi8-r"),
        (RUSSIAN, "utf-16", "utf-8"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "cp1251", "utf-8"),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (RUSSIAN, "cp1251", "punycode"),
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "gb18030", "utf-8"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", None),
        (GERMAN, "cp1252", "windows-1252"),
        (GERMAN, "cp1252", "utf-8"),
        (GERMAN, "cp1252", None),
    ],
)
def test_the_encoding_is_found_whatever_the_page_declares(text, encoding, declared):
    text = (text * 8).strip()
    head = f"<meta charset='{declared}'>" if declared else ""
    body = "<article>" + f"<p>{text}</p>" * 2 + "</article>"
    assert read_page(page(body, head, encoding))["text"].startswith(text)


def test_a_broken_letter_does_not_spoil_the_others():
    content = page().replace("“We".encode(), b"\xe2\x80We")
    text = read_page(content)["text"]
    assert "this day since December,” minister" in text
    assert "\ufffdWe have waited" in text


def test_a_text_in_json_ld_counts_where_the_page_shows_only_its_start():
    said = {"@type": "NewsArticle", "headline": "Open", "articleBody": "\n".join(PARAGRAPHS * 3)}
    start = f"<article><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>"
    assert read_page(page(start, linked(said)))["text"] == "\n\n".join(PARAGRAPHS * 3)
    said["articleBody"] = PARAGRAPHS[0]
    assert read_page(page(head=linked(said)))["text"] == TEXT


def test_a_body_that_advertisements_cut_into_parts_is_read_whole():
    parts = "<div class='ad'></div>".join(
        f"<div class='grid'><div class='article__body'><p>{one}</p><p>{two}</p></div></div>"
        for one, two in zip(PARAGRAPHS[::2], PARAGRAPHS[1::2], strict=True)
    )
    assert read_page(page(f"<article>{parts}</article>"))["text"] == TEXT


def test_a_page_laid_out_in_a_table_is_read():
    text = "<br><br>".join(PARAGRAPHS)
    menu = "<td><a href='/world'>World</a><br><a href='/sport'>Sport</a></td>"
    body = f"<table><tbody><tr>{menu}<td><font>{text}</font></td></tr></tbody></table>"
    assert read_page(page(body))["text"] == TEXT


def test_a_short_text_counts_only_on_a_page_that_says_it_is_an_article():
    body = "<main><p>The harbour of Tallinn is open again, the port said.</p></main>"
    head = "<meta property='og:type' content='article'>"
    assert read_page(page(body, head))["text"].startswith("The harbour of Tallinn")
    assert refusal(page(body)) == Reason.NO_TEXT


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<div id='root'></div><noscript>Enable JavaScript to run this app.</noscript>",
        "<main><h1>Page not found</h1><p>Sorry, the page you looked for does not exist.</p></main>",
        "<main><ul>" + "<li><a href='/ice'>Harbour is open again</a></li>" * 60 + "</ul></main>",
    ],
)
def test_a_page_without_an_article_is_refused(body):
    assert refusal(page(body)) == Reason.NO_TEXT


def test_the_front_page_of_a_site_is_no_article():
    assert refusal(page(), "https://example.com/") == Reason.NO_TEXT
    assert read_page(page(), "https://example.com/ice")["text"] == TEXT


def test_a_page_that_is_far_too_large_is_refused():
    assert refusal(page() + b" " * LARGEST) == Reason.RECORD_TOO_LARGE
    assert refusal(page("<p>ice</p>" * MOST_ELEMENTS)) == Reason.RECORD_TOO_LARGE


def test_entities_are_never_read_from_other_files(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("The password of the port is ice.")
    declared = f"<!doctype html [<!ENTITY ice SYSTEM '{secret.as_uri()}'>]>"
    content = page(BODY.replace("No one", "&ice; No one"))
    content = content.replace(b"<!doctype html>", declared.encode())
    assert "password" not in read_page(content)["text"]


@pytest.mark.parametrize(
    "start",
    ["<!DOCTYPE html>", "<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", "<html>",
     "<HTML lang='en'>", "<head>", "<body class='a'>", "\ufeff\n <html>",
     "<!-- saved from url=(0019)https://example.com -->\n<html>", "<!-- a --><!-- b --><html>",
     "<?xml version='1.0' encoding='utf-8'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>"],
)  # fmt: skip
def test_a_file_that_starts_like_a_page_is_one(start):
    assert html_page.accepts(start.encode(), DumpSettings())


@pytest.mark.parametrize(
    "start",
    ["", "<", "<p>Ice</p>", "<rss version='2.0'>", "<?xml version='1.0'?><urlset>", "<headline>",
     "<!doctype nitf><nitf>", "The <html> tag", "{}", "<!-- <html> -->", "<!--" * 100_000,
     "<!-- -->" * 100_000, " " * 1_000_000],
)  # fmt: skip
def test_a_file_that_starts_otherwise_is_none(start):
    assert not html_page.accepts(start.encode(), DumpSettings())


PIECES = st.sampled_from(
    ["<p>", "</p>", "<table><tr><td>", "<article class='article-body'>", "<h1>",
     "<time datetime=''>",
     "<link rel='canonical' href='//['>", "<meta name='author' content='&#0;'>", "<!--", "&#xd800;",
     '<script type="application/ld+json">', '{"@type": "Article", "author": ', "[", "]", "}",
     "</script>", "<base href='x:'>", PARAGRAPHS[0]]
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES | st.text(max_size=20), max_size=20), st.binary(max_size=20))
def test_no_page_stops_the_reading(pieces, rest):
    content = page("".join(pieces)).replace(b"</body>", rest)
    try:
        assert read_page(content, "https://example.com/ice")["text"].strip()
    except RefusedError as refused:
        assert refused.code == Reason.NO_TEXT


def test_a_list_of_other_articles_is_no_article():
    links = "".join(f"<li><a href='/{n}'>2026-03-0{n} Ferry {n} is late again</a></li>"
                    for n in range(1, 9))  # fmt: skip
    content = f"<html><body><main><h1>News</h1><ul>{links * 4}</ul></main></body></html>"
    with pytest.raises(RefusedError) as error:
        read_page(content.encode())
    assert error.value.code == Reason.NO_TEXT
