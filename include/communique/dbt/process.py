"""`python -m communique.dbt.process WORDS`: be dbt, as long as whoever called is there."""

import os
import runpy
import sys
import threading
from pathlib import Path


def be_dbt() -> None:
    """Run dbt on the words of this process, until the other end of standard input is closed."""
    threading.Thread(target=_end_with_caller, daemon=True).start()
    runpy.run_path(str(Path(sys.executable).with_name("dbt")), run_name="__main__")


def _end_with_caller() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    be_dbt()
