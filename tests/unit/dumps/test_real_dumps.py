from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import pytest

from communique.dumps import label_blocks, list_files, read_file
from communique.settings import CHECKOUT

DUMPS = CHECKOUT.parent / "shared" / "dumps"
NIGHT = date(2026, 3, 8)

pytestmark = pytest.mark.skipif(not DUMPS.is_dir(), reason="needs the real dumps")


@dataclass(frozen=True)
class Measured:
    """What a shape gave when it was last looked at; shares are the least that is accepted."""

    articles: int
    rejected: dict[str, int] = field(default_factory=dict)
    title: float = 1
    outlet: float = 1
    day: float = 1
    languages: frozenset[str | None] = frozenset({"en"})


SHAPES = {
    "csv_russian_1tv": Measured(1086, languages=frozenset({"ru", None})),
    "csv_zelensky_speeches": Measured(546, title=0.98),
    "json_basil_quotes": Measured(30, {"no_text": 30}),
    "json_per_article_allsides": Measured(150),
    "json_sentence_stance_ukraine_bias": Measured(
        90, {"not_an_article": 1}, title=0, outlet=0, day=0
    ),
    "feeds_sitemaps": Measured(
        30,
        {"not_an_article": 5, "no_text": 1},
        title=0.9,
        outlet=0.9,
        day=0.9,
        languages=frozenset({"en", None}),
    ),
    "html_gz_with_expected_json_fundus": Measured(
        60, outlet=0.5, day=0.95, languages=frozenset({"en", "de", "ru"})
    ),
    "jsonl_gz_rss_fulltext": Measured(758, {"no_text": 1}, languages=frozenset({"en", "de"})),
    "newsplease_json_5w1h_gold": Measured(100),
    "sgml_reuters21578": Measured(463, {"no_text": 115}, title=0.99),
    "txt_day_folders_reuters": Measured(179),
    "txt_gdelt_ukraine": Measured(112, title=0.05, outlet=0),
    "txt_meta_in_filename_au_releases_refugees": Measured(112, title=0.38, outlet=0),
    "warc": Measured(
        29,
        {"no_text": 32, "empty_file": 2, "unsupported_format": 2, "damaged_archive": 1},
        day=0,
        languages=frozenset({"ja", "zh", "ru", "nl"}),
    ),
    "webzio_json": Measured(25, languages=frozenset({"pt"})),
}


@cache
def read_shape(shape):
    folder = DUMPS / shape
    return [read_file(folder, name, dump_date=NIGHT) for name in list_files(folder)]


def reasons(deliveries):
    return Counter(record.reason_code for delivery in deliveries for record in delivery.rejected)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_real_dump_is_read_as_measured(shape):
    measured, deliveries = SHAPES[shape], read_shape(shape)
    articles = [article for delivery in deliveries for article in delivery.articles]
    assert len(articles) == measured.articles
    assert reasons(deliveries) == measured.rejected
    assert sum(delivery.records_read for delivery in deliveries) == (
        measured.articles + sum(measured.rejected.values())
    )
    least = measured.articles
    assert sum(bool(article.title) for article in articles) >= measured.title * least
    assert (
        sum(bool(article.outlet_name or article.outlet_domain) for article in articles)
        >= measured.outlet * least
    )
    assert sum(article.published_at is not None for article in articles) >= measured.day * least
    assert {article.language_code for article in articles} <= measured.languages


@pytest.mark.parametrize("shape", SHAPES)
def test_the_text_of_a_real_article_is_mostly_body(shape):
    lengths = Counter()
    for delivery in read_shape(shape):
        for article in delivery.articles:
            for block in label_blocks(article):
                lengths[block.block_type] += block.char_end - block.char_start
    assert lengths["body"] >= 0.97 * lengths.total()


def test_the_same_speech_in_two_real_files_is_the_same_article():
    one, other = (
        {(article.article_id, article.content_hash, article.published_at) for article in articles}
        for articles in (delivery.articles for delivery in read_shape("csv_zelensky_speeches"))
    )
    assert one == other
