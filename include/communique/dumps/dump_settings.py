"""`dump.yaml`: what a dump does not say itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path, PurePosixPath
from string import Formatter

import yaml

from communique.dumps.refusals import Reason, RefusedError

FILE_NAME = "dump.yaml"
_COLUMNS = (
    "text", "title", "url", "outlet_name", "outlet_domain", "published", "standfirst", "author",
    "language", "record_id",
)  # fmt: skip
_KEYS = ("defaults", "columns", "file_name", "day_first")

_IN_FILE_NAMES = tuple(column for column in _COLUMNS if column not in ("text", "url", "record_id"))
_FREE = ("id", "words")
_SHAPES = {
    "published": r"\d{4}-?\d{2}-?\d{2}(?:T\d{6}Z)?",
    "language": r"[A-Za-z]{2,3}",
    "id": r"[^\W_]++",
}
_ENDING = r"(?:\.\w{1,8})?(?:\.(?:gz|bz2|xz|zst))?"
_LONGEST_NAME = 255
_MAX_OPEN = 3
"""Parts of a file name that may be any words: with more of them, looking for them takes long."""


@dataclass(frozen=True, slots=True)
class DumpSettings:
    """What a `dump.yaml` says of the files beside and below it.

    `defaults` fill columns that a record leaves empty; `columns` name the delivered fields.

    `file_name` is the pattern of the files' names, such as "{published}-{author}-{id}", and fills
    columns that a record leaves empty, before `defaults` do. In braces stand columns (all but text,
    url and record_id), or `id` for letters and digits and `words` for anything, which fill nothing;
    what is between them stands for itself, and a usual ending may follow. Hyphens and underscores
    are read as spaces, and names get capitals: laura-jayes is Laura Jayes. The name of a file that
    has another form fills nothing.

    `day_first` tells what dates such as 3/4/2026 mean.
    """

    defaults: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    file_name: re.Pattern[str] | None = None
    day_first: bool | None = None

    def read_file_name(self, name: str) -> dict[str, str]:
        """Read the columns that the name of a file fills."""
        last = PurePosixPath(name).name
        if not self.file_name or len(last) > _LONGEST_NAME:
            return {}
        found = self.file_name.fullmatch(last)
        return {
            column: _in_words(column, value)
            for column, value in (found.groupdict() if found else {}).items()
        }


def find(folder: Path, name: str) -> DumpSettings:
    """Read the nearest `dump.yaml` from a file's folder up to the dump folder.

    Raises RefusedError for one that cannot be understood.
    """
    for parent in (folder / name).parents:
        candidate = parent / FILE_NAME
        if candidate.is_file():
            if not candidate.resolve().is_relative_to(folder.resolve()):
                raise _refusal(candidate, "it is a link that leads out of the dump folder")
            return _read(candidate, candidate.stat().st_mtime_ns)
        if parent == folder:
            break
    return DumpSettings()


@cache
def _read(file: Path, _changed_at: int) -> DumpSettings:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        parts = {part: content.get(part) or {} for part in ("defaults", "columns")}
        unknown = [key for key in content if key not in _KEYS]
        columns = [column for part in parts.values() for column in part]
        values = {part: list(parts[part].values()) for part in parts}
        file_name, day_first = content.get("file_name"), content.get("day_first")
    except (OSError, yaml.YAMLError, AttributeError, ValueError, RecursionError) as error:
        why = "it is no YAML of the form `defaults: {column: value}`, with a file_name in quotes"
        raise _refusal(file, why) from error
    if unknown:
        raise _refusal(file, f"it has a key {unknown[0]!r}; it may have {', '.join(_KEYS)}")
    unknown = [column for column in columns if column not in _COLUMNS]
    if unknown:
        raise _refusal(file, f"it names {unknown[0]!r}; it may name {', '.join(_COLUMNS)}")
    if not all(isinstance(name, str) for name in values["columns"]):
        raise _refusal(file, "each of its columns must be the name of a delivered field")
    if not all(isinstance(value, str | date | datetime) for value in values["defaults"]):
        raise _refusal(file, "each of its defaults must be a text (put it in quotes) or a date")
    if not isinstance(day_first, bool | None):
        raise _refusal(file, "its day_first must be true or false")
    try:
        pattern = None if file_name is None else _compile(file_name)
    except (ValueError, TypeError) as error:
        raise _refusal(file, f"its file_name {error}") from error
    parts["defaults"] = {name: str(value) for name, value in parts["defaults"].items()}
    return DumpSettings(**parts, file_name=pattern, day_first=day_first)


def _compile(pattern: str) -> re.Pattern[str]:
    """Make a regular expression of a `file_name`; raises ValueError with what is wrong with it."""
    if not isinstance(pattern, str):
        raise ValueError("must be a text (put it in quotes)")
    if "/" in pattern:
        raise ValueError("must be that of a file alone, without its folders")
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError:
        raise ValueError("has a brace without its counterpart") from None
    regex, names = "", []
    for literal, name, form, conversion in pieces:
        regex += re.escape(literal)
        if name is None:
            continue
        if name not in (*_IN_FILE_NAMES, *_FREE) or form or conversion:
            may = ", ".join((*_IN_FILE_NAMES, *_FREE))
            raise ValueError(f"names {name!r}; it may name {may}")
        if name in names and name not in _FREE:
            raise ValueError(f"names {name!r} twice")
        if names and not literal:
            raise ValueError(f"needs a sign between {names[-1]!r} and {name!r}")
        names.append(name)
        shape = _SHAPES.get(name, ".+?")
        regex += f"({shape})" if name in _FREE else f"(?P<{name}>{shape})"
    if not set(names) - set(_FREE):
        raise ValueError("names no column")
    if sum(name not in _SHAPES for name in names) > _MAX_OPEN:
        raise ValueError(f"names more than {_MAX_OPEN} parts that may be any words")
    return re.compile(regex + _ENDING)


def _in_words(column: str, value: str) -> str:
    if column in _SHAPES or column == "outlet_domain":
        return value
    words = re.sub(r"[-_\s]+", " ", value).strip()
    if not words.islower():
        return words
    is_name = column in ("author", "outlet_name")
    return " ".join(map(str.capitalize, words.split())) if is_name else words.capitalize()


def _refusal(file: Path, why: str) -> RefusedError:
    return RefusedError(
        Reason.INVALID_DUMP_SETTINGS,
        f"The {FILE_NAME} in folder {file.parent.name!r} cannot be used: {why}; mend it and run "
        "the night again.",
    )
