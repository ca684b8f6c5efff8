"""`communique ask`: by number or name, about whom and when one likes, in three formats."""

import csv
import json

import pytest

CHANGES = "02-position-changes"


def rows_of(run):
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_question_stands_above_its_answer(week):
    run = week.read("ask", "08-who-cites-whom")
    assert run.returncode == 0
    assert "08-who-cites-whom: Who cites whom, outlet by outlet?" in run.stdout
    assert "Axiom Brief" in run.stdout


@pytest.mark.parametrize("wanted", ["2", "02", "position-changes", CHANGES])
def test_a_question_has_a_number_and_a_name(week, wanted):
    assert CHANGES in week.read("ask", wanted).stdout


def test_all_questions_are_listed_with_their_options(week):
    listed = week.read("ask", "--list").stdout
    assert "Which positions changed" in listed
    assert "--actor --proposition --from --to --rows" in listed


def test_an_actor_is_known_by_any_of_its_names(week):
    said_of = [
        rows_of(week.read("ask", 1, "--actor", name, "--format", "json"))
        for name in ("Government of Ukraine", "Kyiv", "ukraine")
    ]
    assert {row["speaker_name"] for row in said_of[0]} == {"Olena Hrytsak", "Taras Bondarchuk"}
    assert said_of[0] == said_of[1] == said_of[2]


def test_a_proposition_is_known_by_its_id_and_its_sentence(week):
    stood = [
        rows_of(week.read("ask", 11, "--proposition", name, "--format", "json"))
        for name in ("two_state_solution", "A Palestinian state should exist beside Israel")
    ]
    assert "Nadia Khoury" in {row["holder_name"] for row in stood[0]}
    assert stood[0] == stood[1]


def test_dates_bound_what_counts(week):
    changes = rows_of(week.read("ask", 2, "--from", "2026-03-05", "--format", "json"))
    assert {row["changed_on"] for row in changes} == {"2026-03-06"}
    stood = rows_of(week.read("ask", 11, "--as-of", "2026-03-04", "--format", "json"))
    south_korea = next(row for row in stood if row["holder_name"] == "Government of South Korea")
    assert south_korea["position"] == "neutral"


def test_the_number_of_rows_can_be_set(week):
    assert len(rows_of(week.read("ask", 10, "--rows", "3", "--format", "json"))) == 3
    assert len(rows_of(week.read("ask", 10, "--rows", "500", "--format", "json"))) > 20


def test_csv_has_a_header_and_every_row(week):
    run = week.read("ask", "2", "--format", "csv")
    rows = list(csv.reader(run.stdout.splitlines()))
    assert rows[0][:2] == ["changed_on", "holder_name"]
    assert len(rows) == 5
    assert "title" not in run.stdout


def test_values_are_data_and_never_part_of_a_query(week):
    run = week.read("ask", 17, "--words", "x') or true --", "--format", "json")
    assert rows_of(run) == []


def test_an_answer_without_rows_says_so(week):
    run = week.read("ask", 2, "--to", "1999-01-01")
    assert "Nothing in the warehouse answers this." in run.stdout
    assert "--to 1999-01-01" in run.stdout


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["99"], "There is no question '99': `communique ask --list` shows all of them."),
        (["who-cites"], "did you mean 08-who-cites-whom?"),
        (["1", "--actor", "Isreal"], "The warehouse knows no actor 'Isreal'; near to it: Israel"),
        (["1", "--proposition", "?"], "The warehouse knows no proposition '?'."),
        (["3", "--outlet", "Axiom Brief"], "it takes --actor --from --to --rows."),
        (["11", "--as-of", "tomorrow"], "'tomorrow' is no date: write one such as 2026-03-02."),
        (["10", "--rows", "-1"], "'-1' is no number of rows"),
        (["1", "2", "--format", "csv"], "Ask one question for --format csv, such as `ask 1`."),
        (["--actor", "Israel"], "Say which question the options are for"),
    ],
)
def test_a_wrong_question_is_told_in_one_line(week, call, says):
    run = week.read("ask", *call)
    assert run.returncode == 2
    assert says in run.stderr
    assert run.stderr.count("\n") == 1
