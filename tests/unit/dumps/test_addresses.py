import json

import pytest

from communique.dumps.urls import canonicalise, domain_of


@pytest.mark.parametrize(
    "url",
    ["https://example.com/ice?id=7", "http://www.example.com/ice?id=7", "HTTP://Example.COM/ice?id=7",
     "https://example.com:443/ice/?id=7#comments", " https://example.com/ice?id=7&utm_source=x ",
     "https://example.com/ice?fbclid=1&id=7&at_medium=RSS"],
)  # fmt: skip
def test_the_same_article_has_one_address(url):
    assert canonicalise(url) == "https://example.com/ice?id=7"


@pytest.mark.parametrize(
    ("one", "other"),
    [("https://example.com/a", "https://example.com/b"),
     ("https://example.com/a?id=1", "https://example.com/a?id=2"),
     ("https://example.com/a", "https://m.example.com/a"),
     ("https://example.com:8080/a", "https://example.com/a"),
     ("https://example.com/A", "https://example.com/a")],
)  # fmt: skip
def test_different_articles_have_different_addresses(one, other):
    assert canonicalise(one) != canonicalise(other)


@pytest.mark.parametrize(
    "url",
    [None, "", "tag:example.com,2026:7", "ftp://example.com/a", "javascript:alert(1)", "ice",
     "https://", "https://localhost/a", "http://[::1", "https://example.com:port/a",
     "https://example.com/" + "a" * 3000],
)  # fmt: skip
def test_what_is_no_web_address_is_none(url):
    assert canonicalise(url) is None
    assert domain_of(url) is None


def test_the_front_page_of_an_outlet_names_no_article(article):
    one = article(url="https://www.example.com/", text="The ice is gone.")
    other = article(url="https://www.example.com/", text="The fog is back.")
    assert one.canonical_url is None
    assert one.outlet_domain == "example.com"
    assert one.article_id != other.article_id


def test_the_outlet_domain_may_be_delivered_as_host_or_address(article):
    for delivered in ("example.com", "www.example.com", "https://www.example.com/"):
        assert article(source_domain=delivered).outlet_domain == "example.com"
    assert article(source_domain="Example Times").outlet_domain is None


def test_a_canonical_address_stays_as_it_is():
    url = canonicalise("http://www.example.com/l%C3%B6d/?q=%D0%96&a=&utm_medium=x")
    assert canonicalise(url) == url


@pytest.mark.parametrize("credentials", ["aino@", "aino:ice@", "aino:p@ss@", ":ice@"])
def test_a_password_in_an_address_is_stored_nowhere(article, credentials):
    stored = article(url=f"https://{credentials}www.example.com/ice?mail=a@b.example")
    assert stored.url == "https://www.example.com/ice?mail=a@b.example"
    assert stored.canonical_url == "https://example.com/ice?mail=a%40b.example"
    assert stored.outlet_domain == "example.com"
    assert article(url=f"ftp://{credentials}example.com/ice").extra == (
        '{"delivered_url": "ftp://example.com/ice"}'
    )


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,Ice", "JavaScript://example.com/%0aalert(1)",
     "mailto:aino@example.com", "urn:newsml:example.com:7", "/news/ice"],
)  # fmt: skip
def test_what_is_no_web_address_is_only_kept_beside_the_article(article, url):
    stored = article(url=url)
    assert (stored.url, stored.canonical_url, stored.outlet_domain) == (None, None, None)
    assert json.loads(stored.extra) == {"delivered_url": url}


def test_of_a_long_address_that_is_none_the_start_is_kept_beside_all_else(article):
    extra = json.loads(article(url="data:image/png;base64," + "A" * 200_000, bias=1).extra)
    assert extra["bias"] == 1
    assert extra["delivered_url"].startswith("data:image/png;base64,AAA")
    assert len(extra["delivered_url"]) < 3000
