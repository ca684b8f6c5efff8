"""What a stage tells the people and the scheduler that called it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Report:
    """The outcome of one stage of one night: counts by name, and lines that a person should see."""

    stage: str
    counts: Mapping[str, int]
    seconds: float
    notes: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        """Put the counts into one line: `land  83 files, 1 rejected (0.4 s)`."""
        counts = ", ".join(_counted(count, name) for name, count in self.counts.items())
        return f"{self.stage:<10} {counts} ({self.seconds:.1f} s)"


def _counted(count: int, name: str) -> str:
    noun, *rest = name.split(" ", 1)
    return " ".join([f"{count:,}", noun.removesuffix("s") if count == 1 else noun, *rest])
