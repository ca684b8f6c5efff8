import io
from datetime import date

import pytest

from communique.dumps import Reason
from communique.dumps.articles import build_article
from communique.dumps.delivery import Origin
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.readers import newsml
from communique.dumps.refusals import RefusedError

NIGHT = date(2026, 3, 8)
G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
NITF = 'xmlns="http://iptc.org/std/NITF/2006-10-18/"'

PROSE = f"<inlineXML><html {XHTML}><body><p>The ice is gone.</p></body></html></inlineXML>"


def news_item(content=PROSE, item_meta="", content_meta="", around=G2):
    return (
        f'<newsItem {around} guid="urn:newsml:gulfwire.example:17" version="2" xml:lang="en-GB">'
        f'<itemMeta><itemClass qcode="ninat:text"/>{item_meta}</itemMeta>'
        f"<contentMeta>{content_meta}</contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


def message(*items):
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><newsMessage {G2}><header><sender>gulfwire.example"
        f"</sender></header><itemSet>{''.join(items)}</itemSet></newsMessage>"
    )


def nitf(content="<p>The ice is gone.</p>", head="", body_head="", around=""):
    return (
        f"<nitf {around}><head>{head}</head><body><body.head>{body_head}</body.head>"
        f"<body.content>{content}</body.content></body></nitf>"
    )


def records(content):
    content = content.encode() if isinstance(content, str) else content
    assert newsml.accepts(content, DumpSettings())
    return list(newsml.read(io.BytesIO(content)))


def only(content):
    (record,) = records(content)
    assert not record.refusal
    return record.fields


def article_of(content):
    (record,) = records(content)
    origin = Origin(dump_date=NIGHT, dump_file="wire.xml", dump_format=newsml.NAME)
    return build_article(record, origin)


def test_a_news_item_is_an_article():
    article = article_of(
        news_item(
            item_meta='<provider literal="Gulf Wire"/>'
            "<versionCreated>2026-03-06T12:00:00+02:00</versionCreated>"
            '<pubStatus qcode="stat:usable"><name>Usable</name></pubStatus>',
            content_meta="<urgency>3</urgency>"
            '<headline role="hld:subHeadline">Early spring</headline>'
            "<headline>Ice leaves\n  the gulf</headline><by>By Aino Kallas</by>"
            '<language tag="en-US"/><slugline>GULF-ICE/</slugline><creditline>GW</creditline>'
            '<description role="drol:caption">A ship</description>'
            '<description role="drol:summary">Spring comes early.</description>'
            '<subject qcode="medtop:1"><name>Sea</name></subject><keyword>ice</keyword>',
        )
    )
    assert (article.title, article.body_text) == ("Ice leaves the gulf", "The ice is gone.")
    assert (article.author, article.outlet_name) == ("Aino Kallas", "Gulf Wire")
    assert article.published_at.isoformat() == "2026-03-06T10:00:00"
    assert article.standfirst == "Spring comes early."
    assert article.language_code == "en"
    for kept in (
        '"urgency": "3"', '"slugline": "GULF-ICE/"', '"creditline": "GW"', '"pubstatus": "usable"',
        '"version": "2"', '"keywords": ["ice"]',
        '"subjects": ["Sea"]',
    ):  # fmt: skip
        assert kept in article.extra


def test_the_guid_of_an_item_is_kept():
    assert only(news_item())["guid"] == "urn:newsml:gulfwire.example:17"


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_withdrawn_item_is_read_and_keeps_its_status(status):
    fields = only(news_item(item_meta=f'<pubStatus qcode="stat:{status}"/>'))
    assert (fields["pubstatus"], fields["text"]) == (status, "The ice is gone.")


@pytest.mark.parametrize(
    ("item_meta", "content_meta"),
    [
        ("<versionCreated>2026-03-06T10:30:00+02:00</versionCreated>", ""),
        ("<firstCreated>2026-03-06T10:30:00+02:00</firstCreated>", ""),
        ("", "<contentCreated>2026-03-06T10:30:00+02:00</contentCreated>"),
    ],
)
def test_any_of_its_times_tells_when_an_item_was_published(item_meta, content_meta):
    article = article_of(news_item(item_meta=item_meta, content_meta=content_meta))
    assert article.published_at.isoformat() == "2026-03-06T08:30:00"


def test_nitf_in_a_news_item_gives_what_the_item_does_not_say():
    fields = only(
        news_item(
            "<inlineXML>"
            + nitf(
                "<p>The ice\n          is gone.</p><media><media-caption>A ship</media-caption>"
                "</media><hl2>Ferries</hl2><block><p>They <person>sail</person>.</p></block>",
                body_head="<hedline><hl1>Ice leaves the gulf</hl1></hedline><byline>By Aino "
                "Kallas, <byttl>Staff Reporter</byttl></byline>",
                around=NITF,
            )
            + "</inlineXML>",
        )
    )
    assert fields["title"] == "Ice leaves the gulf"
    assert fields["author"] == "By Aino Kallas"
    assert fields["text"] == "The ice is gone.\n\nFerries\n\nThey sail."


def test_nitf_alone_is_an_article():
    article = article_of(
        "<!DOCTYPE nitf PUBLIC '-//IPTC//DTD NITF 3.4//EN' 'nitf-3-4.dtd'>"
        + nitf(
            head='<docdata management-status="usable"><doc-id id-string="17"/>'
            '<urgency ed-urg="4"/><date.issue norm="20260306T083000Z"/><key-list>'
            '<keyword key="ice"/></key-list></docdata><pubdata '
            'date.publication="20260307" ex-ref="https://gulfwire.example/17"/>',
            body_head="<hedline><hl1>Ice leaves <em>the gulf</em></hl1><hl2>Early</hl2></hedline>"
            "<distributor>Gulf Wire</distributor><dateline><location>HANKO</location></dateline>"
            "<abstract><p>Spring.</p><p>Early.</p></abstract>",
            around='baselang="en-US" version="-//IPTC//DTD NITF 3.4//EN"',
        )
    )
    assert (article.title, article.standfirst) == ("Ice leaves the gulf", "Spring. Early.")
    assert (article.outlet_name, article.language_code) == ("Gulf Wire", "en")
    assert article.published_at.isoformat() == "2026-03-06T08:30:00"
    assert article.canonical_url == "https://gulfwire.example/17"
    for kept in ('"guid": "17"', '"urgency": "4"', '"dateline": "HANKO"', '"keywords": ["ice"]'):
        assert kept in article.extra


def test_an_older_newsml_is_read_too():
    article = article_of(
        "<NewsML><NewsItem><Identification><PublicIdentifier>urn:newsml:gulfwire.example:17"
        "</PublicIdentifier></Identification><NewsManagement><FirstCreated>20260306T083000Z"
        '</FirstCreated><Status FormalName="Usable"/></NewsManagement><NewsComponent><NewsLines>'
        "<HeadLine>Jää lähtee</HeadLine><ByLine>Aino Kallas</ByLine></NewsLines>"
        '<AdministrativeMetadata><Provider><Party FormalName="Gulf Wire"/></Provider>'
        '</AdministrativeMetadata><DescriptiveMetadata><Language FormalName="fi"/>'
        "</DescriptiveMetadata><NewsComponent><ContentItem><DataContent><p>Jää on poissa.</p>"
        "<p>Lautat kulkevat.</p></DataContent></ContentItem></NewsComponent><NewsComponent>"
        "<ContentItem><DataContent><p>Laiva</p></DataContent></ContentItem></NewsComponent>"
        "</NewsComponent></NewsItem></NewsML>"
    )
    assert (article.title, article.author) == ("Jää lähtee", "Aino Kallas")
    assert article.body_text == "Jää on poissa.\n\nLautat kulkevat."
    assert (article.outlet_name, article.language_code) == ("Gulf Wire", "fi")
    assert article.published_at.isoformat() == "2026-03-06T08:30:00"


def test_the_items_of_a_message_are_articles_and_its_package_is_refused():
    read = records(
        message(
            "<packageItem guid='p'><groupSet/></packageItem>",
            news_item(content_meta="<headline>Ice</headline>"),
            news_item(content_meta="<headline>Fog</headline>"),
        )
    )
    assert [record.number for record in read] == [1, 2, 3]
    assert [record.fields.get("title") for record in read] == [None, "Ice", "Fog"]
    assert read[0].refusal.code == Reason.NOT_AN_ARTICLE
    assert "package" in read[0].refusal.reason
    assert read[1].fields["source_name"] == "gulfwire.example"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (f"<knowledgeItem {G2}><contentMeta/></knowledgeItem>", "list of concepts"),
        (f"<conceptItem {G2}/>", "concept"),
        (f"<planningItem {G2}/>", "plan"),
        (f'<newsItem {G2}><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentSet>'
         '<remoteContent href="a.jpg"/></contentSet></newsItem>', "picture"),
    ],
)  # fmt: skip
def test_an_item_that_is_no_article_is_refused_as_what_it_is(content, what):
    (record,) = records(content)
    assert record.refusal.code == Reason.NOT_AN_ARTICLE
    assert what in record.refusal.reason


def test_the_words_that_come_with_a_film_are_an_article():
    item = news_item().replace("ninat:text", "ninat:video")
    assert only(item)["text"] == "The ice is gone."


def test_an_item_of_text_without_text_is_refused_as_such():
    with pytest.raises(RefusedError) as error:
        article_of(news_item(""))
    assert error.value.code == Reason.NO_TEXT


def test_of_one_text_in_two_forms_only_one_is_taken():
    both = PROSE + '<inlineData contenttype="text/plain">The ice is</inlineData>'
    assert only(news_item(both))["text"] == "The ice is gone."


def test_data_in_an_item_are_not_its_text():
    table = (
        '<inlineXML><sports-content xmlns="urn:sports"><team>7</team></sports-content></inlineXML>'
    )
    with pytest.raises(RefusedError):
        article_of(news_item(table))


def test_packed_markup_in_an_item_is_text_in_paragraphs():
    packed = (
        "<inlineData><![CDATA[<p>The ice is gone.</p><p>R&D sails &amp; flies.</p>]]></inlineData>"
    )
    assert article_of(news_item(packed)).body_text == (
        "The ice is gone.\n\nR&D sails & flies."
    )  # fmt: skip


def test_an_indented_line_of_a_wire_starts_a_paragraph():
    wire = (
        "(Adds detail)\n    HANKO, March 6 (Gulf Wire) - The ice is gone\nfrom the gulf.\n"
        "    Ferries\nsail.\n    \n\n (Editing by A. Kallas)"
    )
    assert only(news_item(PROSE.replace("The ice is gone.", wire)))["text"] == (
        "(Adds detail)\n\nHANKO, March 6 (Gulf Wire) - The ice is gone from the gulf.\n\n"
        "Ferries sail.\n\n(Editing by A. Kallas)"
    )


def test_names_are_read_under_any_prefix():
    fields = only(
        '<g:newsItem xmlns:g="http://iptc.org/std/nar/2006-10-01/" guid="urn:17"><g:contentMeta>'
        "<g:headline>Ice</g:headline></g:contentMeta><g:contentSet><g:inlineXML>"
        '<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:body><h:p>The ice is gone.</h:p>'
        "</h:body></h:html></g:inlineXML></g:contentSet></g:newsItem>"
    )
    assert (fields["title"], fields["text"]) == ("Ice", "The ice is gone.")


def test_a_guid_that_is_an_address_is_the_address():
    fields = only(
        news_item().replace("urn:newsml:gulfwire.example:17", "https://gulfwire.example/17")
    )
    assert fields["url"] == "https://gulfwire.example/17"


def test_items_before_the_break_of_a_message_are_read():
    broken = message(news_item(), news_item())[:-80].encode()
    found = []
    with pytest.raises(RefusedError) as error:
        for record in newsml.read(io.BytesIO(broken)):
            found.append(record.number)
    assert (found, error.value.code) == ([1], Reason.INVALID_XML)


def test_an_external_entity_is_not_fetched():
    bomb = "<!DOCTYPE nitf [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + nitf("<p>&x;</p>")
    with pytest.raises(RefusedError) as error:
        records(bomb)
    assert error.value.code == Reason.INVALID_XML


@pytest.mark.parametrize("content", ["<rss/>", "<html><p>newsItem</p></html>", "newsItem", ""])
def test_what_is_no_news_item_is_left_to_others(content):
    assert not newsml.accepts(content.encode(), DumpSettings())
