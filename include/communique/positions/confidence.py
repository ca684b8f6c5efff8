"""How sure a stance is: the network's chances and the rules over the wording, calibrated."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from communique.extraction.model.confidence import log_odds, read_logistic

CLAIMED = 0.55
"""How sure at least it is what the wording claims, by what was right on annotated articles."""
AGREED = 0.4
"""How likely the network must find what the wording names, but does not claim outright."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What speaks for one position.

    `screen_chance` (0..1) is that anybody has a position on the proposition there, `held_chance`
    that the holder has this one; `nearness` is the cosine of the passage and the proposition.
    `claim_confidence` is that of the rule over the wording which reads it, 0 where none does, and
    `is_outright` tells that the words claim it and do not only name what it is about.
    `is_body` tells an organisation or a group from a person, a government or a party.
    `passages_about` counts the article's passages in which somebody seems to have a position on
    the proposition, `times_shown` those that show the same of the holder.
    """

    screen_chance: float
    nearness: float
    held_chance: float
    claim_confidence: float
    is_outright: bool
    is_speaker: bool
    is_narrated: bool
    is_body: bool
    passages_about: int
    times_shown: int

    def features(self) -> list[float]:
        """Give the numbers that are weighed, the constant first."""
        return [
            1.0,
            log_odds(self.screen_chance),
            self.nearness,
            log_odds(self.held_chance),
            self.claim_confidence,
            float(self.is_outright),
            float(self.is_speaker),
            float(self.is_narrated),
            float(self.is_body),
            math.log(1 + self.passages_about),
            math.log(self.times_shown),
        ]

    @property
    def least(self) -> float:
        """Say how sure it is by the wording alone, 0 where that does not count by itself."""
        counts = self.is_outright or (self.claim_confidence and self.held_chance >= AGREED)
        return CLAIMED if counts else 0.0


ConfidenceOf = Callable[[Showing], float]


def load_confidence(folder: Path) -> ConfidenceOf:
    """Read the weights that training fitted (`confidence.json`).

    What it gives is the chance (0..1, two places) that the article shows the holder's position
    so, as measured on articles that were not trained on.
    """
    chance = read_logistic(folder / "confidence.json")
    return lambda showing: max(showing.least, chance(showing.features()))
