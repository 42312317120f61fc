"""A booth with a crew, for everything that maintainers do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.bot.crewed import Crewed, crewed


@pytest.fixture
async def house(database_url: sa.URL, tmp_path: Path) -> AsyncIterator[Crewed]:
    async with crewed(database_url, tmp_path) as one:
        yield one


@pytest.fixture
async def lone(sqlite_url: sa.URL, tmp_path: Path) -> AsyncIterator[Crewed]:
    """On SQLite only: what is asked of the store, others ask of both."""
    async with crewed(sqlite_url, tmp_path) as one:
        yield one
