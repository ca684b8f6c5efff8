"""What the models run on: DuckDB, or Spark where one machine is too small for them."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from subprocess import CompletedProcess
from typing import Any, Protocol

from communique import dbt, warehouse
from communique.settings import Settings

# Unit tests prove the models' code, which a night does not change; `make test` runs them.
_BUILD = ("build", "--exclude-resource-type", "unit_test")


class Engine(Protocol):
    """Builds the marts from what was loaded; whichever it is, they then lie beside the build."""

    def build(self, fingerprint: str) -> CompletedProcess[str]:
        """Run `dbt build` with what dbt prints; `fingerprint` says by which code.

        Raises CommuniqueError when the engine is not there.
        """

    def settle(self, fingerprint: str) -> None:
        """Note that everything is built that follows from the loads."""

    def row_counts(self, relations: Mapping[str, str]) -> dict[str, int]:
        """Count rows of what was built, given as dbt's id -> relation, where they can be asked."""

    def answer(self, query: str) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
        """Give names of columns and rows of a test's query; none where it can't be asked again."""


def engine(settings: Settings) -> Engine:
    """Give what an installation builds with (`COMMUNIQUE_TARGET`)."""
    return Spark(settings) if settings.target == "spark" else DuckDB(settings)


@dataclass(frozen=True)
class DuckDB:
    """Builds in the build file itself, and of the facts only what the loads touched."""

    settings: Settings

    def build(self, fingerprint: str) -> CompletedProcess[str]:
        """Build what was touched, or everything after an edit of the project."""
        is_whole = warehouse.must_be_whole(self.settings.build_file, fingerprint)
        if is_whole:
            _forget_how_dbt_read_it(self.settings)
        return dbt.call(
            *_BUILD,
            *(["--full-refresh"] if is_whole else []),
            project=self.settings.dbt_project,
            target=self.settings.dbt_target,
            database=self.settings.build_file,
        )

    def settle(self, fingerprint: str) -> None:
        """Note which code it is built by."""
        warehouse.settle(self.settings.build_file, fingerprint)

    def row_counts(self, relations: Mapping[str, str]) -> dict[str, int]:
        """Count in the build file."""
        counts = " union all ".join(
            f"select '{name}', count(*) from {relation}" for name, relation in relations.items()
        )
        return dict(warehouse.query(self.settings.build_file, counts)[1]) if counts else {}

    def answer(self, query: str) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
        """Ask the build file."""
        return warehouse.query(self.settings.build_file, query)


@dataclass(frozen=True)
class Spark:
    """Builds everything anew from the loads, and hands the marts over when their tests pass."""

    settings: Settings

    def build(self, fingerprint: str) -> CompletedProcess[str]:
        """Build in Spark; contracts hold where the marts are taken over."""
        build_file, folder = self.settings.build_file, self.settings.spark
        _forget_how_dbt_read_it(self.settings)
        shutil.rmtree(folder, ignore_errors=True)
        warehouse.clear_build(build_file)
        warehouse.write_raw(build_file, folder / "raw")
        run = dbt.call_on_spark(
            *_BUILD,
            "--full-refresh",
            project=self.settings.dbt_project,
            target=self.settings.dbt_target,
            master=self.settings.spark_master,
            folder=folder,
        )
        if run.returncode == 0:
            manifest = json.loads((self.settings.dbt_target / "manifest.json").read_text("utf-8"))
            warehouse.take_marts(build_file, folder / "warehouse" / "marts.db", manifest["nodes"])
        return run

    def settle(self, fingerprint: str) -> None:
        """Note that DuckDB, should it be next, has nothing of its own to go on from."""
        warehouse.settle(self.settings.build_file, f"spark {fingerprint}")

    def row_counts(self, relations: Mapping[str, str]) -> dict[str, int]:
        """Count the marts; the rest stays in Spark."""
        counts = warehouse.row_counts(self.settings.build_file, "marts")
        names = {name: name.rsplit(".", 1)[-1] for name in relations}
        return {name: counts[table] for name, table in names.items() if table in counts}

    def answer(self, query: str) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
        """Give nothing: the session is over."""
        return (), ()


def _forget_how_dbt_read_it(settings: Settings) -> None:
    """Have dbt read the project anew.

    It takes a file that is as old as the one before the last edit for the edited one, so that after
    going back to an earlier release it would build by half of each.
    """
    (settings.dbt_target / "partial_parse.msgpack").unlink(missing_ok=True)
