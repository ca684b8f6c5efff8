"""What looks at the line from beside it: formats, single texts, and how long things take."""

import argparse
import dataclasses
import json
from pathlib import Path
from statistics import mean
from typing import TextIO

from communique import dumps, extraction, tables
from communique.bench import (
    history,
    landing,
    linking,
    many_workers,
    night,
    questions,
    sizing,
)
from communique.errors import WrongCallError
from communique.settings import Settings


def formats(settings: Settings, call: argparse.Namespace) -> None:
    """List what dumps may be made of."""
    tables.print_table(
        "Formats, each plain or packed (gz, bz2, xz, zst, zip)", ["name", "what"], dumps.FORMATS
    )


def extract_text(settings: Settings, call: argparse.Namespace) -> None:
    """Find who says what in the texts of a JSON Lines file."""
    try:
        lines = call.input.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise WrongCallError(f"{call.input} cannot be read: {error.strerror}.") from error
    network = extraction.Network()
    with _open_output(call.output) as output:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                document = json.loads(line)
                doc_id, text = document["doc_id"], document["text"]
            except (ValueError, KeyError, TypeError):
                raise WrongCallError(
                    f'{call.input}, line {number}: expected {{"doc_id": ..., "text": ...}}.'
                ) from None
            attributions = [
                {
                    "source": [found.source] if found.source else [],
                    "cue": [found.cue] if found.cue else [],
                    "content": found.content,
                }
                for found in extraction.find_attributions(network, text)
            ]
            output.write(json.dumps({"doc_id": doc_id, "attributions": attributions}) + "\n")


def _open_output(file: Path) -> TextIO:
    try:
        return file.open("w", encoding="utf-8")
    except OSError as error:
        raise WrongCallError(f"{file} cannot be written: {error.strerror}.") from error


def measure(settings: Settings, call: argparse.Namespace) -> None:
    """Time the line, the linking of names or the landing."""
    # Each measurement has a home of its own; a DuckLake may lie elsewhere and is for readers.
    settings = dataclasses.replace(settings, target="duckdb")
    if call.mentions is not None:
        linked = linking.measure_linking(
            settings, mention_count=call.mentions, actor_count=call.actors
        )
        print(
            f"{linked.mention_count:,} mentions, {linked.actor_count:,} actors: loaded in "
            f"{linked.load_seconds:.1f} s, all models and tests built in "
            f"{linked.transform_seconds:.1f} s"
        )
        _write_figures(call, linked.as_json())
        return
    if call.nights is not None:
        _measure_history(settings, call)
        return
    if call.sizes is not None:
        _measure_sizes(settings, call)
        return
    if call.many_workers:
        _simulate_workers(settings, call)
        return
    if call.statements is not None:
        _measure_questions(settings, call)
        return
    if call.land is not None or call.land_megabytes is not None:
        landed = landing.measure_landing(
            settings, article_count=call.land, megabytes=call.land_megabytes
        ).as_json()
        tables.print_table("Landing invented articles", list(landed), [tuple(landed.values())])
        _write_figures(call, landed)
        return
    measured = night.measure_night(settings, article_count=call.articles, with_airflow=call.airflow)
    total = sum(measured.seconds.values())
    rows = [
        (stage, f"{seconds:.2f}", f"{seconds / total:.0%}")
        for stage, seconds in measured.seconds.items()
    ]
    title = f"{measured.article_count:,} articles, {measured.workers} workers"
    tables.print_table(title, ["stage", "seconds", "share"], rows)
    reached = [
        ("extract, share of the wall time", f"{measured.extract_share:.0%}", None),
        ("extract and judge, share of it", f"{measured.extraction_share:.0%}", "at least 75%"),
        ("memory of the largest process", f"{measured.largest_process_mb:,.0f} MB", "4,096 MB"),
        ("words per cpu-second, extract", f"{measured.extract_words_per_cpu_second:,.0f}", None),
    ]
    if measured.dag_ratio:
        says = f"{measured.dag_ratio:.2f} times"
        reached.append(("under Airflow, against this", says, "at most 1.15 times"))
    tables.print_table("Reached", ["measure", "is", "to reach"], reached)
    _write_figures(call, measured.as_json())


def _measure_history(settings: Settings, call: argparse.Namespace) -> None:
    done = history.measure_history(
        settings, night_count=call.nights, articles_a_night=call.articles
    )
    early, last = done.early_night_seconds, done.last_night_seconds
    rows = [(stage, early[stage], last[stage], last[stage] / early[stage]) for stage in last]
    rows.append(("together", sum(early.values()), sum(last.values()), done.last_to_early))
    cpu = (done.early_night_cpu_seconds, done.last_night_cpu_seconds, done.last_to_early_cpu)
    rows.append(("processor", *cpu))
    tables.print_table(
        f"{done.night_count:,} nights of {done.articles_a_night:,} articles, "
        f"{done.statement_count:,} statements",
        ["stage", f"night {history.EARLY_NIGHT}", f"night {done.night_count}", "ratio"],
        rows,
    )
    _show_questions(done.scan_seconds, done.questions)
    _write_figures(call, done.as_json())


def _measure_sizes(settings: Settings, call: argparse.Namespace) -> None:
    done = sizing.measure_sizes(settings, call.sizes)
    counts = [f"{one.article_count:,}" for one in done.measured]
    rows = [
        (
            f"{stage.replace('_', ' ')}{' *' if stage in sizing.SHARED_OUT else ''}",
            *(round(one.seconds[stage], 1) for one in done.measured),
            round(line.fixed, 1),
            round(1000 * line.an_article, 1),
            round(done.foretold[stage], 2),
        )
        for stage, line in done.seconds.items()
    ]
    tables.print_table(
        f"Seconds of nights of so many articles, with {done.measured[0].workers} workers; then of "
        "any night, and of 1,000 articles more (* in processor seconds); and what the smaller "
        "nights foretold of the largest, in times of what it took",
        ["stage", *counts, "any night", "1,000 more", "foretold"],
        rows,
    )
    tables.print_table(
        f"What nights need that are over in {sizing.NIGHT_HOURS:.0f} hours; * is shared out",
        ["articles", "core hours *", "cores *", "other hours", "memory GB", "lake GB", "build GB",
         "published GB"],
        [
            (
                f"{one.article_count:,}",
                round(one.shared_core_hours, 1),
                f"{one.shared_cores:,}" if one.shared_cores else "too late",
                round(one.single_hours, 2),
                round(one.memory_gb, 1),
                round(one.lake_gb, 2),
                round(one.build_gb, 2),
                round(one.published_gb, 2),
            )
            for one in done.needs
        ],
    )  # fmt: skip
    _write_figures(call, done.as_json())


def _simulate_workers(settings: Settings, call: argparse.Namespace) -> None:
    done = many_workers.simulate_workers(settings, article_count=call.articles)
    rows = [
        (
            stage.replace("_", " "),
            round(one.a_task, 1),
            round(1000 * mean(one.a_character), 3),
            round(1000 * one.planning, 3),
            round(1000 * one.looking, 4),
            round(1000 * one.joining, 1),
            round(1000 * one.gathering, 2),
        )
        for stage, one in done.costs.items()
    ]
    tables.print_table(
        f"What a night of {done.article_count:,} articles costs one core: seconds to start a task, "
        "and milliseconds of the rest",
        ["stage", "a task", "a character", "planning an article", "looking, an article a chunk",
         "joining a chunk", "gathering an article"],
        rows,
    )  # fmt: skip
    print(
        f"Airflow: {done.scheduling.a_hop:.1f} s from one task to the next, "
        f"{done.scheduling.between_starts:.1f} s between starts side by side"
    )
    tables.print_table(
        "Extracting and judging by many workers, simulated; efficiency is the speed a worker "
        "against that of one alone",
        ["articles", "workers", "seconds", "efficiency"],
        [
            (f"{one.article_count:,}", one.workers, round(one.seconds), round(one.efficiency, 2))
            for one in done.outcomes
        ],
    )
    _write_figures(call, done.as_json())


def _measure_questions(settings: Settings, call: argparse.Namespace) -> None:
    done = questions.measure_questions(settings, statement_count=call.statements)
    print(f"{done.statement_count:,} statements in a file of {done.published_mb:,.0f} MB")
    _show_questions(done.scan_seconds, done.questions)
    _write_figures(call, done.as_json())


def _show_questions(scan_seconds: float, asked: dict[str, float]) -> None:
    tables.print_table(
        f"Questions; one scan of all statements takes {scan_seconds:.2f} s",
        ["question", "seconds", "scans"],
        [(name, seconds, seconds / scan_seconds) for name, seconds in asked.items()],
    )


def _write_figures(call: argparse.Namespace, values: dict) -> None:
    figures = json.dumps(values)
    print(figures)
    if call.json:
        call.json.write_text(figures + "\n", encoding="utf-8")
