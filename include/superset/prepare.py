"""Get Superset ready: its own database, one administrator, and the dashboards of this folder.

It does nothing where nothing changed since the last time. The password is made up once and lies in
`$COMMUNIQUE_HOME/superset/admin_password`, readable to its owner alone.
"""

import hashlib
import logging
import os
import secrets
import sys
import traceback
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
HOME = Path(os.environ["COMMUNIQUE_HOME"]).resolve() / "superset"
ADMINISTRATOR = "admin"


def main() -> int:
    """Return 0 when Superset is ready, 1 with the reason when a step failed."""
    HOME.mkdir(parents=True, exist_ok=True)
    stamp = HOME / "prepared"
    now = _state_of_this_folder()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
        return 0
    _secret("secret_key", 42)
    password = _secret("admin_password", 15)
    steps = {
        "Superset's own database": ["db", "upgrade"],
        "the administrator": _administrator(password),
        "roles and permissions": ["init"],
        "the dashboards": ["import-directory", str(FOLDER / "assets"), "--overwrite"],
    }
    # In this process, and not by four calls of `superset`: each would need ten seconds to start,
    # and the password would stand in the list of processes.
    from superset.app import create_app
    from superset.cli.main import superset

    logging.disable(logging.WARNING)
    runner = create_app().test_cli_runner()
    for says, arguments in steps.items():
        print(f"  {says} ...", flush=True)
        done = runner.invoke(superset, arguments)
        if done.exit_code:
            print(f"Superset could not prepare {says}:\n{done.output[-2000:]}", file=sys.stderr)
            traceback.print_exception(done.exception)
            return 1
    stamp.write_text(now, encoding="utf-8")
    return 0


def _administrator(password: str) -> list[str]:
    names = ["--firstname", "Local", "--lastname", "Administrator"]
    mail = ["--email", f"{ADMINISTRATOR}@localhost"]
    return [
        "fab", "create-admin", "--username", ADMINISTRATOR, *names, *mail, "--password", password
    ]  # fmt: skip


def _secret(name: str, size: int) -> str:
    """Read a secret, or make one up of so many random bytes."""
    file = HOME / name
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(size) + "\n")
    return file.read_text(encoding="utf-8").strip()


def _state_of_this_folder() -> str:
    digest = hashlib.sha256()
    for file in sorted(file for file in FOLDER.rglob("*") if file.suffix in (".yaml", ".lock")):
        digest.update(str(file.relative_to(FOLDER)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
