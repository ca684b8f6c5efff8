"""Calls of dbt, each in a process of its own: within ours it would keep its database locked."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError

_ON_DUCKDB = "communique.dbt.process"
_ON_SPARK = "communique.dbt.spark"
NO_SESSION = 69
"""With what the process on Spark ends where there is no Spark to build with (EX_UNAVAILABLE)."""
_CAUSE = re.compile(r'^(?:Exception in thread "main"|Caused by:) [\w.$]+: (.+)$', re.MULTILINE)


def call(
    *words: str, project: Path, target: Path, database: Path
) -> subprocess.CompletedProcess[str]:
    """Call dbt on a DuckDB file; artefacts go to the folder `target`.

    It ends with this process, also where that one is killed: the next run needs the file.
    """
    # dbt parses anew when its profile has changed, as the name of a file elsewhere would.
    variables = {"COMMUNIQUE_BUILD_FILE": database.name}
    return _call([_ON_DUCKDB, *words], project, target, database.parent, variables)


def call_on_spark(
    *words: str, project: Path, target: Path, master: str, folder: Path
) -> subprocess.CompletedProcess[str]:
    """Call dbt on Spark, whose tables lie in `folder`: those of `raw` are there, the rest comes.

    `master` is what Spark calls one: local[*], spark://host:port, yarn. Raises CommuniqueError when
    this environment has no Spark, this machine no Java, or the master does not answer.
    """
    if not importlib.util.find_spec("pyspark"):
        raise CommuniqueError(
            "COMMUNIQUE_TARGET is spark, and here is no Spark: call communique in the environment "
            "that `make distributed` sets up."
        )
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise CommuniqueError(
            "Spark needs Java 17 (Debian: apt-get install openjdk-17-jre-headless) on the PATH, or "
            "where JAVA_HOME says."
        )
    words = (_ON_SPARK, master, str(folder), *words, "--target", "spark")
    run = _call(words, project, target, folder, {})
    if run.returncode == NO_SESSION:
        cause = _CAUSE.search(run.stderr)
        said = cause[1].strip() if cause else run.stderr.strip()[-300:]
        raise CommuniqueError(
            f"Spark does not start with COMMUNIQUE_SPARK_MASTER={master}: {said}. Name one that "
            "runs, such as spark://host:7077, or local[*] for the cores of this machine."
        )
    return run


def _call(
    words: Sequence[str], project: Path, target: Path, folder: Path, variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    project, target = project.absolute(), target.absolute()
    target.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-P",
        "-m",
        *words,
        "--no-use-colors",
        "--project-dir",
        str(project),
        "--profiles-dir",
        str(project),
        "--target-path",
        str(target),
        "--log-path",
        str(target),
        # The log repeats what the artefacts hold, for an eighth of the time of a build.
        "--log-level-file",
        "none",
    ]
    environment = {**os.environ, **variables}
    theirs, ours = os.pipe()
    with os.fdopen(theirs) as stdin, os.fdopen(ours, "w"):
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=stdin,
            capture_output=True,
            text=True,
            check=False,
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
