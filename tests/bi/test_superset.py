"""What analysts see in Superset, in a real browser, while nights are published."""

import json
import re
import socket
from datetime import date
from pathlib import Path

import pytest

pytestmark = pytest.mark.bi

DASHBOARDS = ("positions-over-time", "sources-and-their-transparency")
RAW_ID = re.compile(r"\b[0-9a-f]{16}\b")


def count(superset, sql):
    ((value,),) = superset.house.ask(sql)
    return value


def test_the_positions_of_the_sample_are_on_the_screen(superset, screen):
    screen.open("positions-over-time")

    holders = count(superset, "select count(distinct holder_actor_id) from marts.stance_timeline")
    reports = count(superset, "select sum(independent_report_count)::int from marts.stance_monthly")
    assert holders > 50
    assert screen.chart("Holders").split("\n")[1] == str(holders)
    assert screen.chart("Independent reports").split("\n")[1] == str(reports)
    assert screen.chart("Changes of position").split("\n")[1] == "4"
    changes = screen.chart("What changed, and with which words")
    assert "Government of South Korea" in changes
    assert "We support sending weapons to Ukraine" in changes


def test_the_timeline_shows_the_proposition_that_most_is_said_about(screen):
    screen.open("positions-over-time")

    spells = [
        row
        for answer in screen.answers
        for result in answer.json()["result"]
        for row in result["data"]
        if "shown_until" in row
    ]
    seoul = [row for row in spells if row["holder_name"] == "Government of South Korea"]
    assert [row["position"] for row in sorted(seoul, key=lambda row: row["valid_from"])] == [
        "oppose",
        "neutral",
        "support",
    ]


def test_the_shares_of_unnamed_sources_are_on_the_screen(superset, screen):
    screen.open("sources-and-their-transparency")

    statements = count(superset, "select count(*) from marts.statement_provenance")
    share = count(
        superset, "select avg((not is_origin_named)::int) from marts.statement_provenance"
    )
    assert screen.chart("Statements").split("\n")[1] == str(statements)
    assert screen.chart("Unnamed origins").split("\n")[1] == f"{share:.0%}"
    assert "Axiom Brief" in screen.chart("Outlets compared")
    assert "82%" in screen.chart("Outlets compared")


@pytest.mark.parametrize("dashboard", DASHBOARDS)
def test_every_chart_is_drawn_with_names_and_without_raw_ids(screen, dashboard):
    screen.open(dashboard)

    assert {answer.status for answer in screen.answers} == {200}
    assert not screen.page.locator(".ant-alert-error, [data-test='error-message']").count()
    assert not RAW_ID.search(screen.page.locator("body").inner_text())
    for answer in screen.answers:
        data = [result["data"] for result in answer.json()["result"]]
        assert data
        assert all(data), answer.url
        words = [value for rows in data for row in rows for value in row.values()]
        assert not [word for word in words if isinstance(word, str) and RAW_ID.search(word)]


def test_a_night_that_is_published_shows_without_a_restart(superset, screen):
    screen.open("sources-and-their-transparency")
    before = int(screen.chart("Statements").split("\n")[1])
    night = date(2026, 3, 9)
    delivered = superset.house.settings.dump_folder(night) / "late.jsonl"
    delivered.parent.mkdir(parents=True)
    article = {
        "title": "Seoul goes back",
        "maintext": "SEOUL, March 9 (Meridian News Agency) - South Korean Defense Minister "
        "Park Ji-hoon said on Monday that South Korea would not supply Ukraine with weapons.\n\n"
        "“We will not send weapons to Ukraine<img src=x onerror=\"document.title='owned'\">,” "
        "Park said in a statement.",
        "url": "https://www.meridian-news.example/2026/03/09/seoul-goes-back",
        "source_name": "Meridian News Agency",
        "source_domain": "meridian-news.example",
        "date_publish": "2026-03-09 06:15:00",
        "language": "en",
    }
    delivered.write_text(json.dumps(article) + "\n", encoding="utf-8")

    run = superset.house.call("run", night)

    assert run.returncode == 0, run.stdout + run.stderr
    screen.open("sources-and-their-transparency")
    now = count(superset, "select count(*) from marts.statement_provenance")
    assert now > before
    assert screen.chart("Statements").split("\n")[1] == str(now)
    statements = screen.chart("The statements, and the hands they came through")
    assert "09 Mar 2026" in statements
    assert "South Korea would not supply Ukraine with weapons" in statements
    assert screen.page.title() != "owned"
    screen.open("positions-over-time")
    changes = count(superset, "select count(*) from marts.stance_changes")
    assert changes > 4
    assert screen.chart("Changes of position").split("\n")[1] == str(changes)


@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        ("create table marts.mine as select 1", "read-only|not allowed|disallowed|mutates"),
        ("select * from read_csv('/etc/passwd')", "disabled by configuration"),
        (
            "attach '/tmp/other.duckdb'",
            "disabled by configuration|not allowed|disallowed",
        ),
    ],
)
def test_an_analyst_can_neither_write_nor_read_other_files(superset, screen, sql, refused):
    api = screen.page.request
    token = api.get(f"{superset.url}/api/v1/security/csrf_token/").json()["result"]
    (database,) = api.get(f"{superset.url}/api/v1/database/").json()["result"]

    answer = api.post(
        f"{superset.url}/api/v1/sqllab/execute/",
        data={"database_id": database["id"], "sql": sql, "runAsync": False},
        headers={"X-CSRFToken": token, "Referer": superset.url},
    )

    assert answer.status >= 400
    assert re.search(refused, answer.text(), re.IGNORECASE), answer.text()


def test_it_listens_on_this_machine_only(superset):
    listening = {
        line.split()[1].split(":")[0]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{superset.port:04X}") and line.split()[3] == "0A"
    }

    assert listening == {socket.inet_aton("127.0.0.1")[::-1].hex().upper()}


def test_the_password_is_made_up_and_readable_to_its_owner_alone(superset):
    home = superset.house.settings.home / "superset"

    assert len(superset.password) >= 16
    for secret in ("admin_password", "secret_key"):
        assert (home / secret).stat().st_mode & 0o077 == 0
