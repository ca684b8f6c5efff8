"""`dump.yaml`: what a dump does not say itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from communique.dumps.refusals import Reason, RefusedError

FILE_NAME = "dump.yaml"
_COLUMNS = (
    "text", "title", "url", "outlet_name", "outlet_domain", "published", "standfirst", "author",
    "language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DumpSettings:
    """`defaults` fill columns that a record leaves empty; `columns` name the delivered fields."""

    defaults: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


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
        unknown = [key for key in content if key not in parts]
        unknown += [column for part in parts.values() for column in part if column not in _COLUMNS]
        defaults = list(parts["defaults"].values())
        columns = list(parts["columns"].values())
    except (OSError, yaml.YAMLError, AttributeError, ValueError, RecursionError) as error:
        raise _refusal(file, "it is no YAML of the form `defaults: {column: value}`") from error
    if unknown:
        raise _refusal(file, f"it names {unknown[0]!r}; it may name {', '.join(_COLUMNS)}")
    if not all(isinstance(name, str) for name in columns):
        raise _refusal(file, "each of its columns must be the name of a delivered field")
    if not all(isinstance(value, str | date | datetime) for value in defaults):
        raise _refusal(file, "each of its defaults must be a text (put it in quotes) or a date")
    parts["defaults"] = {name: str(value) for name, value in parts["defaults"].items()}
    return DumpSettings(**parts)


def _refusal(file: Path, why: str) -> RefusedError:
    return RefusedError(
        Reason.INVALID_DUMP_SETTINGS,
        f"The {FILE_NAME} in folder {file.parent.name!r} cannot be used: {why}; mend it and run "
        "the night again.",
    )
