"""What a judge learns again when it goes on from earlier weights."""

from collections import Counter

import pytest

pytestmark = pytest.mark.torch


def test_going_on_from_earlier_weights_real_news_is_learned_whole_and_the_rest_rehearsed():
    from communique.training.positions.material import Pair, rehearse

    pairs = [
        Pair("asked", "said", (0.0, 1.0, 0.0, 0.0), kind, "article", 1.0, False)
        for kind in ("annotated", "read", "written", "frame")
        for _ in range(1000)
    ]

    kept = Counter(pair.kind for pair in rehearse(pairs, seed=1))

    assert kept["annotated"] == kept["read"] == 1000
    assert 200 < kept["written"] < 400
    assert 100 < kept["frame"] < 200
    assert rehearse(pairs, seed=1) == rehearse(pairs, seed=1)
