"""Superset on one machine, for the people who use it: reads the published file, writes nothing."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy.engine.url import URL

HOME = Path(os.environ["COMMUNIQUE_HOME"]).resolve()
"""What analysts read, and the folder `superset` for what Superset itself writes."""

PUBLISHED_FILE = HOME / "warehouse.duckdb"

SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME / 'superset' / 'superset.db'}"
SECRET_KEY = (HOME / "superset" / "secret_key").read_text(encoding="utf-8").strip()

APP_NAME = "communique"
LOGO_RIGHT_TEXT = "communique"
LOGO_TOOLTIP = "communique: who said what, according to whom"

# The words of articles are shown in tables: what looks like HTML in them is cleaned.
HTML_SANITIZATION = True
# Nothing is fetched from elsewhere and nothing reports home.
CONTENT_SECURITY_POLICY_WARNING = False
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'", "'unsafe-eval'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}

EXTRA_CATEGORICAL_COLOR_SCHEMES = [
    {
        "id": "communique",
        "label": "communique",
        "description": "Colours that people with colour blindness tell apart",
        "isDefault": True,
        "colors": [
            "#1d6996",
            "#edad08",
            "#73af48",
            "#94346e",
            "#38a6a5",
            "#e17c05",
            "#5f4690",
            "#cc503e",
            "#0f8554",
            "#6f4070",
        ],
    }
]


def DB_CONNECTION_MUTATOR(
    uri: URL, parameters: dict[str, Any], *_: object
) -> tuple[URL, dict[str, Any]]:
    """Let each connection open the newest release, read-only.

    `warehouse.duckdb` may be a link that the next publication swaps. DuckDB shares one open
    database among the connections of a process by the path that they name, so naming the link
    would keep serving the old night while any connection to it is open; naming the release that
    the link leads to does not. Queries may not read other files of this machine.
    """
    if uri.get_backend_name() != "duckdb":
        return uri, parameters
    parameters = dict(parameters)
    parameters["connect_args"] = {
        **parameters.get("connect_args", {}),
        "config": {"enable_external_access": "false", "lock_configuration": "true"},
    }
    return (
        uri.set(database=str(PUBLISHED_FILE.resolve()), query={"access_mode": "read_only"}),
        parameters,
    )
