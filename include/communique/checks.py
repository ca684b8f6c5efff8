"""Holding a table against its suite in `expectations/`, with Great Expectations.

A suite is one YAML file: which table it is about, and its expectations by Great Expectations'
own names, each marked fail or warn and with what a person should do when it does not hold.
"""

import html
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import yaml

from communique.errors import CheckFailedError, CommuniqueError
from communique.records import ValidationResult

if TYPE_CHECKING:
    from great_expectations.core import (
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )
    from great_expectations.data_context import EphemeralDataContext
    from great_expectations.data_context.types.resource_identifiers import (
        ValidationResultIdentifier,
    )
    from great_expectations.expectations.expectation import Expectation

_GX_SEVERITY = {"fail": "critical", "warn": "warning"}
_SHOWN_VALUES = 5
_LONGEST_VALUE = 200
_KEPT_RUNS = 7
"""The Data Docs show so many runs of a suite; what older ones found are rows in `ops`."""


@dataclass(frozen=True, kw_only=True)
class Suite:
    """One file of `expectations/`.

    It is about a Parquet `table` of the lake, the figures of a step (`night`) beside those of the
    nights before, or a `query` to the warehouse; `derive` adds columns computed from others;
    `expectations` are as in the file.
    """

    name: str
    table: str | None
    night: str | None
    query: str | None
    derive: Mapping[str, str]
    expectations: tuple[Mapping[str, Any], ...]

    def names(self, column: str) -> bool:
        """Whether an expectation or a formula has the name of a column in it."""
        return column in re.findall(r"\w+", repr((self.derive, self.expectations)))


def read_suites(folder: Path) -> list[Suite]:
    """Read all suites, by name. Raises CommuniqueError for a file that is no suite."""
    suites = [_read_suite(file) for file in sorted(folder.glob("*.yml"))]
    if not suites:
        raise CommuniqueError(f"There are no suites in {folder}: restore the expectations.")
    return suites


def run_suites(
    suites: Sequence[Suite],
    read_table: Callable[[Suite], pd.DataFrame],
    *,
    only: Callable[[Suite], bool],
    project: Path,
    run_id: str,
    dump_date: date,
) -> list[ValidationResult]:
    """Run some suites over their tables, with results as records.

    The Data Docs under `project` get pages of these runs and keep those of the other suites.
    """
    stored = project / "gx" / "uncommitted"
    context = _open_context(stored, suites)
    results, outcomes = [], {}
    for suite in filter(only, suites):
        frame = read_table(suite)
        for column, formula in suite.derive.items():
            frame[column] = frame.eval(formula)
        place, outcome = _run(context, suite, frame, f"{dump_date}-{run_id}")
        results += [_record(suite, one, run_id, dump_date) for one in outcome.results]
        outcomes[place] = outcome
    _document(context, stored, outcomes)
    return results


def judge(results: Iterable[ValidationResult], dump_date: date) -> tuple[str, ...]:
    """Tell what did not hold: the warnings, one line each.

    Raises CheckFailedError, with what to do, when an expectation marked fail did not hold.
    """
    broken = [result for result in results if not result.is_success]
    failed = [result for result in broken if result.severity == "fail"]
    if failed:
        reasons = "\n".join(f"  {_describe(result)}\n    {result.advice}" for result in failed)
        raise CheckFailedError(
            f"{len(failed)} check(s) of {dump_date} failed and nothing was published:\n{reasons}"
        )
    return tuple(f"warning: {_describe(result)}: {result.advice}" for result in broken)


def _describe(result: ValidationResult) -> str:
    where = f"{result.suite_name}.{result.column_name}" if result.column_name else result.suite_name
    seen = f" (seen: {result.observed_value})" if result.observed_value else ""
    rows = f" in {result.unexpected_count:,} rows" if result.unexpected_count else ""
    return f"{where}: {result.expectation_type} does not hold{rows}{seen}"


def _read_suite(file: Path) -> Suite:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        expectations = tuple(content["expectations"])
        for expectation in expectations:
            if expectation["severity"] not in _GX_SEVERITY or not expectation["advice"]:
                raise ValueError(f"{expectation['type']} needs severity fail or warn, and advice")
        return Suite(
            name=file.stem,
            table=content.get("table"),
            night=content.get("night"),
            query=content.get("query"),
            derive=content.get("derive", {}),
            expectations=expectations,
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise CommuniqueError(f"{file} is no suite of expectations: {error!r}") from error


def _open_context(stored: Path, suites: Iterable[Suite]) -> "EphemeralDataContext":
    """Open what the checks need; only results and Data Docs lie on disk.

    What Great Expectations would keep beside them is written anew by every run, and a run that is
    killed while it writes would leave a half that no later one can read. The import takes seconds,
    so only those who check pay for it.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    defaults = InMemoryStoreBackendDefaults()
    defaults.stores[defaults.validation_results_store_name]["store_backend"] = _folder_of(
        stored / "validations"
    )
    defaults.data_docs_sites = {
        "local_site": {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "store_backend": _folder_of(stored / "data_docs" / "local_site"),
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        }
    }
    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=defaults, progress_bars=ProgressBarsConfig(globally=False)
        ),
    )
    for suite in suites:
        context.suites.add(gx.ExpectationSuite(name=suite.name, expectations=_expectations(suite)))
    return context


def _folder_of(place: Path) -> dict[str, str]:
    return {
        "class_name": "TupleFilesystemStoreBackend",
        "base_directory": str(place),
        "suppress_store_backend_id": "true",
    }


def _expectations(suite: Suite) -> list["Expectation"]:
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    return [
        ExpectationConfiguration(
            type=expectation["type"],
            kwargs=_arguments(expectation),
            severity=_GX_SEVERITY[expectation["severity"]],
            meta={"severity": expectation["severity"], "advice": expectation["advice"]},
            notes=expectation["advice"],
        ).to_domain_obj()
        for expectation in suite.expectations
    ]


def _run(
    context: "EphemeralDataContext", suite: Suite, frame: pd.DataFrame, run_name: str
) -> tuple["ValidationResultIdentifier", "ExpectationSuiteValidationResult"]:
    import great_expectations as gx

    batch = (
        context.data_sources.add_pandas(suite.name)
        .add_dataframe_asset(suite.name)
        .add_batch_definition_whole_dataframe("night")
    )
    definition = gx.ValidationDefinition(
        name=suite.name, data=batch, suite=context.suites.get(suite.name)
    )
    checkpoint = gx.Checkpoint(
        name=suite.name,
        validation_definitions=[context.validation_definitions.add(definition)],
        result_format={"result_format": "BASIC", "partial_unexpected_count": _SHOWN_VALUES},
    )
    outcome = context.checkpoints.add(checkpoint).run(
        batch_parameters={"dataframe": frame},
        run_id=gx.RunIdentifier(run_name=run_name),
    )
    (place_and_result,) = outcome.run_results.items()
    return place_and_result


def _document(
    context: "EphemeralDataContext",
    stored: Path,
    outcomes: Mapping["ValidationResultIdentifier", "ExpectationSuiteValidationResult"],
) -> None:
    """Add the runs to the Data Docs, and drop the oldest from them.

    Great Expectations writes the values it shows into its pages as they are, and ours come from
    articles and dumps; so they are stored anew, escaped, before the pages are made.
    """
    from great_expectations.data_context.types.resource_identifiers import (
        ExpectationSuiteIdentifier,
    )

    for place, outcome in outcomes.items():
        for result in outcome.results:
            result.result = _escape(result.result)
            result.exception_info = _escape(result.exception_info)
        context.validation_results_store.set(place, outcome)
    _forget_old_runs(stored)
    suites = [ExpectationSuiteIdentifier(name=outcome.suite_name) for outcome in outcomes.values()]
    context.build_data_docs(resource_identifiers=[*outcomes, *suites])


def _forget_old_runs(stored: Path) -> None:
    """Keep the newest runs of each suite: the index reads every one again each time."""
    for suite in (stored / "validations").glob("*/"):
        for run in sorted(suite.iterdir(), key=_time_of)[:-_KEPT_RUNS]:
            shutil.rmtree(run)
            for pages in stored.glob(f"data_docs/*/validations/{suite.name}/{run.name}"):
                shutil.rmtree(pages)


def _time_of(run: Path) -> str:
    return max((time.name for time in run.iterdir()), default="")


def _escape(value: object) -> object:
    if isinstance(value, str):
        return html.escape(value)
    if isinstance(value, Mapping):
        return {key: _escape(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_escape(held) for held in value]
    return value


def _arguments(expectation: Mapping[str, Any]) -> dict[str, Any]:
    ours = ("type", "severity", "advice")
    return {name: value for name, value in expectation.items() if name not in ours}


def _record(
    suite: Suite, outcome: "ExpectationValidationResult", run_id: str, dump_date: date
) -> ValidationResult:
    config = outcome.expectation_config
    columns = [config.kwargs.get(name) for name in ("column", "column_A", "column_B")]
    columns += config.kwargs.get("column_list", [])
    return ValidationResult(
        run_id=run_id,
        dump_date=dump_date,
        suite_name=suite.name,
        expectation_type=config.type,
        column_name=", ".join(column for column in columns if column) or None,
        severity=config.meta["severity"],
        is_success=bool(outcome.success),
        observed_value=_observed(outcome),
        unexpected_count=outcome.result.get("unexpected_count"),
        advice=config.meta["advice"],
    )


def _observed(outcome: "ExpectationValidationResult") -> str | None:
    """What was seen: the value, some of the values that should not be there, or the exception."""
    if "observed_value" in outcome.result:
        return str(outcome.result["observed_value"])
    unexpected = outcome.result.get("partial_unexpected_list")
    if unexpected:
        return ", ".join(str(value)[:_LONGEST_VALUE] for value in unexpected)
    if not outcome.success and not outcome.result:
        messages = [
            details["exception_message"]
            for details in outcome.exception_info.values()
            if isinstance(details, dict)
        ]
        return "; ".join(messages) or str(outcome.exception_info.get("exception_message"))
    return None
