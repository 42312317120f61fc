"""Fixtures that several folders of tests share."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy as sa

from bot.store.database import Database, open_database
from bot.store.migrate import migrate
from tests import postgres


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL's URL with ``{database}`` in it; skipped where none is installed, never in CI."""
    programs = postgres.binaries()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have PostgreSQL (apt: postgresql)")
        pytest.skip("no PostgreSQL is installed (apt: postgresql)")
    with postgres.cluster(programs) as url:
        yield url


@pytest.fixture
async def postgres_database(postgres_url: str) -> AsyncIterator[sa.URL]:
    """A fresh, empty database of its own."""
    name = f"test_{os.urandom(6).hex()}"
    admin = await asyncpg.connect(postgres_url.format(database="postgres"))
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        url = sa.make_url(postgres_url.format(database=name)).set(drivername="postgresql+asyncpg")
        yield url
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> sa.URL:
    """A SQLite file that doesn't exist yet."""
    return sa.URL.create("sqlite+aiosqlite", database=str(tmp_path / "petaflop.db"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> sa.URL:
    """Each test that takes it runs on both databases."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_database"
    url: sa.URL = request.getfixturevalue(fixture)
    return url


@pytest.fixture
async def database(database_url: sa.URL) -> AsyncIterator[Database]:
    """An open, migrated database of either kind."""
    async with open_database(database_url) as opened:
        await migrate(opened)
        yield opened
