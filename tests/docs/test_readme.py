"""What README and the other pages say is run here, so that they cannot lie."""

import re
import subprocess
import sys
from datetime import date

import pytest

from communique.settings import CHECKOUT

PAGES = sorted(
    page for page in [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")] if page.is_file()
)
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_link_to_a_file_leads_somewhere(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))

    broken = [target for target in targets if not (page.parent / target).exists()]

    assert broken == []


def test_every_query_of_the_readme_has_an_answer(week):
    queries = blocks("sql")

    assert queries
    for query in queries:
        assert week.ask(query), query


def test_the_example_of_a_chain_stands_in_the_sample(week):
    chain = "Levant Monitor < Axiom Brief < unnamed Israeli official"

    assert chain in README
    assert week.ask(
        "select count(*) > 0 from marts.statement_provenance where attribution_chain = ?", chain
    ) == [(True,)]


def test_every_make_target_of_the_pages_exists():
    pages = [page.read_text(encoding="utf-8") for page in PAGES]
    targets = {
        found for page in pages for found in re.findall(r"(?:`|^)make ([a-z-]+)", page, re.M)
    }

    assert {"run", "test", "airflow", "setup", "lock"} <= targets
    for target in targets:
        run = subprocess.run(["make", "--dry-run", target], cwd=CHECKOUT, capture_output=True)
        assert run.returncode == 0, target


def test_the_example_of_a_dump_yaml_is_understood(house, deliver):
    (example,) = blocks("yaml")
    day = date(2026, 3, 2)
    deliver(day, "dump.yaml", example)
    deliver(day, "a.jsonl", '{"article_body": "“We go,” the minister said.", "title": "Go"}\n' * 2)

    run = house.call("land", day)

    assert run.returncode == 0, run.stderr
    assert "2 records read, 1 loaded, 0 rejected, 1 duplicate" in run.stdout


def test_the_python_it_names_is_the_one_it_needs():
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in README
