"""The console of a house of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.bot.console.seated import Seated, seated


@pytest.fixture
async def desk(sqlite_url: sa.URL, tmp_path: Path) -> AsyncIterator[Seated]:
    """What the console says doesn't depend on the database; what it remembers is tried on both elsewhere."""
    async with seated(sqlite_url, tmp_path) as one:
        yield one
