"""audit: questions to the whole warehouse, asked of the build before readers get to see it."""

import time
import uuid
from datetime import date

from communique import checks, night_lock, warehouse
from communique.errors import WrongCallError
from communique.report import Report
from communique.settings import Settings


def do(settings: Settings, dump_date: date) -> Report:
    """Run the suites that question the built marts; `$night` in a query is the dump date.

    Raises CheckFailedError when an expectation marked fail does not hold.
    """
    started = time.monotonic()
    if not settings.build_file.exists():
        raise WrongCallError(f"Nothing is built yet: run `communique run {dump_date}`.")
    with night_lock.hold(settings.lock_file):
        results = checks.run_suites(
            checks.read_suites(settings.expectations),
            lambda suite: warehouse.query_frame(
                settings.build_file, suite.query, {"night": dump_date}
            ),
            only=lambda suite: suite.query is not None,
            project=settings.data_docs,
            run_id=uuid.uuid4().hex[:16],
            dump_date=dump_date,
        )
        warehouse.append(settings.build_file, results)
        warnings = checks.judge(results, dump_date)
        settings.audited_file.touch()
    return Report(
        stage="audit",
        counts={"checks": len(results), "warnings": len(warnings)},
        seconds=time.monotonic() - started,
        notes=warnings,
    )
