"""`communique show`: from the id of a statement to its article, its chain and its other reports."""

import os
import pty
import re

import pytest

from house import COMMAND


@pytest.fixture
def statement(week):
    def find(words, outlet):
        ((statement_id,),) = week.ask(
            """
            select statements.statement_id
            from marts.fct_statements as statements
            inner join marts.dim_outlets using (outlet_id)
            where content_text = ? and outlet_name = ?
            """,
            words,
            outlet,
        )
        return statement_id

    return find


@pytest.fixture
def refusal(statement):
    return statement("South Korea will not supply Ukraine with weapons", "Meridian News Agency")


def test_the_article_is_shown_with_the_words_marked(week, refusal):
    shown = week.read("show", refusal).stdout
    assert shown.startswith("South Korea rules out weapons for Ukraine\n")
    assert "- >>South Korea will not supply Ukraine with weapons<<, Defense Minister" in shown
    assert "“Ammunition is what keeps our cities standing,” he said in a statement." in shown
    assert shown.count(">>") == 1


def test_every_part_of_a_split_quotation_is_marked(week):
    ((statement_id, parts),) = week.ask(
        """
        select statement_id, list(span_text) from marts.statement_spans
        group by statement_id having count(*) > 1 order by statement_id limit 1
        """
    )
    shown = week.read("show", statement_id).stdout
    assert all(f">>{part}<<" in shown for part in parts)


def test_the_speaker_has_the_role_of_that_day(week, refusal):
    shown = week.read("show", refusal).stdout
    assert "Park Ji-hoon, Defense Minister" in shown
    assert "Government of South Korea" in shown


def test_the_time_of_saying_is_as_exact_as_the_text_gives_it(week, statement, refusal):
    call = statement("Bondarchuk had waited for the call since January", "Levant Monitor")

    assert re.search(r"Said on +2 March 2026", week.read("show", refusal).stdout)
    assert re.search(r"Said on +the week of 23 February 2026", week.read("show", call).stdout)


def test_the_position_that_it_shows_is_told_with_its_sentence(week, refusal):
    shown = week.read("show", refusal).stdout
    assert ": oppose, Ukraine should be supplied with weapons (" in shown


def test_every_other_report_of_it_is_listed_and_copies_are_called_so(week, statement, refusal):
    shown = week.read("show", refusal).stdout
    reports = shown.partition("Other reports of the same statement")[2].strip().splitlines()
    words = "South Korea will not supply Ukraine with weapons"
    for line, outlet in zip(reports, ["Harbour Tribune", "Straits Daily"], strict=True):
        assert line.startswith(f"{outlet} · 2 March 2026")
        assert "a copy of the same text" in line
        assert line.endswith(statement(words, outlet))


def test_the_chain_is_shown_hop_by_hop(week, statement):
    words = "Washington understands the Israeli position"
    shown = week.read("show", statement(words, "Levant Monitor")).stdout
    chain = shown.partition("the publisher first\n")[2].partition("\n\n")[0].splitlines()
    assert [line.strip().partition(" (")[0] for line in chain] == [
        "Levant Monitor",
        "< Axiom Brief",
        "< unnamed Israeli official",
    ]


def test_a_statement_of_an_old_version_is_shown_in_that_version(week, statement):
    words = "We will never send weapons to Ukraine"
    shown = week.read("show", statement(words, "Harbour Tribune")).stdout
    assert "Version 1 of 2, an old one (first)" in shown
    assert f">>{words}<<" in shown


def test_the_beginning_of_an_id_will_do(week, refusal):
    assert week.read("show", refusal[:10].upper()).stdout == week.read("show", refusal).stdout


def test_in_a_terminal_the_words_are_highlighted_instead(week, refusal):
    leader, follower = pty.openpty()
    environment = {**week.environment, "TERM": "xterm"}
    if (child := os.fork()) == 0:  # pragma: no cover
        os.dup2(follower, 1)
        os.execve(COMMAND, [str(COMMAND), "show", refusal], environment)
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 65536):
            shown += part
    except OSError:
        pass  # Linux ends the terminal of a child that has ended so.
    os.close(leader)
    assert os.waitpid(child, 0)[1] == 0
    assert b"\x1b[1;7mSouth Korea will not supply Ukraine with" in shown
    assert b">>" not in shown


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("zzz", "There is no statement 'zzz': ids are those of the column statement_id"),
        ("", "There is no statement ''"),
        ("'; drop", "There is no statement"),
        ("%", "There is no statement"),
    ],
)
def test_an_unknown_id_is_told_in_one_line(week, wanted, says):
    run = week.read("show", wanted)
    assert run.returncode == 2
    assert says in run.stderr
    assert run.stderr.count("\n") == 1


def test_a_beginning_of_several_ids_names_some_of_them(week):
    ids = [one for (one,) in week.ask("select statement_id from marts.fct_statements")]
    shared = next(one[:1] for one in ids if sum(other[0] == one[0] for other in ids) > 3)
    run = week.read("show", shared)
    assert run.returncode == 2
    assert f"More than one statement starts with '{shared}': {shared}" in run.stderr
