"""A PostgreSQL database goes from test to test, and none of them notices."""

import pytest
import sqlalchemy as sa

from bot.store.database import open_database
from bot.store.tables import audit
from tests.databases import Migrated

ENTRY = {"at": 0.0, "who": "m", "act": "pause", "what": ""}


async def _audited(url: sa.URL) -> list[int]:
    async with open_database(url) as database, database.write() as connection:
        await connection.execute(sa.insert(audit), ENTRY)
        return list((await connection.execute(sa.select(audit.c.seq))).scalars())


@pytest.mark.postgres
async def test_the_next_one_finds_no_row_and_counts_from_one(migrated_databases: Migrated) -> None:
    async with migrated_databases.one() as first:
        assert await _audited(first) == [1]
    async with migrated_databases.one() as second:
        assert await _audited(second) == [1]
    assert second == first


@pytest.mark.postgres
async def test_its_tables_stay_as_they_are(postgres_database: sa.URL) -> None:
    async with open_database(postgres_database) as database:
        with pytest.raises(sa.exc.DBAPIError, match="empty_postgres"):
            async with database.write() as connection:
                await connection.execute(sa.text("DROP TABLE audit"))
