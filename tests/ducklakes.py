"""What is asked of a DuckLake whichever catalog it has, by processes of their own as users are."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb

from communique import warehouse
from communique.warehouse.database import open_to_read
from communique.warehouse.differences import tables_in
from communique.warehouse.ducklake import DuckLake

_LOAD = """
import json, sys, time
from pathlib import Path
import duckdb
import duckdb_extension_ducklake, {scanner}

def attach(address, options="create_if_not_exists false"):
    connection = duckdb.connect(config={{"threads": 1}})
    for package in (duckdb_extension_ducklake, {scanner}):
        (extension,) = Path(package.__file__).parent.glob("**/*.duckdb_extension")
        connection.execute(f"load '{{extension}}'")
    if address.startswith("sqlite:"):
        options += ", meta_busy_timeout 30000"
    connection.execute(f"attach 'ducklake:{{address}}' as lake ({{options}})")
    return connection
"""

_READER = """
lake, stop = attach(sys.argv[1], "read_only"), Path(sys.argv[2])
nights, torn, reads = set(), [], 0
while not stop.exists() or not reads:
    found = lake.execute(
        "select min(night), max(night), count(*), "
        "(select min(night) from lake.marts.fct_stances), "
        "(select arg_max(statement_count, published_at) from lake.ops.publications) "
        "from lake.marts.fct_statements"
    ).fetchone()
    first, last, rows, of_stances, announced = found
    nights.add(last)
    if not (first == last == of_stances and rows == announced):
        torn.append(found)
    reads += 1
    if reads == 1:
        print("reading", flush=True)
print(json.dumps({"reads": reads, "torn": torn, "nights": sorted(nights)}))
"""

_ANALYST = """
lake = attach(sys.argv[1])
lake.execute("create schema if not exists lake.notes")
lake.execute("create table if not exists lake.notes.remarks (remark integer)")
for remark in range(int(sys.argv[2])):
    lake.execute("insert into lake.notes.remarks values (?)", [remark])
    time.sleep(0.1)
"""

_PUBLISHER = """
import sys
from datetime import datetime
from pathlib import Path
from builds import invent_build
from communique.warehouse.ducklake import DuckLake

lake, folder = DuckLake(catalog=sys.argv[1], data=sys.argv[2]), Path(sys.argv[3])
for night in map(int, sys.argv[4:]):
    lake.publish(invent_build(folder, night), published_at=datetime.now(), keep=100)
"""


def address_of(lake: DuckLake) -> str:
    """How an analyst names the catalog."""
    return lake.catalog if lake.catalog.startswith("postgres:") else f"sqlite:{lake.catalog}"


def scanner_of(lake: DuckLake) -> str:
    kind = "postgres" if lake.catalog.startswith("postgres:") else "sqlite"
    return f"duckdb_extension_{kind}_scanner"


def start(script: str, lake: DuckLake, *words: object) -> subprocess.Popen:
    """Run one of the scripts above in a process of its own."""
    code = _LOAD.format(scanner=scanner_of(lake)) + script
    command = [sys.executable, "-c", code, address_of(lake), *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def start_publisher(lake: DuckLake, folder: Path, nights: list[int]) -> subprocess.Popen:
    folder.mkdir()
    return subprocess.Popen(
        [sys.executable, "-c", _PUBLISHER, lake.catalog, lake.data, folder, *map(str, nights)],
        cwd=Path(__file__).parent,
        stderr=subprocess.PIPE,
        text=True,
    )


def attached(lake: DuckLake) -> duckdb.DuckDBPyConnection:
    """Attach it as an analyst does, without any option, as `lake`."""
    names = {"lake": None}
    exec(_LOAD.format(scanner=scanner_of(lake)), names)
    return names["attach"](address_of(lake))


def difference_of(one: warehouse.Warehouse, other: warehouse.Warehouse) -> list[str]:
    """Name the marts that two places define or describe otherwise, or that say something else."""
    found = []
    for place in (one, other):
        with open_to_read(place) as connection:
            (database,) = connection.execute("select current_database()").fetchone()
            tables = tables_in(connection, database, "marts")
            found.append(
                {
                    key: (
                        table.columns,
                        table.comments,
                        connection.execute(f"from {key} order by all").fetchall(),
                    )
                    for key, table in tables.items()
                }
            )
    one, other = found
    assert len(one) > 1
    return [key for key in sorted(one.keys() | other.keys()) if one.get(key) != other.get(key)]


def whole_nights_while(lake: DuckLake, stop: Path, publish, nights: range) -> dict:
    """What a reader saw that attached before the first of these publications."""
    reader = start(_READER, lake, stop)
    try:
        assert reader.stdout.readline() == "reading\n", reader.stderr.read()
        for night in nights:
            publish(night)
    finally:
        stop.touch()
        told, errors = reader.communicate()
    assert not errors
    return json.loads(told)


def commit_at_once(lake: DuckLake, folder: Path, remarks: int) -> dict:
    """Let two installations publish two nights each while an analyst writes; what became of it."""
    processes = [
        start_publisher(lake, folder / "one", [2, 4]),
        start_publisher(lake, folder / "other", [3, 5]),
        start(_ANALYST, lake, remarks),
    ]
    for process in processes:
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
    with attached(lake) as reader:
        announced = reader.execute(
            "select statement_count // 100 from lake.ops.publications order by published_at"
        ).fetchall()
        snapshots = reader.execute(
            "select snapshot_id from lake.snapshots() where author = 'communique' order by all"
        ).fetchall()
        nights = [
            reader.execute(
                "select (select [min(night), max(night), count(*) // 100] "
                f"from lake.marts.fct_statements at (version => {snapshot})) "
                "|| (select [min(night), max(night), count(*) // 100] "
                f"from lake.marts.fct_stances at (version => {snapshot}))"
            ).fetchone()[0]
            for (snapshot,) in snapshots
        ]
        written = reader.execute("select count(distinct remark) from lake.notes.remarks").fetchone()
    return {
        "announced": [night for (night,) in announced],
        "nights": nights,
        "remarks": written[0],
    }
