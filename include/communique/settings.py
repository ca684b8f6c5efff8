"""Where everything lies; the only module that reads the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from communique.errors import WrongCallError

CHECKOUT = Path(__file__).resolve().parents[2]
_OBJECT_STORAGE = "s3://"
_POSTGRES = "postgres:"
_CONNECTION = re.compile(r"://|\bdbname\s*=")

TARGETS = ("duckdb", "ducklake", "spark")
"""What can be published: a file, or a DuckLake."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The places and limits of one installation.

    `dumps` holds one folder per dump date; everything that a run writes lies under `home`, but for
    a lake that has an address of its own, `lake_at`, and the published files that also go to
    `publish_to`: each a folder, or `s3://bucket/prefix`. `keep_releases` is how many published
    files are kept, the newest first; `workers` is how many processes land, extract and judge at
    once, all cores unless less is said; `shares` is among how many tasks a scheduler shares
    extracting and judging out, as many as workers if 0. Positions are judged by the shipped network
    unless `llm_url` and `llm_model` name a language model. What fails is posted to `alert_url`.
    What is published is a file of DuckDB, or with the `target` ducklake a DuckLake:
    `ducklake_catalog` is a file, or `postgres:` and a connection; `ducklake_data` is a folder or an
    address that starts with s3://, for which `s3` has what DuckDB's secret takes. With the target
    spark it is a file of DuckDB, of marts that the Spark at `spark_master` builds.
    """

    dumps: Path
    home: Path
    lake_at: str | None = None
    publish_to: str | None = None
    dbt_project: Path = CHECKOUT / "dbt_project"
    expectations: Path = CHECKOUT / "expectations"
    cookbook: Path = CHECKOUT / "docs" / "cookbook"
    keep_releases: int = 7
    workers: int = os.cpu_count() or 1
    shares: int = 0
    llm_url: str | None = None
    llm_model: str | None = None
    llm_key: str | None = field(default=None, repr=False)
    llm_requests_per_night: int = 500
    alert_url: str | None = field(default=None, repr=False)
    target: str = "duckdb"
    ducklake_catalog: str | None = field(default=None, repr=False)
    ducklake_data: str | None = None
    spark_master: str = "local[*]"
    s3: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables that start with `COMMUNIQUE_`; each may be absent.

        `DUMPS` (the bundled sample), `HOME` (the folder `var` in the checkout), `LAKE` (the folder
        `lake` in `HOME`), `PUBLISH_TO` (nowhere else), `KEEP_RELEASES` (7), `WORKERS` (the number
        of cores), `SHARES` (0), and for a language model `LLM_URL`, `LLM_MODEL`, `LLM_KEY` and
        `LLM_REQUESTS_PER_NIGHT` (500), `ALERT_URL` (none), and `TARGET` (duckdb) with
        `DUCKLAKE_CATALOG` and `DUCKLAKE_DATA` (both under the home) or `SPARK_MASTER` (local[*]).
        For an object store also the usual variables of AWS are read. Raises WrongCallError when one
        holds what it cannot mean.
        """
        url = environment.get("COMMUNIQUE_LLM_URL") or None
        model = environment.get("COMMUNIQUE_LLM_MODEL") or None
        if bool(url) != bool(model):
            raise WrongCallError(
                "COMMUNIQUE_LLM_URL and COMMUNIQUE_LLM_MODEL go together: set both or none."
            )
        alert_url = environment.get("COMMUNIQUE_ALERT_URL") or None
        for name, address in (("LLM_URL", url), ("ALERT_URL", alert_url)):
            if address and not address.startswith(("http://", "https://")):
                raise WrongCallError(f"COMMUNIQUE_{name} must start with http:// or https://.")
        target = environment.get("COMMUNIQUE_TARGET") or _default("target")
        if target not in TARGETS:
            raise WrongCallError(
                f"COMMUNIQUE_TARGET is {target!r}: give {', '.join(TARGETS[:-1])} or {TARGETS[-1]}."
            )
        publish_to = _address(environment, "PUBLISH_TO")
        if publish_to and target == "ducklake":
            raise WrongCallError(
                "COMMUNIQUE_PUBLISH_TO hands out files of DuckDB: a DuckLake is where "
                "COMMUNIQUE_DUCKLAKE_DATA says. Set one of the two."
            )
        return cls(
            dumps=_folder(environment, "DUMPS", CHECKOUT / "include" / "samples"),
            home=_folder(environment, "HOME", CHECKOUT / "var"),
            lake_at=_address(environment, "LAKE"),
            publish_to=publish_to,
            keep_releases=_count(environment, "keep_releases", least=1),
            workers=_count(environment, "workers", least=1),
            shares=_count(environment, "shares", least=0),
            llm_url=url,
            llm_model=model,
            llm_key=environment.get("COMMUNIQUE_LLM_KEY") or None,
            llm_requests_per_night=_count(environment, "llm_requests_per_night", least=0),
            alert_url=alert_url,
            target=target,
            ducklake_catalog=_catalog(environment),
            ducklake_data=_address(environment, "DUCKLAKE_DATA"),
            spark_master=environment.get("COMMUNIQUE_SPARK_MASTER") or _default("spark_master"),
            s3=_s3(environment),
        )

    def apart(self, home: Path, **changes: object) -> "Settings":
        """Give an installation with a `home` of its own, by the same code and limits.

        Nothing that it does reaches the lake, the readers or the people of this one. `changes` are
        other attributes that it has of its own, such as `dumps`.
        """
        own = {"lake_at": None, "publish_to": None, "alert_url": None, "target": "duckdb"}
        return replace(self, home=home, **own, **changes)

    def dump_folder(self, dump_date: date) -> Path:
        """Name the folder that the dump of one date is delivered to."""
        return self.dumps / dump_date.isoformat()

    @property
    def lake(self) -> str:
        """The address of the Parquet partitions, one per step and dump date."""
        return self.lake_at or str(self.home / "lake")

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
    def ducklake(self) -> Path:
        """Catalog and data of a DuckLake, where they are to lie nowhere else."""
        return self.home / "ducklake"

    @property
    def spark(self) -> Path:
        """What Spark reads and writes while it builds; all its machines must reach it."""
        return self.home / "spark"

    @property
    def reviews_file(self) -> Path:
        """Human decisions on rows (`reviews.csv`), kept by people and never written by a run."""
        return self.home / "reviews.csv"

    @property
    def reports(self) -> Path:
        """The morning reports, a page a night."""
        return self.home / "reports"

    @property
    def data_docs(self) -> Path:
        """Great Expectations' working folder, with the Data Docs site inside."""
        return self.home / "validation"

    @property
    def llm_answers(self) -> Path:
        """Answers of a language model that need not be paid for again."""
        return self.home / "llm_answers"

    @property
    def dbt_target(self) -> Path:
        """The artefacts and logs of the last `dbt build`."""
        return self.home / "dbt"

    @property
    def audited_file(self) -> Path:
        """Is there while the build file is as the last audit found it good."""
        return self.home / "audited"

    @property
    def journal(self) -> Path:
        """Notes on the nights that are begun and not published, one file each."""
        return self.home / "unfinished"

    @property
    def lock_file(self) -> Path:
        """The file that the one writer of the build file holds locked, through a whole night."""
        return self.home / "night.lock"

    def lock_of(self, dump_date: date) -> Path:
        """Name the file that who changes the partitions of one date holds locked."""
        folder = self.home if self.lake.startswith(_OBJECT_STORAGE) else Path(self.lake)
        return folder / "locks" / f"{dump_date}.lock"


def _count(environment: Mapping[str, str], name: str, *, least: int) -> int:
    variable = f"COMMUNIQUE_{name.upper()}"
    value = environment.get(variable) or str(_default(name))
    if not value.isdecimal() or int(value) < least:
        raise WrongCallError(f"{variable} is {value!r}: give a whole number of at least {least}.")
    return int(value)


def _default(name: str) -> object:
    return next(one.default for one in fields(Settings) if one.name == name)


def _address(environment: Mapping[str, str], name: str) -> str | None:
    variable = f"COMMUNIQUE_{name}"
    value = environment.get(variable)
    if not value:
        return None
    if "://" not in value:
        return _path(value)
    bucket, _, _ = value.removeprefix(_OBJECT_STORAGE).partition("/")
    if not value.startswith(_OBJECT_STORAGE) or not bucket or "@" in bucket:
        raise WrongCallError(f"{variable} must be a folder or start with s3://bucket.")
    return value.rstrip("/")


def _folder(environment: Mapping[str, str], name: str, default: Path) -> Path:
    variable = f"COMMUNIQUE_{name}"
    value = environment.get(variable)
    if value and "://" in value:
        raise WrongCallError(
            f"{variable} must be a folder of this machine: object storage is for COMMUNIQUE_LAKE "
            "and COMMUNIQUE_PUBLISH_TO."
        )
    return Path(_path(value)) if value else default


def _catalog(environment: Mapping[str, str]) -> str | None:
    value = environment.get("COMMUNIQUE_DUCKLAKE_CATALOG")
    if not value or value.startswith(_POSTGRES):
        return value or None
    if _CONNECTION.search(value):
        raise WrongCallError(
            "COMMUNIQUE_DUCKLAKE_CATALOG must be a file, or postgres: and a connection: write "
            f"{_POSTGRES} before a connection to PostgreSQL."
        )
    return _path(value)


def _path(value: str) -> str:
    return str(Path(value).expanduser().resolve())


def _s3(environment: Mapping[str, str]) -> dict[str, str]:
    """Translate the usual variables of AWS into what DuckDB's secret takes."""
    endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL") or ""
    scheme, _, host = endpoint.rpartition("://")
    found = {
        "key_id": environment.get("AWS_ACCESS_KEY_ID"),
        "secret": environment.get("AWS_SECRET_ACCESS_KEY"),
        "session_token": environment.get("AWS_SESSION_TOKEN"),
        "region": environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION"),
        "endpoint": host,
        "use_ssl": "false" if scheme == "http" else None,
        # Stores of one's own seldom have a host name a bucket.
        "url_style": "path" if host else None,
    }
    return {name: value for name, value in found.items() if value}
