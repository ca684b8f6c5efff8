"""How sure a position is by what speaks for it."""

from dataclasses import replace

import pytest

from communique.positions.confidence import CLAIMED, Showing, load_confidence
from communique.positions.model.network import SHIPPED

NAMED = Showing(
    screen_chance=0.9,
    nearness=0.4,
    held_chance=0.05,
    claim_confidence=0.85,
    is_outright=False,
    is_speaker=False,
    is_narrated=False,
    is_body=False,
    passages_about=1,
    times_shown=1,
)


@pytest.mark.parametrize(
    ("is_outright", "held_chance", "counts"),
    [(True, 0.05, True), (False, 0.5, True), (False, 0.05, False)],
)
def test_what_the_wording_names_counts_where_it_is_claimed_outright_or_found_likely_too(
    is_outright, held_chance, counts
):
    showing = replace(NAMED, is_outright=is_outright, held_chance=held_chance)

    assert (load_confidence(SHIPPED)(showing) >= CLAIMED) == counts


def test_what_no_wording_claims_is_as_sure_as_the_network():
    unclaimed = replace(NAMED, claim_confidence=0.0)

    assert unclaimed.least == 0
    assert load_confidence(SHIPPED)(unclaimed) < load_confidence(SHIPPED)(
        replace(unclaimed, held_chance=0.9)
    )
