"""What tutorial, runbooks and reference say is run here, or held against what the code knows."""

import os
import re
import shlex
import subprocess
from dataclasses import fields

import pytest

from communique import cli
from communique.dumps.refusals import Reason
from communique.settings import CHECKOUT, Settings
from markdown_blocks import blocks_of, commands_of, words_of

DOCS = CHECKOUT / "docs"
PAGES = [CHECKOUT / "README.md", *DOCS.glob("*.md"), *(DOCS / "runbooks").glob("*.md")]
RUNBOOKS = [page for page in (DOCS / "runbooks").glob("*.md") if commands_of(page)]
REFERENCE = (DOCS / "reference.md").read_text(encoding="utf-8")


def name(page):
    return page.relative_to(CHECKOUT).as_posix()


@pytest.mark.parametrize("page", [page for page in PAGES if commands_of(page)], ids=name)
def test_every_command_of_a_page_can_be_called_like_that(page):
    for command in commands_of(page):
        assert cli.parser().parse_args(shlex.split(command)), command


def test_the_tutorial_leads_from_a_dump_to_the_answers_that_it_shows(tmp_path):
    (tmp_path / ".venv").symlink_to(CHECKOUT / ".venv")
    environment = {**os.environ, "COLUMNS": "100"}
    so_far = "set -e\n"

    for block in blocks_of(DOCS / "tutorial.md", "sh"):
        so_far += "".join(line for line in re.findall(r"^export .*\n", block.text, re.MULTILINE))
        run = subprocess.run(
            ["bash", "-c", so_far + block.text],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, block.text + run.stderr
        if block.shown:
            assert_it_is_shown(block.shown, run.stdout)


def test_the_questions_of_the_readme_have_the_answers_that_it_shows(week):
    asked = [block for block in blocks_of(CHECKOUT / "README.md", "sh") if block.shown]

    assert len(asked) == 3
    for block in asked:
        run = subprocess.run(
            ["bash", "-c", block.text],
            cwd=CHECKOUT,
            env={**week.environment, "COLUMNS": "100"},
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr
        assert_it_is_shown(block.shown, run.stdout)


def assert_it_is_shown(page_says, printed):
    """Each line of the page is the beginning of a line that was printed, but for its width."""
    lines = [words_of(line) for line in printed.splitlines()]
    for expected in map(words_of, page_says.splitlines()):
        assert any(line[: len(expected)] == expected for line in lines), (expected, printed)


@pytest.mark.parametrize("page", RUNBOOKS, ids=name)
def test_every_query_of_a_runbook_can_be_asked(page, week):
    for block in blocks_of(page, "sql"):
        assert week.ask(block.text), block.text


def test_the_reference_lists_every_command_as_the_help_does(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    table = REFERENCE.split("## Exit codes")[0]

    listed = re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", table, re.MULTILINE)

    assert listed == re.findall(r"^    ([a-z-]+)\s+(.+)$", cli.parser().format_help(), re.MULTILINE)


def test_the_reference_names_every_setting():
    from_environment = {
        f"COMMUNIQUE_{field.name.removesuffix('_at').upper()}"
        for field in fields(Settings)
        if field.name not in ("dbt_project", "expectations", "cookbook", "s3")
    }

    assert set(re.findall(r"`(COMMUNIQUE_[A-Z_]+)`", REFERENCE)) == from_environment


def test_the_reference_explains_every_reason_for_a_refusal():
    _, table = REFERENCE.split("| code | means |\n|---|---|\n| `", 1)

    codes = [row.split(" | ")[0] for row in table.splitlines()]
    assert {code for cell in codes for code in re.findall(r"[a-z_]+", cell)} == set(Reason)
