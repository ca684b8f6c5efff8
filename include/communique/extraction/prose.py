"""What of an article is read: its prose, without furniture and notices about itself."""

import re
from collections.abc import Sequence

from communique.records import Block

_READ_BLOCKS = ("body", "standfirst", "caption")
_NOTICE = re.compile(
    r"\W*(?:correction|clarification|editor[’']?s note)\s*[:—–-]"
    r"|(?:this (?:article|story|report) (?:has been|was) (?:corrected|amended|updated)"
    r"|an? (?:earlier|previous) version of this)\b",
    re.I,
)
"""How a paragraph starts in which an outlet speaks of its own article, repeating what was wrong."""


def prose(text: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Give the stretches of an article that are read, in the order of its blocks."""
    return [
        (block.char_start, block.char_end)
        for block in blocks
        if block.block_type in _READ_BLOCKS
        and not _NOTICE.match(text, block.char_start, block.char_end)
    ]


def headlines(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Give the stretches of an article that are its headlines."""
    return [
        (block.char_start, block.char_end) for block in blocks if block.block_type == "headline"
    ]
