"""transform: one `dbt build` turns `raw` into the marts."""

import errno
import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from communique import night_lock, warehouse
from communique.errors import CheckFailedError, CommuniqueError, WrongCallError
from communique.records import DbtResult
from communique.report import Report
from communique.settings import Settings


def do(settings: Settings, dump_date: date) -> Report:
    """Build all seeds, models and dbt tests; every node's outcome becomes a row in `ops`.

    dbt runs in a process of its own: within ours it would keep the build file locked until we end.
    Raises CheckFailedError when a dbt test fails, CommuniqueError when a model does.
    """
    started = time.monotonic()
    if not settings.build_file.exists():
        raise WrongCallError(f"Nothing is loaded yet: run `communique run {dump_date}`.")
    with night_lock.hold(settings.lock_file):
        output = _dbt_build(settings)
        if os.strerror(errno.ENOSPC) in output:
            raise CommuniqueError(
                f"The disk is full: dbt could not write in {settings.home}. Free some space and "
                "run again; the published file is untouched."
            )
        results = _read_results(settings.dbt_target / "run_results.json", settings, dump_date)
        if not results:
            raise CommuniqueError(f"dbt could not start: {output.strip()[-2000:]}")
        warehouse.append(settings.build_file, results)
    _stop_on_failure(results, settings)
    return Report(
        stage="transform",
        counts={
            "models": sum(r.resource_type == "model" for r in results),
            "tests": sum(r.resource_type == "test" for r in results),
            "warnings": sum(r.status == "warn" for r in results),
        },
        seconds=time.monotonic() - started,
        notes=tuple(f"dbt warns: {r.node_name}" for r in results if r.status == "warn"),
    )


def _dbt_build(settings: Settings) -> str:
    settings.dbt_target.mkdir(parents=True, exist_ok=True)
    (settings.dbt_target / "run_results.json").unlink(missing_ok=True)
    dbt = Path(sys.executable).with_name("dbt")
    command = [
        str(dbt),
        "--no-use-colors",
        "build",
        "--project-dir",
        str(settings.dbt_project),
        "--profiles-dir",
        str(settings.dbt_project),
        "--target-path",
        str(settings.dbt_target),
        "--log-path",
        str(settings.dbt_target / "logs"),
        # Unit tests prove the models' code, which a night does not change; `make test` runs them.
        "--exclude-resource-type",
        "unit_test",
    ]
    environment = {**os.environ, "COMMUNIQUE_BUILD_FILE": str(settings.build_file)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return run.stdout + run.stderr


def _read_results(file: Path, settings: Settings, dump_date: date) -> list[DbtResult]:
    if not file.exists():
        return []
    run = json.loads(file.read_text(encoding="utf-8"))
    results = run["results"]
    row_counts = _row_counts(settings, results)
    return [
        DbtResult(
            run_id=run["metadata"]["invocation_id"],
            dump_date=dump_date,
            node_name=_name_of(result),
            resource_type=_type_of(result),
            status=result["status"],
            seconds=result["execution_time"],
            row_count=row_counts.get(result["unique_id"]),
        )
        for result in results
    ]


def _row_counts(settings: Settings, results: list[dict]) -> dict[str, int]:
    built = {
        result["unique_id"]: result["relation_name"]
        for result in results
        if _type_of(result) in ("model", "seed")
        and result["status"] == "success"
        and result["relation_name"]
    }
    if not built:
        return {}
    union = " union all ".join(
        f"select '{unique_id}', count(*) from {relation}" for unique_id, relation in built.items()
    )
    _, rows = warehouse.query(settings.build_file, union)
    return dict(rows)


def _stop_on_failure(results: list[DbtResult], settings: Settings) -> None:
    broken = [r for r in results if r.status in ("error", "fail", "runtime error")]
    if not broken:
        return
    names = ", ".join(r.node_name for r in broken[:5])
    more = f" and {len(broken) - 5} more" if len(broken) > 5 else ""
    log = settings.dbt_target / "logs" / "dbt.log"
    if all(r.resource_type == "test" and r.status == "fail" for r in broken):
        raise CheckFailedError(
            f"dbt tests failed: {names}{more}. Nothing was published; {log} holds the query of "
            "each failed test, its rows are what is wrong."
        )
    raise CommuniqueError(f"dbt could not build {names}{more}. Nothing was published; see {log}.")


def _type_of(result: dict) -> str:
    return result["unique_id"].split(".")[0]


def _name_of(result: dict) -> str:
    return result["unique_id"].split(".", 2)[2]
