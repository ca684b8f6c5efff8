"""What became of a night's dumps, per folder and format, as it was landed."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from communique import lake
from communique.errors import WrongCallError
from communique.records import Article, Load, RejectedRecord
from communique.settings import Settings


@dataclass(slots=True)
class Tally:
    """The files of one format in one folder; `dates` counts articles with a publication time."""

    folder: str
    dump_format: str
    files: int = 0
    records_read: int = 0
    loaded: int = 0
    rejected: int = 0
    duplicate: int = 0
    dates: int = 0
    seconds: float = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def as_row(self) -> tuple[str | int | float, ...]:
        """Give the values in their order, the reasons of refusals as one text."""
        reasons = ", ".join(f"{count} {code}" for code, count in self.reasons.most_common())
        return (
            self.folder, self.dump_format, self.files, self.records_read, self.loaded,
            self.rejected, self.duplicate, self.dates, self.seconds, reasons,
        )  # fmt: skip


COLUMNS = (
    "folder", "format", "files", "read", "loaded", "rejected", "duplicate", "dates", "seconds",
    "reasons",
)  # fmt: skip


def of_night(settings: Settings, dump_date: date) -> list[Tally]:
    """Count by folder (the first of a file's path) and format, in their order.

    Raises WrongCallError when nothing is landed for that date.
    """
    landed = lake.find(settings.lake, "landed", dump_date)
    if landed is None:
        raise WrongCallError(
            f"Nothing is landed for {dump_date}: run `communique land {dump_date}`."
        )
    dated: Counter[str] = Counter()
    for batch in lake.read_batches(landed, "articles", Article, ["dump_file", "published_at"]):
        dated.update(row["dump_file"] for row in batch.to_pylist() if row["published_at"])
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for refused in lake.read_records(landed, "rejected_records", RejectedRecord):
        reasons[refused.dump_file][refused.reason_code] += 1
    tallies: dict[tuple[str, str], Tally] = {}
    for load in lake.read_records(landed, "loads", Load):
        folder = load.dump_file.partition("/")[0] if "/" in load.dump_file else "."
        key = (folder, load.dump_format)
        tally = tallies.setdefault(key, Tally(*key))
        tally.files += 1
        tally.records_read += load.records_read
        tally.loaded += load.records_loaded
        tally.rejected += load.records_rejected
        tally.duplicate += load.records_duplicate
        tally.dates += dated[load.dump_file]
        tally.seconds += load.seconds
        tally.reasons += reasons[load.dump_file]
    return [tallies[key] for key in sorted(tallies)]
