"""Fixtures that several folders of tests share."""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.store.database import Database, open_database
from tests import databases, postgres, statements
from tests.desk import closing_desk


def pytest_sessionstart() -> None:
    """No garbage comes of imports, and much work of looking for it; the same goes for certificates.

    Everybody whom the tests talk to is on this machine, and each client would read those of all the world.
    """
    gc.disable()
    statements.share()
    os.environ.pop("SSL_CERT_FILE", None)
    os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)


def pytest_collection_finish() -> None:
    """What is there now stays; the collector need not go through it again and again."""
    gc.freeze()
    gc.enable()


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


@pytest_asyncio.fixture(scope="session")
async def migrated_databases(postgres_url: str) -> databases.Migrated:
    """The PostgreSQL's databases, with a migrated template among them."""
    await databases.migrate_template(postgres_url)
    return databases.Migrated(postgres_url)


@pytest.fixture
async def postgres_database(migrated_databases: databases.Migrated) -> AsyncIterator[sa.URL]:
    """A migrated database of its own; its tables can't be changed."""
    async with migrated_databases.one() as url:
        yield url


@pytest.fixture
async def sqlite_url(tmp_path: Path) -> sa.URL:
    """A migrated SQLite file."""
    return await databases.sqlite_in(tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> sa.URL:
    """Each test that takes it runs on both databases."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_database"
    url: sa.URL = request.getfixturevalue(fixture)
    return url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> sa.URL:
    """A SQLite file that doesn't exist yet."""
    return databases.sqlite_url(tmp_path)


@pytest.fixture
async def empty_postgres(postgres_url: str) -> AsyncIterator[sa.URL]:
    """A database of its own without a table."""
    async with databases.empty_database(postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest) -> sa.URL:
    """For what the migrations do: both databases, before the first start."""
    fixture = "empty_sqlite_url" if request.param == "sqlite" else "empty_postgres"
    url: sa.URL = request.getfixturevalue(fixture)
    return url


@pytest.fixture
async def database(database_url: sa.URL) -> AsyncIterator[Database]:
    """An open, migrated database of either kind."""
    async with open_database(database_url) as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", autouse=True)
async def _desk() -> AsyncIterator[None]:
    async with closing_desk():
        yield
