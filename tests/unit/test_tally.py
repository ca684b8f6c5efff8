"""What became of a night's dumps, for whoever delivered them."""

from datetime import date

import pytest

from communique import tally
from communique.errors import WrongCallError
from communique.stages import land

NIGHT = date(2026, 3, 8)


def test_a_night_that_is_not_landed_has_no_tally(house):
    with pytest.raises(WrongCallError, match="communique land 2026-03-08"):
        tally.of_night(house.settings, NIGHT)


def test_a_landed_night_is_counted_by_folder_and_format(house, deliver):
    one = '{"text": "The ice is gone.", "date": "2026-03-07"}'
    deliver(NIGHT, "tribune/a.jsonl", f"{one}\n{one}\nbroken\n" + '{"text": ""}\n')
    deliver(NIGHT, "tribune/b.jsonl", '{"text": "Fog."}\n{"text": "Rain."}\n')
    deliver(NIGHT, "note.txt", "The ferry sails.")

    land.do(house.settings, NIGHT)
    run = house.call("status", NIGHT)
    rows = [found.as_row() for found in tally.of_night(house.settings, NIGHT)]

    assert [row[:8] + row[9:] for row in rows] == [
        (".", "text", 1, 1, 1, 0, 0, 0, ""),
        ("tribune", "jsonl", 2, 6, 3, 2, 1, 1, "1 invalid_json, 1 no_text"),
    ]
    assert run.returncode == 0
    assert "1 invalid_json, 1 no_text" in run.stdout
