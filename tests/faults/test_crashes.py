"""A night is killed where it hurts, again and again, and the next run finishes it.

`make crash-test` kills at random points; these are the narrow ones.
"""

from dataclasses import replace

from crashes import (
    NIGHT,
    Expected,
    Point,
    Way,
    copy_of,
    deliver,
    facts,
    newest_hash,
    open_nursery,
    trial,
)
from house import House

POINTS = [
    Point("land_dumps", renames=f"lake/landed/{NIGHT}.json"),
    Point("load_warehouse", statement=30),
    Point("transform_models", seconds_of_dbt=9, alone=True),
    Point("publish_warehouse", renames="/warehouse.duckdb"),
]


def test_a_night_that_is_killed_at_its_narrow_points_is_finished_by_the_next_run(copy, tmp_path):
    dumps = tmp_path / "dumps"
    deliver(dumps, NIGHT)
    before = House(replace(copy.settings, dumps=dumps))
    yesterday = newest_hash(before)
    untouched = copy_of(before, tmp_path / "untouched")
    assert untouched.call("run", NIGHT).returncode == 0
    expected = Expected(facts(untouched), yesterday, ways=())

    with open_nursery() as nursery:
        way = Way(2, seconds={}, steps={})
        outcome = trial(nursery, before, expected, way, POINTS, tmp_path / "trial")

    assert outcome["wrong"] == []
    assert expected.facts["marts_hash"] != yesterday
