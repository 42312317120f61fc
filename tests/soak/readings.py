"""One look at the program from outside: memory, descriptors, threads, tasks, database, files."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from prometheus_client.parser import text_string_to_metric_families

from tests.bench.processes import MB, children_of, resident_mb, share_mb

TASKS = "petaflop_event_loop_tasks"

BOUNDS = {
    "main process, MB": 6.0,
    "children together, MB": 12.0,
    "open descriptors": 4.0,
    "threads": 2.0,
    "children": 1.0,
    "tasks": 4.0,
    "database, MB": 2.0,
    "files": 20.0,
}
"""What counts as flat: units an hour. Rows have none, as some stay (a guest's language, counts)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures by the names of ``BOUNDS``, and rows by table."""

    at_s: float
    figures: dict[str, float]
    rows: dict[str, int]


def read(pid: int, ops_url: str, folder: Path, at_s: float) -> Reading:
    """Look once.

    Raises:
        httpx.HTTPError, sqlite3.Error, psutil.Error: the program is not to be seen.
    """
    main = psutil.Process(pid)
    children = children_of(pid)
    database = [file for file in folder.glob("petaflop.db*") if file.is_file()]
    figures = {
        "main process, MB": resident_mb(pid),
        "children together, MB": sum(map(share_mb, children)),
        "open descriptors": float(main.num_fds()),
        "threads": float(main.num_threads()),
        "children": float(len(children)),
        "tasks": tasks(ops_url),
        "database, MB": sum(file.stat().st_size for file in database) / MB,
        "files": float(sum(1 for file in folder.rglob("*") if file.is_file())),
    }
    return Reading(at_s, figures, rows(folder / "petaflop.db"))


def tasks(ops_url: str) -> float:
    """Tasks on the program's event loop, by its own figures."""
    text = httpx.get(f"{ops_url}/metrics", timeout=30).raise_for_status().text
    families = text_string_to_metric_families(text)
    return next(sample.value for family in families for sample in family.samples if sample.name == TASKS)


def rows(database: Path) -> dict[str, int]:
    """How many rows each table has that has any."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        counted = {name: _count(connection, name) for (name,) in names}
    return {name: count for name, count in counted.items() if count}


def _count(connection: sqlite3.Connection, table: str) -> int:
    found: int = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 # its own name
    return found
