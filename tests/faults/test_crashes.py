"""A night is killed where it hurts, again and again, and the next run finishes it.

`make crash-test` kills at random points; these are the narrow ones.
"""

from dataclasses import replace

from crashes import NIGHT, Point, deliver, facts, kill, leftovers, newest_hash, stage_of, start
from crashes import copy_of as copy_house
from house import House

IN_THE_LOAD = Point(statement=30)
BETWEEN_TWO_RENAMES = Point(renames=f"lake/landed/{NIGHT}")
IN_DBT = Point(seconds_of_dbt=9)
BEFORE_THE_SWAP = Point(renames="/warehouse.duckdb")


def test_a_night_that_is_killed_at_its_narrow_points_is_finished_by_the_next_run(copy, tmp_path):
    dumps = tmp_path / "dumps"
    deliver(dumps, NIGHT)
    house = House(replace(copy.settings, dumps=dumps))
    untouched = copy_house(house, tmp_path / "untouched")
    yesterday = newest_hash(house)

    with start(untouched, Point()) as reference:
        for point, stage in (
            (IN_THE_LOAD, "load_warehouse"),
            (BETWEEN_TWO_RENAMES, "land_dumps"),
            (IN_DBT, "transform_models"),
            (BEFORE_THE_SWAP, "publish_warehouse"),
        ):
            assert kill(house, point), f"it was not killed at {point}"
            assert stage_of(house) == stage
            assert newest_hash(house) == yesterday
        run = house.call("run", NIGHT)
        assert reference.wait() == 0

    assert run.returncode == 0, run.stderr
    assert facts(house) == facts(untouched)
    assert facts(house)["marts_hash"] != yesterday
    assert leftovers(house) == []
