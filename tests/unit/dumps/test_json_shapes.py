import json
from datetime import datetime

import pytest

from communique.dumps import Reason

TEXT = "The ice is gone.\n\nFerries sail."
FUNDUS = {
    "title": "Ice leaves the gulf", "authors": ["Aino Kallas", "Per Holm"],
    "publishing_date": "2026-03-03 12:00:00+02:00", "topics": ["ice"],
    "body": {
        "summary": ["Early.", "Very early."],
        "sections": [
            {"headline": [], "paragraphs": ["The ice is gone.", "Ferries sail."]},
            {"headline": ["What comes next"], "paragraphs": ["Summer."]},
        ],
    },
}  # fmt: skip
NEWSAPI_AI = {
    "uri": "7354210", "lang": "eng", "isDuplicate": False, "date": "2026-03-04",
    "time": "08:00:00", "dateTime": "2026-03-04T08:00:00Z", "dateTimePub": "2026-03-03T10:00:00Z",
    "dataType": "news", "url": "https://www.example.com/ice", "title": "Ice leaves the gulf",
    "body": TEXT, "source": {"uri": "example.com", "dataType": "news", "title": "Example Times"},
    "authors": [{"uri": "aino@example.com", "name": "Aino Kallas", "type": "author"}],
}  # fmt: skip
NINJS_1 = {
    "uri": "https://www.example.com/ice", "type": "text", "versioncreated": "2026-03-03T10:00:00Z",
    "headline": "Ice leaves the gulf", "byline": "By Aino Kallas", "language": "en-GB",
    "description_text": "Early.", "body_html": "<p>Other</p>", "body_text": TEXT,
    "usageterms": "Not for archives", "located": "Tallinn",
    "infosource": [{"name": "Gulf News Agency"}],
}  # fmt: skip
NINJS_3 = {
    "uri": "urn:newsml:example.com:20260303:7", "type": "text",
    "firstCreated": "2026-03-03T08:00:00Z", "versionCreated": "2026-03-03T10:00:00Z",
    "headlines": [{"role": "social", "value": "Ice!"},
                  {"role": "main", "value": "Ice leaves the gulf"}],
    "descriptions": [{"role": "lead", "value": "Early."}],
    "bodies": [{"role": "nitf", "contentType": "text/vnd.IPTC.NITF", "value": "<nitf>Other</nitf>"},
               {"role": "html", "contentType": "text/html", "value": "<p>Other</p>"},
               {"role": "text", "contentType": "text/plain", "value": TEXT}],
    "by": "Aino Kallas", "language": "en", "infosources": [{"name": "Gulf News Agency"}],
}  # fmt: skip
SCHEMA_ORG = {
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ice leaves the gulf",
    "articleBody": TEXT, "description": "Early.", "datePublished": "2026-03-03T12:00:00+02:00",
    "author": {"@type": "Person", "name": "Aino Kallas"}, "inLanguage": "en",
    "publisher": {"@type": "NewsMediaOrganization", "name": "Example Times"},
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://www.example.com/ice"},
}  # fmt: skip
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "Example Times", "language": "en",
    "home_page_url": "https://www.example.com/", "authors": [{"name": "The desk"}],
    "items": [
        {"id": "7", "url": "https://www.example.com/ice", "title": "Ice leaves the gulf",
         "content_html": "<p>The ice is gone.</p>", "date_published": "2026-03-03T12:00:00+02:00",
         "authors": [{"name": "Aino Kallas"}, {"name": "Per Holm"}]},
        {"id": "8", "content_text": "The fog is back."},
    ],
}  # fmt: skip


@pytest.fixture
def read_json(read):
    return lambda document: read("a.json", json.dumps(document))


def test_the_sections_of_fundus_become_paragraphs_and_its_summary_the_standfirst(read_json):
    (article,) = read_json(FUNDUS).articles
    assert article.body_text == f"{TEXT}\n\nWhat comes next\n\nSummer."
    assert article.standfirst == "Early. Very early."
    assert (article.title, article.author) == ("Ice leaves the gulf", "Aino Kallas, Per Holm")
    assert article.published_at == datetime(2026, 3, 3, 10)
    assert json.loads(article.extra) == {"topics": ["ice"]}


def test_fundus_may_hold_versions_of_an_article_by_name(read_json):
    delivery = read_json({"V1": FUNDUS, "V1_1": FUNDUS | {"title": "Ice is back"}})
    assert [article.title for article in delivery.articles] == [
        "Ice leaves the gulf", "Ice is back"
    ]  # fmt: skip
    assert not delivery.rejected


def test_fundus_may_hold_lists_of_articles_by_publisher(read_json):
    delivery = read_json({"Example Times": [FUNDUS, FUNDUS], "Gulf Post": [FUNDUS]})
    assert [article.outlet_name for article in delivery.articles] == [
        "Example Times", "Example Times", "Gulf Post"
    ]  # fmt: skip


def test_an_answer_of_newsapi_org_is_refused_where_it_cuts_texts_off(read_json):
    article = {"source": {"id": None, "name": "Example Times"}, "author": None, "title": "Ice",
               "url": "https://example.com/ice", "publishedAt": "2026-03-03T10:00:00Z"}  # fmt: skip
    delivery = read_json(
        {"status": "ok", "totalResults": 2, "articles": [
            article | {"content": "The ice is gone."},
            article | {"content": "The ice is gone, said… [+123 chars]"},
        ]}
    )  # fmt: skip
    assert [article.outlet_name for article in delivery.articles] == ["Example Times"]
    assert [record.reason_code for record in delivery.rejected] == [Reason.TRUNCATED_TEXT]


def test_an_answer_of_newsapi_ai_is_read(read_json):
    (article,) = read_json({"articles": {"page": 1, "results": [NEWSAPI_AI]}}).articles
    assert (article.title, article.body_text) == ("Ice leaves the gulf", TEXT)
    assert (article.outlet_name, article.outlet_domain) == ("Example Times", "example.com")
    assert (article.author, article.language_code) == ("Aino Kallas", "en")
    assert article.published_at == datetime(2026, 3, 3, 10)


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ({"stories": [{"media_name": "Example Times", "media_url": "example.com", "title": "Ice",
                       "publish_date": "2026-03-03", "url": "https://example.com/ice"}] * 2}, 2),
        ({"articles": [{"url": "https://example.com/ice", "title": "Ice", "domain": "example.com",
                        "seendate": "20260303T101500Z", "language": "English"}]}, 1),
    ],
    ids=["Media Cloud", "GDELT"],
)  # fmt: skip
def test_a_list_of_articles_without_their_text_is_refused_as_one(read_json, document, count):
    delivery = read_json(document)
    assert not delivery.articles
    assert [record.reason_code for record in delivery.rejected] == [Reason.NO_TEXT] * count
    assert "a list of articles without their text" in delivery.rejected[0].reason


def test_a_list_to_which_somebody_added_the_texts_is_read(read_json):
    (article,) = read_json(
        {"articles": [{"url": "https://example.com/ice", "title": "Ice", "text": TEXT,
                       "seendate": "20260303T101500Z", "domain": "example.com"}]}
    ).articles  # fmt: skip
    assert article.published_at == datetime(2026, 3, 3, 10, 15)


def test_an_article_that_lost_its_text_is_no_entry_of_a_list(read_json):
    (record,) = read_json({"title": "Ice", "url": "https://example.com/ice", "text": None}).rejected
    assert "list" not in record.reason


@pytest.mark.parametrize(("item", "hour"), [(NINJS_1, 10), (NINJS_3, 8)], ids=["1.x", "3.x"])
def test_ninjs_is_read_in_both_generations_and_dated_by_its_first_version(read_json, item, hour):
    (article,) = read_json(item).articles
    assert (article.title, article.body_text) == ("Ice leaves the gulf", TEXT)
    assert (article.standfirst, article.author) == ("Early.", "Aino Kallas")
    assert (article.outlet_name, article.language_code) == ("Gulf News Agency", "en")
    assert article.published_at == datetime(2026, 3, 3, hour)


def test_ninjs_keeps_what_may_be_done_with_the_text(read_json):
    extra = json.loads(read_json(NINJS_1).articles[0].extra)
    assert (extra["usageterms"], extra["located"]) == ("Not for archives", "Tallinn")


def test_the_bodies_of_ninjs_are_not_kept_beside_the_text(read_json):
    assert "nitf" not in read_json(NINJS_3).articles[0].extra


def test_the_main_body_of_ninjs_counts_before_a_plainer_one(read_json):
    bodies = [
        {"role": "short", "contenttype": "text/plain", "value": "Ice."},
        {"role": "main", "contenttype": "text/html", "value": "<p>It is gone.</p>"},
    ]
    (article,) = read_json(NINJS_3 | {"bodies": bodies}).articles
    assert article.body_text.strip() == "It is gone."


def test_an_item_of_a_json_feed_takes_what_it_lacks_from_the_feed(read_json):
    full, bare = read_json(JSON_FEED).articles
    assert (full.outlet_name, full.outlet_domain) == ("Example Times", "example.com")
    assert (full.author, full.body_text.strip()) == ("Aino Kallas, Per Holm", "The ice is gone.")
    assert full.published_at == datetime(2026, 3, 3, 10)
    assert (bare.outlet_name, bare.author, bare.language_code) == (
        "Example Times", "The desk", "en"
    )  # fmt: skip


def test_a_post_of_webz_io_keeps_how_it_was_syndicated(read_json):
    (article,) = read_json(
        {"posts": [{"uuid": "7", "url": "https://example.com/ice", "title": "Ice", "text": TEXT,
                    "thread": {"site": "example.com", "country": "EE"}, "language": "english",
                    "syndication": {"syndicated": True, "syndicate_id": "9",
                                    "first_syndicated": False}}]}
    ).articles  # fmt: skip
    extra = json.loads(article.extra)
    assert extra["syndication"] == {
        "syndicated": True, "syndicate_id": "9", "first_syndicated": False
    }  # fmt: skip
    assert extra["thread"]["country"] == "EE"


def test_an_article_of_schema_org_is_read(read_json):
    (article,) = read_json(SCHEMA_ORG).articles
    assert (article.title, article.body_text) == ("Ice leaves the gulf", TEXT)
    assert (article.author, article.outlet_name) == ("Aino Kallas", "Example Times")
    assert article.canonical_url == "https://example.com/ice"
    assert (article.standfirst, article.language_code) == ("Early.", "en")
    assert article.published_at == datetime(2026, 3, 3, 10)


def test_several_authors_of_schema_org_are_named_one_after_the_other(read_json):
    authors = [{"@type": "Person", "name": "Aino Kallas"}, "Per Holm"]
    assert read_json(SCHEMA_ORG | {"author": authors}).articles[0].author == "Aino Kallas, Per Holm"


def test_of_a_graph_of_schema_org_only_the_articles_are_read(read_json):
    graph = [{"@type": "WebPage", "name": "Example Times"}, SCHEMA_ORG,
             {"@type": ["Article", "Thing"], "articleBody": "The fog is back."},
             {"@type": "Person", "name": "Aino Kallas"}]  # fmt: skip
    delivery = read_json({"@context": "https://schema.org", "@graph": graph})
    assert [article.body_text for article in delivery.articles] == [TEXT, "The fog is back."]
    assert not delivery.rejected
