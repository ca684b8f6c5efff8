import io
from datetime import date

import pytest

from communique.dumps import Reason
from communique.dumps.articles import build_article
from communique.dumps.delivery import Origin
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.readers import feed, sitemap
from communique.dumps.refusals import RefusedError
from communique.dumps.xml_parsing import name_of, read_elements

NIGHT = date(2026, 3, 8)
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def records(content, reader=feed):
    content = content.encode() if isinstance(content, str) else content
    assert reader.accepts(content, DumpSettings())
    return list(reader.read(io.BytesIO(content)))


def rss(*items, about=""):
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {CONTENT} {DC}><channel>'
        f"<title>Gulf Courier</title>{about}{''.join(items)}</channel></rss>"
    )


def item(inside="", title="Ice leaves the gulf", text="The ice is gone."):
    return f"<item><title>{title}</title><description>{text}</description>{inside}</item>"


def only(content):
    (record,) = records(content)
    return record.fields


def article_of(content):
    (record,) = records(content)
    origin = Origin(dump_date=NIGHT, dump_file="feed.xml", dump_format=feed.NAME)
    return build_article(record, origin)


def refusal(content, reader=feed):
    with pytest.raises(RefusedError) as error:
        records(content, reader)
    return error.value


def titles(content):
    """The titles that are read before the file breaks."""
    found = []
    with pytest.raises(RefusedError) as error:
        for record in feed.read(io.BytesIO(content.encode())):
            found.append(record.fields["title"])
    return found, error.value


def test_an_item_of_rss_is_an_article_of_the_feed():
    article = article_of(
        rss(
            item(
                "<link>https://courier.example/2026/03/06/ice?utm_source=rss</link>"
                "<pubDate>Fri, 06 Mar 2026 08:30:00 +0200</pubDate>"
                "<dc:creator>Aino Kallas</dc:creator><category>Sea</category>"
                "<category>Weather</category><guid>courier-17</guid>"
            ),
            about="<link>https://courier.example/</link><language>en-gb</language>",
        )
    )
    assert article.title == "Ice leaves the gulf"
    assert article.body_text == "The ice is gone."
    assert article.canonical_url == "https://courier.example/2026/03/06/ice"
    assert article.published_at.isoformat() == "2026-03-06T06:30:00"
    assert (article.author, article.outlet_name) == ("Aino Kallas", "Gulf Courier")
    assert article.language_code == "en"
    assert '"categories": ["Sea", "Weather"]' in article.extra
    assert '"guid": "courier-17"' in article.extra


def test_the_full_text_goes_before_the_teaser_which_becomes_the_standfirst():
    article = article_of(
        rss(
            item(
                "<content:encoded><![CDATA[<p>The ice is <b>gone</b>.</p>\n<p>Ferries sail.</p>]]>"
                "</content:encoded>",
                text="Spring comes early.",
            )
        )
    )
    assert article.body_text == "The ice is gone.\n\nFerries sail."
    assert article.standfirst == "Spring comes early."


def test_pictures_scripts_and_captions_of_an_item_are_not_its_text():
    fields = only(
        rss(
            item(
                "<content:encoded><![CDATA[<figure><img src='a.png'><figcaption>Photo: A"
                "</figcaption></figure><script>track()</script><!-- ad --><p>The ice is gone.<br>"
                "All of it.</p><style>p {}</style>]]></content:encoded>"
            )
        )
    )
    assert fields["text"] == "The ice is gone.\nAll of it."


def test_an_item_whose_full_text_is_only_a_picture_keeps_its_description():
    fields = only(rss(item("<content:encoded>&lt;img src='a.png'></content:encoded>")))
    assert fields["text"] == "The ice is gone."


def test_markup_that_was_escaped_twice_is_still_markup():
    escaped = (
        "&amp;lt;p&amp;gt;The ice is gone.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;All.&amp;lt;/p&amp;gt;"
    )
    assert article_of(rss(item(text=escaped))).body_text == "The ice is gone.\n\nAll."


def test_a_sign_in_the_text_that_looks_like_a_tag_stays():
    article = article_of(rss(item(text="&lt;p>Write &amp;lt;b> for bold, if a &amp;lt; b.&lt;/p>")))
    assert article.body_text == "Write <b> for bold, if a < b."


def test_an_entry_of_atom_is_an_article():
    article = article_of(
        f'<feed {ATOM} xml:lang="fi"><title>Gulf Courier</title>'
        '<link rel="self" href="https://courier.example/feed"/>'
        '<link href="https://courier.example/"/><author><name>The desk</name></author>'
        '<entry><title type="html">Ice &amp;amp; fog</title><id>tag:courier.example,2026:1</id>'
        '<link rel="enclosure" href="https://courier.example/a.mp3"/>'
        '<link rel="alternate" href="/2026/ice"/>'
        "<updated>2026-03-07T09:00:00Z</updated><published>2026-03-06T09:00:00Z</published>"
        "<author><name>Aino Kallas</name><email>a@courier.example</email></author>"
        "<author><name>Marie Under</name></author>"
        '<summary>Spring.</summary><content type="html">&lt;p>The ice is gone.&lt;/p></content>'
        "</entry></feed>"
    )
    assert (article.title, article.body_text) == ("Ice & fog", "The ice is gone.")
    assert article.url == "https://courier.example/2026/ice"
    assert article.author == "Aino Kallas, Marie Under"
    assert article.published_at.isoformat() == "2026-03-06T09:00:00"
    assert (article.outlet_name, article.language_code) == ("Gulf Courier", "fi")
    assert '"updated": "2026-03-07T09:00:00Z"' in article.extra


def test_xhtml_in_atom_is_read_under_any_prefix():
    (record,) = records(
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:x="http://www.w3.org/1999/xhtml">'
        '<a:entry><a:title>Ice</a:title><a:content type="xhtml"><x:div><x:p>The <x:b>ice</x:b> is'
        "\n   gone.</x:p><x:ul><x:li>One</x:li><x:li>Two</x:li></x:ul></x:div></a:content>"
        "</a:entry></a:feed>"
    )
    assert record.fields["title"] == "Ice"
    assert record.fields["text"] == "The ice is gone.\n\nOne\n\nTwo"


def test_content_of_atom_that_is_no_text_is_not_taken_for_one():
    fields = only(
        f'<feed {ATOM}><entry><content type="image/png">aGVsbG8=</content>'
        "<summary>The ice is gone.</summary></entry></feed>"
    )
    assert fields["text"] == "The ice is gone."


def test_an_entry_without_an_author_has_that_of_the_feed():
    fields = only(
        f"<feed {ATOM}><author><name>The desk</name></author>"
        "<entry><summary>The ice is gone.</summary></entry></feed>"
    )
    assert fields["author"] == "The desk"


def test_an_item_of_rdf_is_an_article():
    fields = only(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" {DC}><channel rdf:about="https://courier.example/">'
        "<title>Gulf Courier</title><items><rdf:Seq><rdf:li/></rdf:Seq></items></channel>"
        "<image><title>Logo</title></image><item><title>Ice</title>"
        "<link>https://courier.example/ice</link><description>The ice is gone.</description>"
        "<dc:date>2026-03-06T10:00+02:00</dc:date><dc:language>et</dc:language></item></rdf:RDF>"
    )
    assert fields["source_name"] == "Gulf Courier"
    assert (fields["date"], fields["language"]) == ("2026-03-06T10:00+02:00", "et")


def test_the_source_of_an_item_goes_before_the_feed_that_collects_it():
    article = article_of(
        rss(item('<source url="https://herald.example/rss">Bay Herald</source>'), about="")
    )
    assert (article.outlet_name, article.outlet_domain) == ("Bay Herald", "herald.example")


def test_the_title_of_a_picture_is_not_that_of_the_article_or_the_feed():
    fields = only(
        '<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><media:title>Logo</media:title>'
        "<image><title>Picture</title></image><title>Gulf Courier</title><item>"
        "<media:title>Ship</media:title><media:content>A ship</media:content>"
        "<title>Ice</title><description>The ice is gone.</description></item></channel></rss>"
    )
    assert (fields["title"], fields["source_name"]) == ("Ice", "Gulf Courier")
    assert fields["text"] == "The ice is gone."


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<guid>https://courier.example/1</guid>", "https://courier.example/1"),
        ("<guid>courier-17</guid>", None),
        ("<link>/ice</link>", "https://courier.example/ice"),
        ("<link><![CDATA[https://courier.example/?a=1&b=2]]></link>",
         "https://courier.example/?a=1&b=2"),
        ("<link>https://courier.example/?a=1&b=2</link>", "https://courier.example/?a=1&b=2"),
        ('<link>https://courier.example/via</link><f:origLink xmlns:f="urn:f">'
         "https://courier.example/ice</f:origLink>", "https://courier.example/ice"),
        ("<link>https://[courier/</link>", "https://[courier/"),
    ],
)  # fmt: skip
def test_the_address_of_an_item(inside, url):
    fields = only(rss(item(inside), about="<link>https://courier.example/</link>"))
    assert fields.get("url") == url


def test_an_item_without_text_is_refused_as_such():
    with pytest.raises(RefusedError) as error:
        article_of(rss("<item><title>Ice leaves the gulf</title></item>"))
    assert error.value.code == Reason.NO_TEXT


def test_an_item_is_shown_by_its_first_fields():
    (record,) = records(rss(item()))
    assert (record.number, record.byte_offset) == (1, None)
    assert '"title": "Ice leaves the gulf"' in record.source_text


@pytest.mark.parametrize("mark", ["", "\ufeff", "\n ", "\ufeff\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_mark_or_a_blank_line_before_the_xml_does_no_harm(mark, encoding):
    content = (mark + rss(item(title="Лёд"))).encode(encoding)
    assert [record.fields["title"] for record in records(content)] == ["Лёд"]


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("utf-16", "utf-8"), ("utf8mb4", "utf-8"),
        ("iso-8859-1", "iso-8859-1"), ("windows-1252", "cp1252"), ("zip", "utf-8"),
    ],
)  # fmt: skip
def test_an_encoding_that_is_wrongly_declared_is_found(declared, real):
    content = rss(item(title="Jää lähtee")).replace("utf-8", declared).encode(real)
    assert [record.fields["title"] for record in records(content)] == ["Jää lähtee"]


def test_a_declared_encoding_is_used():
    content = rss(item(title="Лёд ушёл")).replace("utf-8", "windows-1251").encode("cp1251")
    assert [record.fields["title"] for record in records(content)] == ["Лёд ушёл"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ice&nbsp;&amp;&nbsp;fog", "Ice\xa0&\xa0fog"),
        ("M&uuml;ller &ndash; fog", "Müller – fog"),
        ("AT&T and R & D", "AT&T and R & D"),
        ("a &unheard-of; name", "a &unheard-of; name"),
        ("a &unheard; name", "a &unheard; name"),
        ("bell\x07 and &#7;number", "bell and number"),
        ("odd ]]> end", "odd ]]> end"),
        ("<![CDATA[a ]]]]><![CDATA[> b & c]]>", "a ]]> b & c"),
        ("<![CDATA[a]]> and b ]]>", "a and b ]]>"),
    ],
)
def test_what_feeds_write_wrongly_does_not_break_them(written, read):
    assert only(rss(item(title=written)))["title"] == read


def test_no_sign_is_lost_where_one_piece_of_a_file_ends_and_the_next_begins():
    words = "&nbsp;<![CDATA[&]]>&amp;AT&T ]]> Лёд " * 8000
    (record,) = records(rss(item(title=words)))
    assert record.fields["title"] == ("\xa0&&AT&T ]]> Лёд " * 8000).strip()


def test_a_prefix_that_nobody_declared_does_no_harm():
    fields = only(
        "<rss><channel><item><content:encoded>The ice is gone.</content:encoded>"
        "<odd:thing>kept</odd:thing></item></channel></rss>"
    )
    assert (fields["text"], fields["odd:thing"]) == ("The ice is gone.", "kept")


@pytest.mark.parametrize(
    "definitions",
    [
        '<!ENTITY a "ice"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/hostname">',
        '<!ENTITY % p SYSTEM "http://courier.example/p.dtd"> %p;',
        f'<!ATTLIST title long CDATA "{"ice" * 100}">',
    ],
)
def test_a_feed_that_defines_entities_of_its_own_is_refused(definitions):
    error = refusal(f"<!DOCTYPE rss [{definitions}]><rss>{item(title='&c;')}</rss>")
    assert error.code == Reason.INVALID_XML
    assert "defines entities" in error.reason


@pytest.mark.parametrize("quote", ['"', "'"])
def test_names_that_a_feed_defines_for_a_sign_or_a_word_are_resolved(quote):
    definitions = "".join(
        f"<!ENTITY {name} {quote}{value}{quote}>\n"
        for name, value in {"dots": "&#8230;", "e": "é", "city": "Tallinn"}.items()
    )
    start = f"<!DOCTYPE rss [\n{definitions}]><rss>"
    found = records(start + item(title="Caf&e; in &city;&dots;") * 3000 + "</rss>")
    assert {record.fields["title"] for record in found} == {"Café in Tallinn…"}
    assert len(found) == 3000


def test_a_document_type_is_not_looked_up():
    content = '<!DOCTYPE rss SYSTEM "http://courier.example/rss.dtd">' + rss(item())[38:]
    assert only(content)["title"] == "Ice leaves the gulf"


@pytest.mark.parametrize("rest", ["<item><title>Fog", "<item><b></item>", "<item", ""])
def test_items_before_the_break_of_a_file_are_read(rest):
    found, error = titles(f"<rss><channel>{item(title='One')}\n{item(title='Two')}{rest}")
    assert found == ["One", "Two"]
    assert error.code == Reason.INVALID_XML
    assert "from line 2 on" in error.reason


def test_what_follows_the_end_of_a_feed_is_refused_and_not_forgotten():
    found, error = titles(rss(item()) + rss(item()))
    assert (found, error.code) == (["Ice leaves the gulf"], Reason.INVALID_XML)


def test_an_item_without_end_is_not_kept_in_memory():
    endless = b"<rss><channel><item><title>Ice</title>" + (b"<b>" + b"ice " * 2**14 + b"</b>") * 300
    assert refusal(endless).code == Reason.RECORD_TOO_LARGE


def test_tags_without_end_in_a_text_do_not_lose_it():
    fields = only(rss(item(text="&lt;font>" * 5000 + "The ice is gone.")))
    assert "The ice is gone." in fields["text"]


def test_what_was_read_of_a_large_feed_is_forgotten():
    items = (item(title=str(number), text="The ice is gone. " * 200) for number in range(5000))
    content = io.BytesIO(rss(*items).encode())
    kept = [
        len(element.getparent())
        for element in read_elements(content, {"item"})
        if name_of(element) == "item"
    ]
    assert len(kept) == 5000
    assert max(kept) < 100


@pytest.mark.parametrize(
    "content",
    ["<html><body>rss</body></html>", "<!doctype html><p>feed", "<urlset/>", "no markup: <rss>",
     "{}", "", '<feed xmlns="urn:cattle"/>', "<rss"],
)  # fmt: skip
def test_what_is_no_feed_is_left_to_others(content):
    assert not feed.accepts(content.encode(), DumpSettings())


def test_an_entry_of_a_news_sitemap_is_refused_by_name_for_want_of_text():
    (record,) = records(
        f"<urlset {SITEMAP} {NEWS}><url><loc>https://courier.example/ice</loc><news:news>"
        "<news:publication><news:name>Gulf Courier</news:name><news:language>en</news:language>"
        "</news:publication><news:publication_date>2026-03-06</news:publication_date>"
        "<news:title>Ice leaves the gulf</news:title></news:news></url></urlset>",
        sitemap,
    )
    assert record.fields == {
        "title": "Ice leaves the gulf",
        "url": "https://courier.example/ice",
        "date": "2026-03-06",
        "source_name": "Gulf Courier",
        "language": "en",
    }
    assert record.refusal.code == Reason.NO_TEXT
    assert "deliver the article itself" in record.refusal.reason
    assert "Ice leaves the gulf" in record.source_text


def test_pages_of_a_news_sitemap_that_are_no_articles_are_passed_over():
    found = records(
        f"<urlset {SITEMAP} xmlns:n='urn:n'><url><loc>https://courier.example/</loc></url>"
        "<url><loc>https://courier.example/1</loc><n:news><n:title>Ice</n:title></n:news></url>"
        "</urlset>",
        sitemap,
    )
    assert [record.fields["title"] for record in found] == ["Ice"]


@pytest.mark.parametrize(
    "content",
    [
        f"<urlset {SITEMAP}><url><loc>https://courier.example/about</loc></url></urlset>",
        f"<urlset {SITEMAP}/>",
        f"<sitemapindex {SITEMAP}><sitemap><loc>https://courier.example/1.xml</loc></sitemap>"
        "</sitemapindex>",
    ],
)
def test_a_sitemap_that_names_no_article_is_refused_as_a_whole(content):
    error = refusal(content, sitemap)
    assert error.code == Reason.NOT_AN_ARTICLE
    assert "names no article" in error.reason
