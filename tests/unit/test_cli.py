"""What the command line shows: dumps and articles are data and steer nobody's terminal."""

import csv
import importlib
import json
import re
import subprocess
import sys
from datetime import date

import pytest

from communique import cli, tables
from communique.cli import running
from communique.report import Report
from communique.stages import validate

STEERING = "\x1b[31mred\x1b[0m"


def test_a_note_of_a_stage_is_shown_without_what_would_steer_the_terminal(capsys):
    running._tell(
        Report(stage="land", counts={"files": 1}, seconds=0.1, notes=(f"{STEERING}.txt",))
    )

    shown = capsys.readouterr().out
    assert "[31mred" in shown
    assert "\x1b" not in shown


def test_one_of_something_is_told_in_the_singular():
    report = Report(stage="land", counts={"files": 1, "records read": 1, "loaded": 0}, seconds=0.1)

    assert "1 file, 1 record read, 0 loaded" in str(report)


def test_a_table_shows_markup_and_control_characters_as_text(capsys):
    tables.print_table("Rows", ["words"], [(f"[bold]{STEERING}\nnext",)])

    shown = capsys.readouterr().out
    assert "[bold]" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n=cmd|' /C calc'!A0"]
)
def test_no_cell_of_a_csv_starts_a_formula(words):
    text = tables.csv_text(["words"], [(words,)])

    assert next(csv.reader(text.splitlines()[1:]))[0].startswith("'")


def test_numbers_stay_numbers_in_a_csv():
    assert tables.csv_text(["score", "day"], [(-1.0, date(2026, 3, 2))]).splitlines() == [
        "score,day",
        "-1.0,2026-03-02",
    ]


def test_json_keeps_every_character_and_steers_nobodys_terminal():
    text = tables.json_text(["words"], [(STEERING + "“é”\u202e",)])

    assert "\x1b" not in text and "\u202e" not in text
    assert "“é”" in text
    assert json.loads(text) == [{"words": STEERING + "“é”\u202e"}]


def test_asking_imports_nothing_that_reads_articles():
    code = "import sys, communique.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout

    slow = {"pandas", "pyarrow", "onnxruntime", "trafilatura", "jinja2", "communique.stages"}
    assert not slow & set(loaded.split())


VERBS = re.findall(r"^    ([a-z-]+)(?:  |$)", cli.parser().format_help(), re.MULTILINE)


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_each_verb_ends_with_an_example_that_can_be_called(verb, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        cli.main([verb, "--help"])
    *_, example = capsys.readouterr().out.splitlines()
    says, command, *words = example.split()

    assert (says, command) == ("example:", "communique")
    call = cli.parser().parse_args(words)
    assert call.verb == verb
    module, function = call.command.split(".")
    assert callable(getattr(importlib.import_module(f"communique.cli.{module}"), function))


def test_there_are_verbs_to_look_at():
    assert {"run", "backfill", "ask", "show", "status", "export", "extract-text"} <= set(VERBS)


def test_what_can_be_validated_is_what_the_stage_knows():
    assert tuple(validate.STEPS) == cli.STEPS
