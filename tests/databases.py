"""Databases that are migrated already: the scripts run once a session, each test takes a copy."""

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
from bot.store.migrate import migrate

TEMPLATE = "migrated"


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
    admin = await asyncpg.connect(cluster_url.format(database="postgres"))
    try:
        await admin.execute(f"CREATE DATABASE {TEMPLATE}")
    finally:
        await admin.close()
    await _migrate(_postgres_url(cluster_url, TEMPLATE))


@asynccontextmanager
async def postgres_database(cluster_url: str, template: str = "template1") -> AsyncIterator[sa.URL]:
    """A database of one's own, a copy of the template."""
    name = f"test_{os.urandom(6).hex()}"
    admin = await asyncpg.connect(cluster_url.format(database="postgres"))
    try:
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield _postgres_url(cluster_url, name)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


def _postgres_url(cluster_url: str, name: str) -> sa.URL:
    return sa.make_url(cluster_url.format(database=name)).set(drivername="postgresql+asyncpg")
