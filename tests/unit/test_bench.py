"""A benchmark needs something to measure."""

import pytest

from communique.bench import landing, linking
from communique.errors import WrongCallError
from communique.settings import Settings


@pytest.mark.parametrize(("mentions", "actors"), [(0, 10), (10, 0)])
def test_linking_nothing_is_a_wrong_call(house, mentions, actors):
    with pytest.raises(WrongCallError):
        linking.measure_linking(house.settings, mention_count=mentions, actor_count=actors)


@pytest.mark.parametrize("size", [{}, {"article_count": 0}, {"megabytes": 0}])
def test_landing_nothing_is_a_wrong_call(house, size):
    with pytest.raises(WrongCallError):
        landing.measure_landing(house.settings, **size)


def test_landing_is_timed_with_its_size_and_memory():
    measured = landing.measure_landing(Settings.from_environment({}), megabytes=1)

    assert 1 <= measured.megabytes < 1.1
    assert measured.article_count > 100
    assert measured.cpu_seconds is None or 0 < measured.cpu_seconds < 600
    assert measured.peak_memory_mb is None or 50 < measured.peak_memory_mb < 1024
