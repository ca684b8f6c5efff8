"""A benchmark needs something to measure."""

import pytest

from communique import bench
from communique.errors import WrongCallError


@pytest.mark.parametrize(("mentions", "actors"), [(0, 10), (10, 0)])
def test_linking_nothing_is_a_wrong_call(house, mentions, actors):
    with pytest.raises(WrongCallError):
        bench.measure_linking(house.settings, mention_count=mentions, actor_count=actors)
