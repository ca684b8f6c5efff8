"""One installation as its users have it: places, the command line, the published file."""

import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from unittest import mock

import duckdb
import yaml

from communique import cli
from communique.records import Stance
from communique.settings import CHECKOUT, Settings

SAMPLES = CHECKOUT / "include" / "samples"
FIRST_NIGHT, LAST_NIGHT = date(2026, 3, 2), date(2026, 3, 8)
COMMAND = Path(sys.executable).with_name("communique")


SECRET = "no-word-that-a-log-may-hold"


def files_that_tell(secret: str, *folders: Path) -> list[Path]:
    """List the files that hold a secret, be they logs, databases or reports."""
    return [
        file
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and secret.encode() in file.read_bytes()
    ]


def counted(stances: list[Stance]) -> list[Stance]:
    """Keep the stances that `fct_stances` has, by the threshold of the dbt project."""
    project = yaml.safe_load((CHECKOUT / "dbt_project" / "dbt_project.yml").read_text("utf8"))
    least = project["vars"]["minimum_stance_confidence"]
    return [stance for stance in stances if stance.confidence >= least]


@dataclass(frozen=True)
class House:
    """One installation: its dumps, its home, and the command line of a user who works in it."""

    settings: Settings

    def call(
        self, *words: object, environment: dict[str, str] | None = None, **options: object
    ) -> subprocess.CompletedProcess:
        """Call `communique` as a user does, in a process of its own."""
        return subprocess.run(
            [COMMAND, *map(str, words)],
            env=environment or self.environment,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )

    def read(self, *words: object) -> subprocess.CompletedProcess:
        """Call a verb that only reads, in this process: starting one costs more than the answer."""
        with (
            mock.patch.dict(os.environ, self.environment),
            redirect_stdout(StringIO()) as output,
            redirect_stderr(StringIO()) as errors,
        ):
            try:
                code = cli.main([*map(str, words)])
            except SystemExit as end:
                code = end.code
        return subprocess.CompletedProcess(words, code, output.getvalue(), errors.getvalue())

    @property
    def environment(self) -> dict[str, str]:
        chosen = {
            "COMMUNIQUE_TARGET": self.settings.target,
            "COMMUNIQUE_DUCKLAKE_CATALOG": self.settings.ducklake_catalog,
            "COMMUNIQUE_DUCKLAKE_DATA": self.settings.ducklake_data,
        }
        return {
            **os.environ,
            **{name: value for name, value in chosen.items() if value},
            "COMMUNIQUE_DUMPS": str(self.settings.dumps),
            "COMMUNIQUE_HOME": str(self.settings.home),
            "COMMUNIQUE_LAKE": self.settings.lake_at or "",
            "COMMUNIQUE_PUBLISH_TO": self.settings.publish_to or "",
            "COMMUNIQUE_KEEP_RELEASES": str(self.settings.keep_releases),
            "COMMUNIQUE_WORKERS": str(self.settings.workers),
            "COLUMNS": "200",
        }

    def ask(self, sql: str, *parameters: object) -> list[tuple]:
        """Query the published file as an analyst does."""
        with duckdb.connect(self.settings.published_file, read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()


def differences(one: House, other: House) -> dict[str, list[tuple]]:
    """Name the marts in which two published files differ, with rows that only one of them has."""
    found = {}
    with duckdb.connect() as connection:
        for name, house in {"one": one, "other": other}.items():
            connection.execute(f"attach '{house.settings.published_file}' as {name} (read_only)")
        tables = connection.execute(
            "select distinct table_name from duckdb_tables() where schema_name = 'marts' order by 1"
        ).fetchall()
        for (table,) in tables:
            # When a night was extracted is no part of what it says.
            columns = "* exclude (started_at)" if table == "dim_extraction_runs" else "*"
            here, there = (
                f"(select {columns} from {name}.marts.{table})" for name in ("one", "other")
            )
            only_in_one = connection.execute(
                f"({here} except all {there}) union all ({there} except all {here})"
            ).fetchmany(4)
            if only_in_one:
                found[table] = only_in_one
    return found
