"""Expectations held against a table: what is recorded, what stops, what the Data Docs show."""

from datetime import date

import pandas as pd
import pytest

from communique import checks
from communique.errors import CheckFailedError, CommuniqueError

NIGHT = date(2026, 3, 2)
HOSTILE = "<script>alert(1)</script>"
GOOD = pd.DataFrame({"body_text": ["long " * 40], "title": ["T"]})
SUITE = """
table: articles
expectations:
  - type: expect_column_value_lengths_to_be_between
    column: body_text
    min_value: 100
    severity: warn
    advice: "Look at the dump."
  - type: expect_column_values_to_not_be_null
    column: title
    severity: fail
    advice: "Name the field."
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("expectations")
    (folder / "articles.yml").write_text(SUITE)
    return folder


def run(folder, frame, *, project=None, night=NIGHT):
    return checks.run_suites(
        checks.read_suites(folder),
        lambda suite: frame.copy(),
        only=lambda suite: True,
        project=project or folder / "validation",
        run_id="run",
        dump_date=night,
    )


def test_what_does_not_hold_is_recorded_with_what_was_seen_and_what_to_do(folder):
    short, title = run(folder, pd.DataFrame({"body_text": [HOSTILE], "title": ["T"]}))

    assert (short.is_success, short.severity, short.unexpected_count) == (False, "warn", 1)
    assert short.observed_value == HOSTILE
    assert short.advice == "Look at the dump."
    assert title.is_success


def test_a_warning_lets_the_night_go_on_and_a_failure_stops_it(folder):
    warned = run(folder, pd.DataFrame({"body_text": ["short"], "title": ["T"]}))
    failed = run(folder, pd.DataFrame({"body_text": ["long " * 40], "title": [None]}))

    assert "Look at the dump." in checks.judge(warned, NIGHT)[0]
    with pytest.raises(CheckFailedError, match="Name the field"):
        checks.judge(failed, NIGHT)


def test_article_text_is_shown_in_the_data_docs_and_never_becomes_part_of_the_page(folder):
    run(folder, pd.DataFrame({"body_text": [HOSTILE], "title": ["T"]}))

    pages = [
        page.read_text(encoding="utf-8")
        for page in (folder / "validation").rglob("validations/articles/**/*.html")
    ]
    assert any("&lt;script&gt;alert(1)" in page for page in pages)
    assert not any(HOSTILE in page for page in pages)


def test_the_data_docs_keep_the_last_week_and_do_not_grow_with_the_years(folder, tmp_path):
    for day in range(2, 10):
        run(folder, GOOD, project=tmp_path, night=date(2026, 3, day))
    run(folder, GOOD, project=tmp_path, night=date(2026, 3, 1))

    kept = [f"2026-03-{day:02}-run" for day in (1, *range(4, 10))]
    for place in ("validations", "data_docs/local_site/validations"):
        runs = tmp_path.glob(f"gx/uncommitted/{place}/articles/*")
        assert sorted(run.name for run in runs) == kept
    index = (tmp_path / "gx/uncommitted/data_docs/local_site/index.html").read_text("utf8")
    assert "2026-03-01-run" in index, "the night that was run again last is new"
    assert "2026-03-03-run" not in index


def test_checks_that_were_killed_while_they_wrote_hinder_no_later_ones(folder, tmp_path):
    run(folder, GOOD, project=tmp_path, night=date(2026, 3, 2))
    for written in tmp_path.rglob("*"):
        if written.is_file():
            written.write_bytes(written.read_bytes()[: written.stat().st_size // 2])
    (tmp_path / "gx/uncommitted/validations/articles/2026-03-03-run").mkdir()

    run(folder, GOOD, project=tmp_path, night=date(2026, 3, 4))

    index = (tmp_path / "gx/uncommitted/data_docs/local_site/index.html").read_text("utf8")
    assert "2026-03-04-run" in index


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("table: articles", "expectations"),
        ("table: [", "suite"),
        ("expectations: [{type: a, severity: worse, advice: b}]", "severity fail or warn"),
        ("expectations: [{type: a, severity: warn, advice: ''}]", "advice"),
    ],
)
def test_a_file_that_is_no_suite_is_named_with_what_is_wrong(tmp_path, content, part):
    (tmp_path / "broken.yml").write_text(content)

    with pytest.raises(CommuniqueError, match=r"broken\.yml") as caught:
        checks.read_suites(tmp_path)
    assert part in str(caught.value)


def test_a_suite_tells_which_columns_it_looks_at(tmp_path):
    (tmp_path / "loads.yml").write_text(
        "table: loads\n"
        "derive:\n  refused_share: records_rejected.sum() / records_read.sum()\n"
        "expectations:\n"
        "  - {type: expect_column_pair_values_to_be_equal, column_A: first, column_B: last,"
        " severity: fail, advice: Look.}\n"
    )
    (suite,) = checks.read_suites(tmp_path)

    asked = {"first", "last", "records_rejected", "records_read", "records", "title"}
    assert {name for name in asked if suite.names(name)} == asked - {"records", "title"}
