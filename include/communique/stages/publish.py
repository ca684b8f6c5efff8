"""publish: the build's marts become what everybody reads, in one step."""

import time
from datetime import UTC, date, datetime

from communique import mirror, night_lock, warehouse
from communique.errors import CommuniqueError, WrongCallError
from communique.report import Report
from communique.settings import Settings


def do(settings: Settings, dump_date: date) -> Report:
    """Let readers have a new release in place of the last one, and keep the newest few.

    Where another place is named to publish to, the release goes there, too. Raises WrongCallError
    when nothing was built yet, CommuniqueError when the build was not audited or has changed since,
    when it lacks nights that readers have, and when the other place does not take the release,
    which then stands here.
    """
    started = time.monotonic()
    if not settings.build_file.exists():
        raise WrongCallError(f"Nothing is built yet: run `communique run {dump_date}`.")
    with night_lock.hold(settings.lock_file):
        if not settings.audited_file.exists():
            raise CommuniqueError(
                f"The build in {settings.home} is not audited as it is now: another night is being "
                f"loaded, or one was cut off. Run `communique run {dump_date}`."
            )
        published = warehouse.published(settings)
        publication = published.publish(
            settings.build_file,
            published_at=datetime.now(UTC).replace(tzinfo=None),
            keep=settings.keep_releases,
        )
        notes = [f"{published.name}, content hash {publication.marts_hash}"]
        if settings.publish_to:
            copy = mirror.hand_out(
                settings.published_file, settings.publish_to, keep=settings.keep_releases
            )
            notes.append(f"{copy}, to which {settings.publish_to}/newest points")
    return Report(
        stage="publish",
        counts={
            "statements": publication.statement_count,
            "stances": publication.stance_count,
        },
        seconds=time.monotonic() - started,
        notes=tuple(notes),
    )
