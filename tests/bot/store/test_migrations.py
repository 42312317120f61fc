"""The scripts lead to the tables that the statements expect."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.cards import Shown
from bot.errors import SetupError
from bot.store.claims import ClaimStore
from bot.store.database import Database, open_database
from bot.store.migrate import HEAD, config, migrate
from bot.store.tables import metadata

OLD_ROW = {
    "id": "job 1",
    "event": "event 1",
    "guest": "web:ann",
    "chat": "web:ann",
    "platform": "web",
    "language": "en",
    "state": "waiting",
    "style": "comic",
    "renderer": "embedded",
    "seed": 7,
    "priority": 0,
    "turn": 0,
    "chat_turn": 0,
    "due": 0.0,
    "lease": 0.0,
    "attempt": 0,
    "crashes": 0,
    "has_photo": True,
    "has_picture": False,
    "created": 1.0,
    "changed": 1.0,
}


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


async def test_jobs_of_the_version_before_go_on(empty_database_url: sa.URL) -> None:
    async with open_database(empty_database_url) as database:
        async with database.write() as connection:
            await connection.run_sync(lambda sync: command.upgrade(config(sync), "0001"))
            values = ", ".join(f":{name}" for name in OLD_ROW)
            row = sa.text(f"INSERT INTO jobs ({', '.join(OLD_ROW)}) VALUES ({values})")  # noqa: S608 # our names
            await connection.execute(row, OLD_ROW)
        await migrate(database)
        (claim,) = await ClaimStore(database).claim("embedded", "me", 5)
        assert (claim.job.id, claim.job.context, claim.job.source) == ("job 1", "", None)
        assert (claim.job.failure_values, claim.job.nudged) == ({}, False)
        assert await ClaimStore(database).rendered(claim)
        (delivery,) = await ClaimStore(database).claim_delivery(["web"], "me", 5)
        done = await ClaimStore(database).delivered(delivery, Shown("message"))
        assert done is not None
        assert done.nudged


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


async def test_sqlite_is_opened_as_a_power_cut_demands(empty_sqlite_url: sa.URL) -> None:
    async with open_database(empty_sqlite_url) as database, database.write() as connection:
        assert await connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
        assert await connection.scalar(sa.text("PRAGMA synchronous")) == 2  # FULL


async def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    url = sa.URL.create("sqlite+aiosqlite", database=str(tmp_path / "file" / "petaflop.db"))
    with pytest.raises(SetupError, match="PETAFLOP_DATA_DIR"):
        async with open_database(url):
            pass
