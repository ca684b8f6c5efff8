"""What nearly equal texts share: MinHash signatures of their words, cut into bands."""

import re
from collections.abc import Iterator

from rensa import RMinHash

from communique.records import Article, ArticleSignature

SHINGLE = 5
"""Words in a row that count as one; `int_article_copies__matched` verifies with the same."""
_BANDS, _ROWS = 16, 4
"""Two texts that share 0.7 of their shingles meet in a band with a chance of 0.99, two that share
0.3 with one of 0.12."""
_FEWEST = 20
"""Shingles: shorter texts are alike by chance."""
_SEED = 42
_WORD = re.compile(r"\w+")


def sign(article: Article) -> Iterator[ArticleSignature]:
    """Give the bands of an article's text; nothing for one that is too short to tell."""
    words = _WORD.findall(article.body_text.lower())
    shingles = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    if len(shingles) < _FEWEST:
        return
    signature = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    signature.update(list(shingles))
    hashes = signature.digest()
    for band in range(_BANDS):
        rows = hashes[band * _ROWS : (band + 1) * _ROWS]
        yield ArticleSignature(
            article_version_id=article.article_version_id,
            dump_date=article.dump_date,
            band_number=band,
            band_hash="".join(f"{row:08x}" for row in rows),
        )
