"""A failed night reaches people: the message goes where `COMMUNIQUE_ALERT_URL` says."""

import http.client
import json
import sys
import urllib.request
from datetime import date

from communique.settings import Settings

_SECONDS = 10
_LONGEST_MESSAGE = 4_000


def post(settings: Settings, dump_date: date, stage: str, message: str) -> None:
    """Post `{"night", "stage", "message"}` as JSON to the address in the settings, if any.

    Whatever happens there fails no night: it is one line on standard error. The address may be a
    secret, so nothing that is printed holds it.
    """
    if settings.alert_url is None:
        return
    body = {"night": str(dump_date), "stage": stage, "message": message[:_LONGEST_MESSAGE]}
    try:
        request = urllib.request.Request(
            settings.alert_url,
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "User-Agent": "communique"},
        )
        with urllib.request.urlopen(request, timeout=_SECONDS):
            pass
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "code", None) or type(error).__name__
        print(
            f"The alert about {dump_date} was not taken at COMMUNIQUE_ALERT_URL: {reason}.",
            file=sys.stderr,
        )
