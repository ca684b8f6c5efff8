"""Calls of dbt, each in a process of its own: within ours it would keep its database locked."""

import json
import os
import runpy
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError


def call(
    *words: str, project: Path, target: Path, database: Path
) -> subprocess.CompletedProcess[str]:
    """Call dbt on a DuckDB file; artefacts and logs go to the folder `target`.

    It ends with this process, also where that one is killed: the next run needs the file.
    """
    target.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-P",
        "-m",
        __name__,
        "--no-use-colors",
        *words,
        "--project-dir",
        str(project),
        "--profiles-dir",
        str(project),
        "--target-path",
        str(target),
        "--log-path",
        str(target / "logs"),
    ]
    environment = {**os.environ, "COMMUNIQUE_BUILD_FILE": str(database)}
    theirs, ours = os.pipe()
    with os.fdopen(theirs) as stdin, os.fdopen(ours, "w"):
        return subprocess.run(
            command, env=environment, stdin=stdin, capture_output=True, text=True, check=False
        )


def manifest(*, project: Path, target: Path) -> dict[str, Any]:
    """Read the project as it stands; no database is opened.

    Raises CommuniqueError with dbt's words when the project cannot be read.
    """
    # Parsing connects to nothing, yet dbt asks where the database would be.
    run = call("parse", project=project, target=target, database=target / "build.duckdb")
    if run.returncode:
        raise CommuniqueError(f"dbt cannot read {project}: {run.stdout.strip()[-2000:]}")
    return json.loads((target / "manifest.json").read_text(encoding="utf-8"))


def _run() -> None:
    """Be dbt, as long as the process that called holds the other end of standard input."""
    threading.Thread(target=_end_with_caller, daemon=True).start()
    runpy.run_path(str(Path(sys.executable).with_name("dbt")), run_name="__main__")


def _end_with_caller() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    _run()
