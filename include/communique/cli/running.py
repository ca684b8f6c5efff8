"""What runs nights: one, many, one stage of one, and history again."""

import argparse
import importlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import dropwhile

from communique import alerts, journal, lake, mirror, night_lock, nights, tables
from communique.errors import CheckFailedError, CommuniqueError, WrongCallError, explain
from communique.report import Report
from communique.settings import Settings
from communique.stages import LINE, audit, extract, judge, load, publish, transform, validate


def run(settings: Settings, call: argparse.Namespace) -> None:
    """Run all stages of one night."""
    _run_night(settings, call.date)


def _run_night(settings: Settings, dump_date: date) -> None:
    print(f"Night of {dump_date}, from {settings.dump_folder(dump_date)}")
    with night_lock.hold(settings.lock_file):
        for stage, do in LINE.items():
            _do_stage(settings, dump_date, stage, do)


def _do_stage(
    settings: Settings, dump_date: date, stage: str, do: Callable[[Settings, date], Report]
) -> None:
    """Run a stage of a night; people hear of it when it fails."""
    try:
        with journal.keep(settings, dump_date, stage):
            _tell(do(settings, dump_date))
    except Exception as error:
        alerts.post(settings, dump_date, stage, explain(error, settings.home))
        raise


def backfill(settings: Settings, call: argparse.Namespace) -> None:
    """Run the nights of a range that are not done, oldest first, and hand out the last release."""
    if call.first > call.last:
        raise WrongCallError(f"{call.first} is after {call.last}: give the oldest date first.")
    dates = [call.first + timedelta(days=day) for day in range((call.last - call.first).days + 1)]
    delivered = [day for day in dates if settings.dump_folder(day).is_dir()]
    if not delivered:
        raise WrongCallError(
            f"There is no dump folder in {settings.dumps} for any date from {call.first} "
            f"to {call.last}: deliver the dumps there, or set COMMUNIQUE_DUMPS."
        )
    runs = nights.published_runs(settings)
    left = [day for day in delivered if call.again or not nights.is_done(settings, day, runs)]
    kept = [day for day in delivered if day not in left]
    if kept:
        print(
            f"{len(kept)} of {len(delivered)} night(s) are done and kept (--again does them again)."
        )
    for day in left:
        try:
            _run_night(settings, day)
        except CommuniqueError:
            later = [other for other in left if other > day]
            if later:
                print(
                    f"The backfill stopped at {day}; {len(later)} later night(s) did not run: "
                    f"`communique backfill {later[0]} {call.last}` goes on after it."
                )
            raise
    _catch_up(settings)
    journal.forget_failures(settings, kept, {journal.LAST_STAGE})
    missing = [str(day) for day in dates if day not in delivered]
    if missing:
        print(f"No dump was delivered for {', '.join(missing)}.")


def _catch_up(settings: Settings) -> None:
    """Hand the last release out, where another place is named and an earlier run could not."""
    release, there = settings.published_file, settings.publish_to
    if not there or not release.exists() or mirror.is_handed_out(release, there):
        return
    with night_lock.hold(settings.lock_file):
        copy = mirror.hand_out(release, there, keep=settings.keep_releases)
    print(f"The last release is handed out now: {copy}, to which {there}/newest points.")


def rescore(settings: Settings, call: argparse.Namespace) -> None:
    """Judge extracted nights again and publish them together."""
    _redo(settings, _nights_in(settings, call, "extracted"), {"judged": judge.do})


def reextract(settings: Settings, call: argparse.Namespace) -> None:
    """Extract and judge landed nights again and publish them together."""
    dump_dates = _nights_in(settings, call, "landed")
    _redo(settings, dump_dates, {"extracted": extract.do, "judged": judge.do})


def _nights_in(settings: Settings, call: argparse.Namespace, step: str) -> list[date]:
    found = [day for day in lake.dump_dates(settings.lake, step) if call.first <= day <= call.last]
    if not found:
        raise WrongCallError(
            f"No night is {step} in {settings.lake} for that range: start with "
            "`communique run DATE`."
        )
    return found


def _redo(
    settings: Settings, dump_dates: Sequence[date], steps: Mapping[str, Callable[..., Report]]
) -> None:
    """Make steps of nights again in the lake, all of them, before readers get to see any.

    Nothing is locked for long meanwhile, so that new nights run, and one that runs is waited for;
    what is unchanged is kept, so that a call that was cut off goes on. Nights whose kept steps fail
    their checks are left out.
    """
    dump_dates = _passing(settings, dump_dates, [one for one in validate.STEPS if one not in steps])
    for number, night in enumerate(dump_dates, start=1):
        _say(f"Night of {night}, {number} of {len(dump_dates)}")
        for do in steps.values():
            _tell(do(settings, night))
    with night_lock.hold(settings.lock_file, tell_waiting=_say):
        for night in dump_dates:
            for step in steps:
                _tell(validate.do(settings, night, step))
        for night in dump_dates:
            _tell(load.do(settings, night))
        for do in (transform.do, audit.do, publish.do):
            _tell(do(settings, dump_dates[-1]))
        redone = list(dropwhile(lambda stage: LINE[stage] not in steps.values(), LINE))
        journal.forget_failures(settings, dump_dates, redone)


def _passing(
    settings: Settings, dump_dates: Sequence[date], steps: Sequence[str]
) -> Sequence[date]:
    """Give the nights whose steps pass their checks, and name the others.

    Raises CheckFailedError when there is none.
    """
    failed = {}
    for night in dump_dates:
        try:
            with night_lock.hold(settings.lock_file, tell_waiting=_say):
                for step in steps:
                    validate.do(settings, night, step)
        except CheckFailedError as error:
            failed[night] = error
            why = tables.printable(" ".join(str(error).split()))
            print(f"Night of {night} is left out: {why}")
    passing = [night for night in dump_dates if night not in failed]
    if not passing:
        raise CheckFailedError(
            "No night of that range passes its checks, so nothing was published: mend what is said "
            f"above, then run each night again, such as `communique run {dump_dates[-1]}`."
        )
    return passing


def run_stage(settings: Settings, call: argparse.Namespace) -> None:
    """Run the stage that is called like the verb."""
    stage = importlib.import_module(f"communique.stages.{call.verb}")
    _tell(stage.do(settings, call.date))


def validate_step(settings: Settings, call: argparse.Namespace) -> None:
    """Hold one step of a night against its expectations."""
    _tell(validate.do(settings, call.date, call.step))


def _say(message: str) -> None:
    """Print what people wait on at once, also into a log."""
    print(message, flush=True)


def _tell(report: Report) -> None:
    _say(f"  {report}")
    for note in report.notes:
        _say(f"             {tables.printable(note)}")
