"""Nights again, late files, and readers in the middle of it all."""

import shutil
import threading
import time
from dataclasses import replace
from datetime import date, timedelta

import duckdb

from house import FIRST_NIGHT, LAST_NIGHT, SAMPLES, House

SECONDS_BETWEEN_READS = 0.05
"""A reader without any pause takes a core from the night that it waits for."""


def last_hashes(house, count):
    return house.ask(
        "select marts_hash from ops.publications order by published_at desc limit ?", count
    )


def places_of_rows(house, *marts):
    """Tell where each row of marts lies: one that is written anew lies elsewhere."""
    return {
        mart: house.ask(f"select rowid, one from marts.{mart} as one order by 1") for mart in marts
    }


def test_a_night_run_twice_equals_one_run_once_and_leaves_equal_rows_where_they_are(copy):
    marts = "statement_provenance", "stance_monthly", "actor_agreement_monthly", "interaction_log"
    places = places_of_rows(copy, *marts)

    for night in (LAST_NIGHT, FIRST_NIGHT):
        run = copy.call("run", night)
        assert run.returncode == 0, run.stderr

    again, once_more, before = last_hashes(copy, 3)
    assert again == once_more == before
    assert places_of_rows(copy, *marts) == places


def test_a_late_file_adds_its_articles_and_takes_none_away(copy, tmp_path):
    dumps = tmp_path / "late"
    shutil.copytree(SAMPLES / str(FIRST_NIGHT), dumps / str(FIRST_NIGHT))
    late = (
        '{"url": "https://tribune.example/late", "source": "Tribune", "date": "2026-03-02", '
        '"title": "Late", "text": "“We came late,” Finance Minister Ada Blix said on Monday."}\n'
    )
    (dumps / str(FIRST_NIGHT) / "late.jsonl").write_text(late)
    before = set(copy.ask("select article_id from marts.dim_articles"))

    run = House(replace(copy.settings, dumps=dumps)).call("run", FIRST_NIGHT)

    assert run.returncode == 0, run.stderr
    after = set(copy.ask("select article_id from marts.dim_articles"))
    assert before < after
    assert copy.ask(
        "select title from marts.dim_articles where canonical_url = 'https://tribune.example/late'"
    ) == [("Late",)]
    assert copy.ask("select count(*) from ops.loads where dump_file = 'late.jsonl'") == [(1,)]


def test_readers_see_the_whole_old_night_or_the_whole_new_one(copy, tmp_path):
    night = LAST_NIGHT + timedelta(days=1)
    folder = tmp_path / "next" / str(night)
    folder.mkdir(parents=True)
    (folder / "a.jsonl").write_text(
        '{"url": "https://tribune.example/next", "source": "Tribune", "date": "2026-03-09", '
        '"title": "Next", "text": "“We go on,” Finance Minister Ada Blix said on Monday."}\n'
    )
    seen, stop = [], threading.Event()

    def read_until_told():
        while not stop.is_set():
            with duckdb.connect(copy.settings.published_file, read_only=True) as connection:
                seen.append(
                    connection.execute(
                        "select statement_count, last_dump_date, "
                        "(select count(*) from marts.fct_statements) from ops.publications "
                        "order by published_at desc limit 1"
                    ).fetchone()
                )
            time.sleep(SECONDS_BETWEEN_READS)

    reader = threading.Thread(target=read_until_told)
    reader.start()
    try:
        run = House(replace(copy.settings, dumps=folder.parent)).call("run", night)
    finally:
        stop.set()
        reader.join()

    assert run.returncode == 0, run.stderr
    assert all(announced == there for announced, _, there in seen)
    assert {day for _, day, _ in seen} == {LAST_NIGHT, night}


def test_a_connection_that_stays_open_keeps_the_night_it_opened(copy):
    with duckdb.connect(copy.settings.published_file, read_only=True) as connection:
        before = connection.execute("select count(*) from ops.publications").fetchone()
        assert copy.call("publish", LAST_NIGHT).returncode == 0
        assert connection.execute("select count(*) from ops.publications").fetchone() == before

    assert copy.ask("select count(*) from ops.publications") == [(before[0] + 1,)]


def test_the_newest_releases_are_kept_and_the_others_go(copy):
    run = copy.call("publish", LAST_NIGHT)
    assert run.returncode == 0

    releases = sorted(path.name for path in copy.settings.releases.iterdir())

    assert len(releases) == copy.settings.keep_releases
    assert copy.settings.published_file.resolve().parent.name == releases[-1]


def test_a_review_survives_the_rebuild_and_a_rejected_stance_moves_no_timeline(copy):
    ((stance, holder, proposition),) = copy.ask(
        "select stance_id, holder_actor_id, proposition_id from marts.fct_stances "
        "where expression = 'self' and is_current order by stance_id limit 1"
    )
    copy.settings.reviews_file.write_text(
        "target_table,target_id,decision,reviewer,reviewed_at,note\n"
        f"fct_stances,{stance},rejected,ada,2026-03-09T08:00:00,misread\n"
    )
    count = (
        "select coalesce(sum(statement_count), 0) from marts.stance_timeline "
        "where holder_actor_id = ? and proposition_id = ?"
    )
    (before,) = copy.ask(count, holder, proposition)[0]

    run = copy.call("run", LAST_NIGHT)

    assert run.returncode == 0, run.stderr
    assert copy.ask("select review_status from marts.fct_stances where stance_id = ?", stance) == [
        ("rejected",)
    ]
    assert copy.ask(count, holder, proposition)[0][0] == before - 1


def test_dates_of_the_week_are_those_of_the_sample(week):
    nights = week.ask("select distinct dump_date from ops.loads order by 1")

    assert [night for (night,) in nights] == [
        date(2026, 3, 2) + timedelta(days=day) for day in range(7)
    ]
