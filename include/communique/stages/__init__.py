"""The line, one module a stage: `do(settings, dump_date) -> Report`. None imports another."""

import types
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from communique.chunks import Work
from communique.report import Report
from communique.settings import Settings
from communique.stages import audit, extract, judge, land, load, publish, transform, validate

LINE: Mapping[str, Callable[[Settings, date], Report]] = types.MappingProxyType(
    {
        "land_dumps": land.do,
        "validate_articles": partial(validate.do, step="landed"),
        "extract_statements": extract.do,
        "validate_statements": partial(validate.do, step="extracted"),
        "judge_positions": judge.do,
        "validate_positions": partial(validate.do, step="judged"),
        "load_warehouse": load.do,
        "transform_models": transform.do,
        "audit_warehouse": audit.do,
        "publish_warehouse": publish.do,
    }
)
"""What one night runs, in this order; the names are those of the scheduler's tasks."""

IN_CHUNKS: Mapping[str, type[Work]] = types.MappingProxyType(
    {"extract_statements": extract.Extraction, "judge_positions": judge.Judging}
)
"""The stages whose work can be shared out among processes, by `chunks`."""
