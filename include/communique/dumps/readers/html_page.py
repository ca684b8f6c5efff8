"""HTML pages: one article a page, found among all else that stands on it."""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from communique.dumps.delivery import RawRecord
from communique.dumps.dump_settings import DumpSettings
from communique.dumps.pages import read_page
from communique.dumps.readers.json_document import read_whole

NAME = "html"

# Possessive, for a file may start with any number of comments.
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?xml[^>]{0,1000}\?>)*+"
    rb"<(?:!doctype\s+html\b|(?:html|head|body)[\s>])",
    re.I | re.S,
)


def accepts(head: bytes, settings: DumpSettings) -> bool:
    """Tell whether the file starts like a page, and not like other XML."""
    return bool(_START.match(head))


def read(stream: BinaryIO) -> Iterator[RawRecord]:
    """Read the page as one article, with what it says about itself."""
    content = read_whole(stream, "one file a page")
    shown = content[:400].decode("utf-8", "replace")
    yield RawRecord(number=1, fields=partial(read_page, content), source_text=shown)
