"""What a page of the docs says: its blocks of commands, of SQL, and of what is printed."""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Block:
    """A fenced block: its language and its text; `shown` is the block of output that follows it."""

    language: str
    text: str
    shown: str | None


def blocks_of(page: Path, language: str) -> list[Block]:
    """Read the blocks of one language, in their order."""
    found = re.findall(
        r"^```(\w+)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    after = [*found, ("", "")][1:]
    return [
        Block(kind, text, next_text if next_kind == "text" else None)
        for (kind, text), (next_kind, next_text) in zip(found, after, strict=True)
        if kind == language
    ]


def words_of(text: str) -> list[str]:
    """Give the words of a table or text, wherever its lines are broken and columns are drawn."""
    return [word for word in text.split() if word.strip("─")]


def commands_of(page: Path) -> list[str]:
    """List the calls of the command line in a page, without their comments."""
    return [
        found
        for block in blocks_of(page, "sh")
        for found in re.findall(
            r"^(?:\.venv/bin/)?communique (.+?)(?:\s+#.*)?$", block.text, re.MULTILINE
        )
    ]
