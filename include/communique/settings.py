"""Where everything lies; the only module that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from communique.errors import WrongCallError

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The places and limits of one installation.

    `dumps` holds one folder per dump date; everything that a run writes lies under `home`;
    `keep_releases` is how many published files are kept, the newest first.
    """

    dumps: Path
    home: Path
    dbt_project: Path = CHECKOUT / "dbt_project"
    expectations: Path = CHECKOUT / "expectations"
    cookbook: Path = CHECKOUT / "docs" / "cookbook"
    keep_releases: int = 7

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read `COMMUNIQUE_DUMPS`, `COMMUNIQUE_HOME` and `COMMUNIQUE_KEEP_RELEASES`.

        Without them: the bundled sample, the folder `var` in the checkout, and 7.
        Raises WrongCallError when a variable holds what it cannot mean.
        """
        default_dumps = CHECKOUT / "include" / "samples"
        keep = environment.get("COMMUNIQUE_KEEP_RELEASES") or str(_default("keep_releases"))
        if not keep.isdecimal() or int(keep) < 1:
            raise WrongCallError(
                f"COMMUNIQUE_KEEP_RELEASES is {keep!r}: give a whole number of at least 1."
            )
        return cls(
            dumps=_folder(environment.get("COMMUNIQUE_DUMPS"), default_dumps),
            home=_folder(environment.get("COMMUNIQUE_HOME"), CHECKOUT / "var"),
            keep_releases=int(keep),
        )

    def dump_folder(self, dump_date: date) -> Path:
        """Name the folder that the dump of one date is delivered to."""
        return self.dumps / dump_date.isoformat()

    @property
    def lake(self) -> Path:
        """Parquet partitions, one folder per step and dump date."""
        return self.home / "lake"

    @property
    def build_file(self) -> Path:
        """The DuckDB file that one writer at a time works on; no reader opens it."""
        return self.home / "build.duckdb"

    @property
    def published_file(self) -> Path:
        """The link that analysts open: always the newest complete release."""
        return self.home / "warehouse.duckdb"

    @property
    def releases(self) -> Path:
        """The published files that are kept, one folder each."""
        return self.home / "releases"

    @property
    def reviews_file(self) -> Path:
        """Human decisions on rows (`reviews.csv`), kept by people and never written by a run."""
        return self.home / "reviews.csv"

    @property
    def data_docs(self) -> Path:
        """Great Expectations' working folder, with the Data Docs site inside."""
        return self.home / "validation"

    @property
    def dbt_target(self) -> Path:
        """The artefacts and logs of the last `dbt build`."""
        return self.home / "dbt"

    @property
    def lock_file(self) -> Path:
        """The file that the one running night holds locked."""
        return self.home / "night.lock"


def _default(name: str) -> object:
    return next(field.default for field in fields(Settings) if field.name == name)


def _folder(value: str | None, default: Path) -> Path:
    return Path(value).expanduser().resolve() if value else default
