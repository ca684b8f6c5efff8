"""Where the shapes of the drawings lie. The templates write the SVG, so that names are escaped.

Widths and places along a line are percentages, so that a drawing fits a phone and a desk without
its letters growing or shrinking; heights are pixels.
"""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.evidence import Hop
from communique.morning.queries import OutletSources, Spell
from communique.tables import day_in_words

_ROW, _AXIS = 48, 26
_LEAST_WIDTH = 1.5
"""Percent: a day in ten years must still be seen."""

_LINE, _PADDING, _ARROW = 18, 9, 34
_LETTERS = 36
"""Letters in a line of a box: as many as a phone has room for."""

_SIGNS = {"support": "+", "neutral": "○", "oppose": "−"}


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One spell: `sign` tells the position where there is no room for the word, or no colour."""

    x: float
    width: float
    position: str
    sign: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """The spells of one holder, one after the other."""

    y: int
    holder_name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A day under the line of time."""

    x: float
    anchor: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Who stood where, when: a row a holder, over one line of time."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    height: int
    description: str


@dataclass(frozen=True, kw_only=True)
class Box:
    """One hop of a chain: its name in lines, and the words that lead from it to the next box."""

    y: int
    height: int
    lines: tuple[str, ...]
    is_named: bool
    arrow: str | None


@dataclass(frozen=True, kw_only=True)
class Chain:
    """How words reached the reader, the origin on top and the publisher at the bottom."""

    boxes: tuple[Box, ...]
    height: int
    description: str


@dataclass(frozen=True, kw_only=True)
class Share:
    """Statements of one outlet; widths are in percent of the outlet that has most."""

    outlet: OutletSources
    y: int
    named_width: float
    unnamed_width: float


@dataclass(frozen=True, kw_only=True)
class Shares:
    """A row an outlet."""

    rows: tuple[Share, ...]
    height: int


def draw_timeline(spells: Sequence[Spell], until: date) -> Timeline:
    """Draw spells, which come holder by holder; one that is open reaches to `until`."""
    start = min(spell.valid_from for spell in spells)
    days = (until - start).days + 1

    def place(day: date) -> float:
        return round(100 * (day - start).days / days, 2)

    by_holder: dict[str, list[Spell]] = {}
    for spell in spells:
        by_holder.setdefault(spell.holder_name, []).append(spell)
    rows = tuple(
        Row(
            y=number * _ROW,
            holder_name=holder_name,
            bars=tuple(_bar(spell, place, until) for spell in held),
        )
        for number, (holder_name, held) in enumerate(by_holder.items())
    )
    return Timeline(
        rows=rows,
        ticks=_ticks(start, until, days),
        height=len(rows) * _ROW + _AXIS,
        description="; ".join(
            f"{holder_name}: "
            + ", then ".join(
                f"{spell.position} from {day_in_words(spell.valid_from)}" for spell in held
            )
            for holder_name, held in by_holder.items()
        ),
    )


def _bar(spell: Spell, place: Callable[[date], float], until: date) -> Bar:
    last = min(spell.valid_to or until, until)
    x = place(spell.valid_from)
    width = max(place(last + timedelta(days=1)) - x, _LEAST_WIDTH)
    return Bar(
        x=min(x, 100 - width),
        width=width,
        position=spell.position,
        sign=_SIGNS[spell.position],
    )


def _ticks(start: date, until: date, days: int) -> tuple[Tick, ...]:
    ticks = [Tick(x=0, anchor="start", label=day_in_words(start))]
    if days > 2:
        middle = start + timedelta(days=days // 2)
        ticks.append(Tick(x=50, anchor="middle", label=day_in_words(middle)))
    if days > 1:
        ticks.append(Tick(x=100, anchor="end", label=day_in_words(until)))
    return tuple(ticks)


def draw_chain(chain: Sequence[Hop]) -> Chain:
    """Draw a chain of attribution, which comes with the publisher first."""
    boxes = []
    y = 0
    for hop in reversed(chain):
        lines = tuple(textwrap.wrap(hop.label, _LETTERS))
        height = len(lines) * _LINE + 2 * _PADDING
        is_publisher = len(boxes) == len(chain) - 1
        boxes.append(
            Box(
                y=y,
                height=height,
                lines=lines,
                is_named=hop.is_named,
                arrow=None if is_publisher else hop.cue or "",
            )
        )
        y += height + (0 if is_publisher else _ARROW)
    origin, *others = reversed(chain)
    return Chain(
        boxes=tuple(boxes),
        height=y,
        description=origin.label + "".join(f", reported by {hop.label}" for hop in others),
    )


def draw_shares(outlets: Sequence[OutletSources]) -> Shares:
    """Draw how much of each outlet rests on names."""
    most = max((one.named_count + one.unnamed_count for one in outlets), default=1)
    return Shares(
        rows=tuple(
            Share(
                outlet=one,
                y=number * _ROW,
                named_width=round(100 * one.named_count / most, 2),
                unnamed_width=round(100 * one.unnamed_count / most, 2),
            )
            for number, one in enumerate(outlets)
        ),
        height=len(outlets) * _ROW,
    )
