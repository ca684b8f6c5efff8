"""Invented articles to measure with: as long as those of newspapers, of the sample's sentences."""

import json
import random
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from communique import dumps
from communique.errors import WrongCallError
from communique.settings import Settings

NIGHT = date(2026, 3, 9)
_WORDS = 600
"""Words of an article, which is about what those of newspapers have."""
_OUTLETS = 40
_FIELDS = {
    "authors": ["Aino Kallela"],
    "language": "en",
    "image_url": "https://bench.example/1.jpg",
}


@dataclass(frozen=True, kw_only=True)
class Written:
    """How much was written; a megabyte is 2**20 bytes."""

    article_count: int
    word_count: int
    megabytes: float


def write_articles(
    settings: Settings, place: Settings, *, article_count: int | None, megabytes: int | None = None
) -> Written:
    """Write that many articles, or as many as fill a file of that size, as the dump of `NIGHT`.

    The sentences are those of the dumps of `settings`; the file lies in the dumps of `place`.
    """
    sentences = _sentences_of(settings.dumps)
    file = place.dump_folder(NIGHT) / "bench.jsonl"
    file.parent.mkdir(parents=True)
    limit = megabytes * 2**20 if megabytes else None
    articles = words = 0
    with file.open("w", encoding="utf-8") as written:
        while articles != article_count and not (limit and written.tell() >= limit):
            article = _article(articles, sentences)
            written.write(json.dumps(article, ensure_ascii=False) + "\n")
            words += len(article["maintext"].split())
            articles += 1
    return Written(article_count=articles, word_count=words, megabytes=file.stat().st_size / 2**20)


def _article(number: int, sentences: list[str]) -> dict[str, object]:
    chosen = random.Random(number)
    paragraphs: list[str] = []
    words = 0
    while words < _WORDS:
        paragraph = f"{chosen.choice(sentences)} It was number {chosen.randrange(10**6)}."
        paragraphs.append(paragraph)
        words += len(paragraph.split())
    outlet = number % _OUTLETS
    return {
        "url": f"https://outlet{outlet}.bench.example/2026/03/09/{number}?utm_source=bench",
        "source_name": f"Outlet {outlet}",
        "title": f"{chosen.choice(sentences)[:80]} ({number})",
        "description": chosen.choice(sentences),
        "maintext": "\n\n".join(paragraphs),
        "date_publish": f"2026-03-09 {number % 24:02}:{number % 60:02}:00",
        **_FIELDS,
    }


def _sentences_of(folder: Path) -> list[str]:
    """Take the sentences of the sample, of which articles are put together."""
    texts = [
        article.body_text
        for night in sorted(path for path in folder.iterdir() if path.is_dir())
        for name in dumps.list_files(night)
        for article in dumps.read_file(night, name, dump_date=NIGHT).articles
    ]
    sentences = [
        sentence
        for text in texts
        for sentence in re.split(r"(?<=[.!?”])\s+", text)
        if len(sentence) > 20
    ]
    if not sentences:
        raise WrongCallError(f"There are no articles in {folder} to take sentences from.")
    return sentences
