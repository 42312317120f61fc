"""Databases that are migrated already: the scripts run once a session.

Each test takes a copy of the SQLite file. Copying a PostgreSQL database takes longer than most tests, and
emptying one a millisecond: the next test gets what the last one has given back.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import sqlalchemy as sa

from bot.store.database import open_database
from bot.store.lock import PRIVATE_FILE
from bot.store.migrate import HEAD, migrate

TEMPLATE = "migrated"
DATA_CHANGES_ONLY = """
CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'other tests get this database after you: change tables in an empty_postgres'; END $$;
CREATE EVENT TRIGGER data_changes_only ON ddl_command_start EXECUTE FUNCTION refuse();
"""
EMPTY = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica; -- in any order, whatever refers to what
DO $$ DECLARE name regclass; BEGIN
  FOR name IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname <> 'alembic_version' LOOP EXECUTE format('DELETE FROM %s', name); END LOOP;
  PERFORM setval(oid, 1, false) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S';
END $$;
"""


def sqlite_url(folder: Path) -> sa.URL:
    """Where a data directory has its SQLite file."""
    return sa.URL.create("sqlite+aiosqlite", database=str(folder / "petaflop.db"))


async def sqlite_in(folder: Path) -> sa.URL:
    """The data directory's migrated SQLite file; one that is there already stays as it is."""
    url = sqlite_url(folder)
    await asyncio.to_thread(_copied, Path(str(url.database)))
    return url


def _copied(path: Path) -> None:
    if not path.exists():
        path.touch(PRIVATE_FILE)
        path.write_bytes(_migrated_file())


@cache
def _migrated_file() -> bytes:
    with TemporaryDirectory(prefix="petaflop-db-") as folder:
        url = sqlite_url(Path(folder))
        asyncio.run(_migrate(url))
        return Path(str(url.database)).read_bytes()


async def _migrate(url: sa.URL) -> None:
    async with open_database(url) as database:
        await migrate(database)


async def migrate_template(cluster_url: str) -> None:
    """Make the PostgreSQL cluster's migrated database, which the others are copies of."""
    await _in(cluster_url, "postgres", f"CREATE DATABASE {TEMPLATE}")
    await _migrate(_postgres_url(cluster_url, TEMPLATE))
    await _in(cluster_url, TEMPLATE, DATA_CHANGES_ONLY)


@asynccontextmanager
async def empty_database(cluster_url: str) -> AsyncIterator[sa.URL]:
    """A database of one's own without a table, gone afterwards."""
    name = await _create(cluster_url, "template1")
    yield _postgres_url(cluster_url, name)
    await _drop(cluster_url, name)


class Migrated:
    """The migrated databases of one PostgreSQL."""

    def __init__(self, cluster_url: str) -> None:
        """Begin with none but the template: :func:`migrate_template`."""
        self._cluster_url = cluster_url
        self._free: list[str] = []

    @asynccontextmanager
    async def one(self) -> AsyncIterator[sa.URL]:
        """A migrated database without a row, for oneself."""
        name = self._free.pop() if self._free else await _create(self._cluster_url, TEMPLATE)
        yield _postgres_url(self._cluster_url, name)
        async with _connected(self._cluster_url, name) as connection:
            await connection.execute(EMPTY)
            reusable = await connection.fetchval("SELECT version_num FROM alembic_version") == HEAD
        if reusable:
            self._free.append(name)
        else:
            await _drop(self._cluster_url, name)


async def _create(cluster_url: str, template: str) -> str:
    name = f"test_{os.urandom(6).hex()}"
    await _in(cluster_url, "postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


async def _drop(cluster_url: str, name: str) -> None:
    await _in(cluster_url, "postgres", f"DROP DATABASE {name} WITH (FORCE)")


async def _in(cluster_url: str, name: str, script: str) -> None:
    async with _connected(cluster_url, name) as connection:
        await connection.execute(script)


@asynccontextmanager
async def _connected(cluster_url: str, name: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(cluster_url.format(database=name))
    try:
        yield connection
    finally:
        await connection.close()


def _postgres_url(cluster_url: str, name: str) -> sa.URL:
    return sa.make_url(cluster_url.format(database=name)).set(drivername="postgresql+asyncpg")
