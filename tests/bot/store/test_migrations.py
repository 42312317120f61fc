"""The scripts lead to the tables that the statements expect."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.errors import SetupError
from bot.store.database import Database, open_database
from bot.store.migrate import HEAD, config, migrate
from bot.store.tables import metadata


async def test_the_scripts_make_exactly_the_tables(database: Database) -> None:
    def differences(connection: sa.Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.write() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_known_head_is_the_scripts_head(database: Database) -> None:
    async with database.write() as connection:
        heads = await connection.run_sync(lambda sync: ScriptDirectory.from_config(config(sync)).get_heads())
    assert list(heads) == [HEAD]


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    async with database.read() as connection:
        assert await connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == HEAD


async def test_data_of_a_newer_version_is_left_alone(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SetupError, match="newer petaflop"):
        await migrate(database)


async def test_a_second_process_is_kept_away_from_the_file(sqlite_url: sa.URL) -> None:
    async with open_database(sqlite_url):
        with pytest.raises(SetupError, match="PETAFLOP_DATA_DIR"):
            async with open_database(sqlite_url):
                pass
    async with open_database(sqlite_url) as again:
        await migrate(again)


async def test_sqlite_is_opened_as_a_power_cut_demands(sqlite_url: sa.URL) -> None:
    async with open_database(sqlite_url) as database, database.write() as connection:
        assert await connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
        assert await connection.scalar(sa.text("PRAGMA synchronous")) == 2  # FULL


async def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    url = sa.URL.create("sqlite+aiosqlite", database=str(tmp_path / "file" / "petaflop.db"))
    with pytest.raises(SetupError, match="PETAFLOP_DATA_DIR"):
        async with open_database(url):
            pass
