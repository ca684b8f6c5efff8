"""transform: one `dbt build` turns `raw` into the marts."""

import errno
import hashlib
import json
import os
import time
from datetime import date
from pathlib import Path

from communique import engines, night_lock, warehouse
from communique.engines import Engine
from communique.errors import CheckFailedError, CommuniqueError, WrongCallError
from communique.records import DbtResult
from communique.report import Report
from communique.settings import Settings

_MOST_NAMED = 5
_MOST_ROWS = 3
_LONGEST_MESSAGE = 300


def do(settings: Settings, dump_date: date) -> Report:
    """Build all seeds, models and dbt tests; every node's outcome becomes a row in `ops`.

    Of the facts only what the loads since the last build touched is built and tested, unless models
    or seeds changed since then: then everything is.

    dbt runs in a process of its own: within ours it would keep the build file locked until we end.
    Raises CheckFailedError when a dbt test fails, CommuniqueError when a model does.
    """
    started = time.monotonic()
    if not settings.build_file.exists():
        raise WrongCallError(f"Nothing is loaded yet: run `communique run {dump_date}`.")
    with night_lock.hold(settings.lock_file):
        settings.audited_file.unlink(missing_ok=True)
        fingerprint = fingerprint_of(settings.dbt_project)
        engine = engines.engine(settings)
        (settings.dbt_target / "run_results.json").unlink(missing_ok=True)
        built = engine.build(fingerprint)
        output = built.stdout + built.stderr
        if os.strerror(errno.ENOSPC) in output:
            raise CommuniqueError(
                f"The disk is full: dbt could not write in {settings.home}. Free some space and "
                "run again; the published file is untouched."
            )
        run = _read_run(settings.dbt_target / "run_results.json")
        results = _results(run, engine, dump_date)
        if not results:
            raise CommuniqueError(f"dbt could not start: {output.strip()[-2000:]}")
        warehouse.append(settings.build_file, results)
        _stop_on_failure(run, engine, settings)
        engine.settle(fingerprint)
        warnings = tuple(
            f"dbt warns: {_explain(one, engine)}"
            for one in run["results"]
            if one["status"] == "warn"
        )
    return Report(
        stage="transform",
        counts={
            "models": sum(r.resource_type == "model" for r in results),
            "tests": sum(r.resource_type == "test" for r in results),
            "warnings": len(warnings),
        },
        seconds=time.monotonic() - started,
        notes=warnings,
    )


def fingerprint_of(project: Path) -> str:
    """Hash what decides about the tables: models, macros, seeds and variables."""
    digest = hashlib.sha256()
    files = [project / "dbt_project.yml"]
    for folder in ("macros", "models", "seeds"):
        files += sorted(file for file in (project / folder).rglob("*") if file.is_file())
    for file in files:
        digest.update(str(file.relative_to(project)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _read_run(file: Path) -> dict:
    if not file.exists():
        return {"results": []}
    return json.loads(file.read_text(encoding="utf-8"))


def _results(run: dict, engine: Engine, dump_date: date) -> list[DbtResult]:
    results = run["results"]
    row_counts = engine.row_counts(_built(results))
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


def _built(results: list[dict]) -> dict[str, str]:
    return {
        result["unique_id"]: result["relation_name"]
        for result in results
        if _type_of(result) in ("model", "seed")
        and result["status"] == "success"
        and result["relation_name"]
    }


def _stop_on_failure(run: dict, engine: Engine, settings: Settings) -> None:
    broken = [one for one in run["results"] if one["status"] in ("error", "fail", "runtime error")]
    if not broken:
        return
    what = "\n".join(f"  {_explain(one, engine)}" for one in broken[:_MOST_NAMED])
    more = f"\n  and {len(broken) - _MOST_NAMED} more" if len(broken) > _MOST_NAMED else ""
    queries = settings.dbt_target / "run"
    if all(_type_of(one) == "test" and one["status"] == "fail" for one in broken):
        raise CheckFailedError(
            f"dbt tests failed:\n{what}{more}\nNothing was published; {queries} holds the "
            "query of each test."
        )
    raise CommuniqueError(
        f"dbt could not build:\n{what}{more}\nNothing was published; {queries} "
        "holds the statements of each model."
    )


def _explain(result: dict, engine: Engine) -> str:
    """Name a node with what is wrong: the first rows that a test found, or what dbt says."""
    if _type_of(result) != "test" or result["status"] not in ("fail", "warn"):
        said = " ".join((result["message"] or "").split())
        return f"{_name_of(result)}: {said[:_LONGEST_MESSAGE]}"
    names, rows = engine.answer(result["compiled_code"])
    if not rows:
        return f"{_name_of(result)}: {result['message']}"
    shown = [
        ", ".join(
            f"{name} {value}" for name, value in zip(names, row, strict=True) if value is not None
        )
        for row in rows[:_MOST_ROWS]
    ]
    more = f"; and {len(rows) - _MOST_ROWS} more" if len(rows) > _MOST_ROWS else ""
    return f"{_name_of(result)}: {'; '.join(shown)}{more}"


def _type_of(result: dict) -> str:
    return result["unique_id"].split(".")[0]


def _name_of(result: dict) -> str:
    return result["unique_id"].split(".", 2)[2]
