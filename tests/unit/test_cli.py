"""What the command line shows: dumps and articles are data and steer nobody's terminal."""

from communique import cli
from communique.report import Report

STEERING = "\x1b[31mred\x1b[0m"


def test_a_note_of_a_stage_is_shown_without_what_would_steer_the_terminal(capsys):
    cli._tell(Report(stage="land", counts={"files": 1}, seconds=0.1, notes=(f"{STEERING}.txt",)))

    shown = capsys.readouterr().out
    assert "[31mred" in shown
    assert "\x1b" not in shown


def test_a_table_shows_markup_and_control_characters_as_text(capsys):
    cli._show("Rows", ["words"], [(f"[bold]{STEERING}\nnext",)])

    shown = capsys.readouterr().out
    assert "[bold]" in shown
    assert "\x1b" not in shown
