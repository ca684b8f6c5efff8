"""JSON documents: one article, a list of articles, or an object that holds such a list."""

import json
import re
from collections.abc import Iterator

from communique.dumps.delivery import RawRecord
from communique.dumps.fields import holds_text
from communique.dumps.refusals import Reason, RefusedError

NAME = "json"

_CONTAINERS = ("articles", "items", "posts", "results")
_START = re.compile(
    rb"[\xef\xbb\xbf\s]*(?:\{|\[\s*(?:[{\[\"\]]|(?:-?[\d.]+|null|true|false)\s*[,\]]|$))"
)


def accepts(content: bytes) -> bool:
    """Tell whether the file starts like JSON, and not like a text with a bracket."""
    return bool(_START.match(content))


def read(content: bytes) -> Iterator[RawRecord]:
    """Read the article or the articles of the document."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RefusedError(
            Reason.INVALID_ENCODING, "The file is not UTF-8: deliver it in UTF-8."
        ) from None
    except (ValueError, RecursionError) as error:
        raise RefusedError(
            Reason.INVALID_JSON, f"The file is no JSON ({error}): deliver it again."
        ) from None
    for number, value in enumerate(_articles_of(document), start=1):
        shown = json.dumps(value, ensure_ascii=False, default=str)[:400]
        yield as_record(value, number, byte_offset=None, source_text=shown)


def as_record(
    value: object, number: int, *, byte_offset: int | None, source_text: str
) -> RawRecord:
    """Take a JSON value as the fields of an article; only objects have fields."""
    if isinstance(value, dict):
        return RawRecord(
            number=number, byte_offset=byte_offset, fields=value, source_text=source_text
        )
    refusal = RefusedError(
        Reason.NOT_AN_ARTICLE,
        f"The record is a {type(value).__name__} and not an object with fields: "
        "deliver one object per article.",
    )
    return RawRecord(
        number=number, byte_offset=byte_offset, refusal=refusal, source_text=source_text
    )


def _articles_of(document: object) -> list:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and not holds_text(document):
        for name in _CONTAINERS:
            if isinstance(document.get(name), list):
                return document[name]
    return [document]
