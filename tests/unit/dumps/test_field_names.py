import json
from datetime import datetime

import pytest

SHAPES = {
    "news-please": {
        "maintext": "The ice is gone.", "title": "Ice", "source_domain": "www.example.com",
        "url": "https://www.example.com/ice", "date_publish": "2026-03-03 10:00:00",
        "authors": ["Aino Kallas", "Per Holm"], "description": "Early.", "language": "en",
    },
    "webz.io": {
        "text": "The ice is gone.", "title": "Ice", "url": "https://www.example.com/ice",
        "thread": {"site": "example.com", "site_full": "www.example.com", "title": "Other"},
        "published": "2026-03-03T13:00:00.000+03:00", "author": "Aino Kallas, Per Holm",
        "summary": "Early.", "language": "english",
    },
    "NewsAPI": {
        "content": "The ice is gone.", "title": "Ice", "url": "https://www.example.com/ice",
        "source": {"id": None, "name": "Example Times"}, "publishedAt": "2026-03-03T10:00:00Z",
        "author": "Aino Kallas, Per Holm", "description": "Early.", "language": "en",
    },
    "RSS with full text": {
        "text": "The ice is gone.", "title": "Ice", "link": "https://www.example.com/ice",
        "source": "Example Times", "published": "Tue, 03 Mar 2026 10:00:00 GMT",
        "author": "Aino Kallas, Per Holm", "summary": "Early.", "lang": "en",
    },
    "AllSides": {
        "content": "The ice is gone .", "content_original": "The ice is gone.", "title": "Ice",
        "url": "https://www.example.com/ice", "source": "Example Times", "bias": 1,
        "date": "2026-03-03 10:00", "authors": "Aino Kallas, Per Holm", "summary": "Early.",
        "language": "en",
    },
    "JSON Feed": {
        "content_html": "<p>The ice is gone.</p>", "title": "Ice", "summary": "Early.",
        "url": "https://www.example.com/ice", "date_published": "2026-03-03T11:00:00+01:00",
        "authors": [{"name": "Aino Kallas"}, {"name": "Per Holm"}], "language": "en",
    },
    "capital names": {
        "Article": "The ice is gone.", "Headline": "Ice", "URL": "https://www.example.com/ice",
        "Publication": "Example Times", "Date": "2026-03-03 10:00",
        "Author": "Aino Kallas, Per Holm", "Summary": "Early.", "Language": "English",
    },
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_the_fields_of_each_known_service_fill_the_same_columns(read, shape):
    article = read("a.json", json.dumps(SHAPES[shape])).articles[0]
    assert article.body_text.strip() == "The ice is gone."
    assert (article.title, article.standfirst) == ("Ice", "Early.")
    assert article.author == "Aino Kallas, Per Holm"
    assert article.canonical_url == "https://example.com/ice"
    assert article.outlet_domain == "example.com"
    assert article.published_at == datetime(2026, 3, 3, 10)
    assert article.language_code == "en"


@pytest.mark.parametrize(
    ("shape", "outlet_name"),
    [("webz.io", "example.com"), ("NewsAPI", "Example Times"), ("AllSides", "Example Times"),
     ("RSS with full text", "Example Times"), ("news-please", None)],
)  # fmt: skip
def test_the_outlet_is_named_as_delivered(read, shape, outlet_name):
    assert read("a.json", json.dumps(SHAPES[shape])).articles[0].outlet_name == outlet_name


def test_a_field_that_no_column_holds_is_kept(article):
    extra = json.loads(article(bias=1, tags=["ice", "Häfen"], thread={"site": "x.com"}).extra)
    assert extra == {"bias": 1, "tags": ["ice", "Häfen"], "thread": {"site": "x.com"}}


def test_a_field_that_fills_a_column_is_not_kept_twice(article):
    assert article(title="Ice", url="https://example.com/ice").extra is None


def test_the_second_name_is_taken_when_the_first_is_empty(article):
    assert article(title=" ", headline="Ice").title == "Ice"


def test_an_object_may_be_spread_over_columns(read):
    delivery = read("a.csv", "text,source.name,Thread.Site_Full\nGone.,Example Times,example.com\n")
    article = delivery.articles[0]
    assert (article.outlet_name, article.outlet_domain) == ("Example Times", "example.com")


def test_paragraphs_stay_apart_and_sentences_come_together(article):
    assert article(text=["Gone.", "Really."]).body_text == "Gone.\n\nReally."
    assert article(text=[["Gone.", "Really."], ["New."]]).body_text == "Gone. Really.\n\nNew."
    sentences = [{"id": 1, "content": "Gone."}, {"id": 2, "content": "Really."}]
    assert article(text=None, sentences=sentences).body_text == "Gone. Really."


@pytest.mark.parametrize(
    ("delivered", "author"),
    [("By Aino Kallas", "Aino Kallas"), ("desk@example.com (Aino Kallas)", "Aino Kallas"),
     ("Byron Holm", "Byron Holm"), ("  ", None), ({"name": "Aino Kallas"}, "Aino Kallas")],
)  # fmt: skip
def test_an_author_is_only_the_name(article, delivered, author):
    assert article(author=delivered).author == author


def test_an_unknown_is_none_and_never_an_empty_text(article):
    empty = article(title="", url=" ", author=[], language=None, summary="\u200b")
    assert {empty.title, empty.url, empty.author, empty.standfirst, empty.outlet_name} == {None}


@pytest.mark.parametrize("nothing", ["None", "null", "NaN", "NaT", "undefined", float("nan")])
def test_what_a_program_writes_for_nothing_is_nothing(article, nothing):
    empty = article(title=nothing, author=nothing, date=nothing, pubDate="2026-03-03")
    assert (empty.title, empty.author) == (None, None)
    assert empty.published_precision == "day"
