"""Bring a database to the newest revision, at start, under a lock where replicas may start at once."""

from importlib.resources import files
from typing import Any

import sqlalchemy as sa

from bot.errors import SetupError
from bot.store.database import MIGRATION_LOCK, Database
from bot.store.transaction import Transaction

HEAD = "0010"  # a test holds it against the scripts; knowing it spares the start Alembic's import


async def migrate(database: Database) -> None:
    """Upgrade the database, if it isn't there yet.

    Raises:
        SetupError: the database was written by a newer version of the program.
    """
    async with database.read() as connection:
        if await _revision(connection) == HEAD:
            return
    async with database.write() as connection:
        await database.serialise(connection, MIGRATION_LOCK)
        present = await _revision(connection)
        if present == HEAD:
            return
        if present is not None and present > HEAD:
            raise SetupError(
                "This data was written by a newer petaflop; install that version, or a newer one."
            )
        await connection.run_sync(_upgrade)


async def _revision(connection: Transaction) -> str | None:
    there = await connection.run_sync(lambda sync: sa.inspect(sync).has_table("alembic_version"))
    if not there:
        return None
    revision = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if revision is None else str(revision)


def script_location() -> str:
    """The folder of the migration scripts."""
    return str(files("bot.store").joinpath("migrations"))


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command  # noqa: PLC0415 # a second of imports that a migrated start doesn't need

    command.upgrade(config(connection), HEAD)


def config(connection: sa.Connection) -> Any:
    """Alembic's configuration for one open connection."""
    from alembic.config import Config  # noqa: PLC0415

    settings = Config()
    settings.set_main_option("script_location", script_location())
    settings.attributes["connection"] = connection
    return settings
