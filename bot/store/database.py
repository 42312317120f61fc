"""The two databases behind one set of statements: engines, pragmas, locks, and what differs in SQL.

SQLite is opened in WAL mode with ``synchronous=FULL``: with NORMAL a power cut loses acknowledged commits
(see ``docs/decisions/0001-store.md``). One connection writes and two read; a lock file keeps a second process
away, because each start takes back the running rows.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

import asyncpg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import DiskFull, SetupError
from bot.store.lock import PRIVATE_FILE, alone
from bot.store.transaction import Transaction, reading, writing

BUSY_TIMEOUT_MS = 5000  # a reader's checkpoint may hold the file for a moment
LOG_WAIT_S = 0.5  # writers wait meanwhile
READERS = 2
POSTGRES_POOL = 6
LINE_LOCK = 0x70657461  # "peta": serialises entering the line across replicas
MIGRATION_LOCK = LINE_LOCK + 1
CREW_LOCK = LINE_LOCK + 2
STYLES_LOCK = LINE_LOCK + 3
HOUSE_LOCK = LINE_LOCK + 4
FEEDS_LOCK = LINE_LOCK + 5
_NO_SPACE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
_NO_SPACE_SQLSTATE = "53100"

Upsert = sqlite.Insert | postgresql.Insert


class Database:
    """Connections to one database. Use :func:`open_database`."""

    def __init__(self, url: sa.URL, writer: AsyncEngine, reader: AsyncEngine) -> None:
        """Take the engines; on PostgreSQL they are one and the same."""
        self.url = url
        self.embedded = url.get_backend_name() == "sqlite"
        self._writer = writer
        self._reader = reader

    def __repr__(self) -> str:
        """Name the kind only: the URL holds a password."""
        return f"<Database {self.url.get_backend_name()}>"

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction that is durable once the block has ended.

        Raises:
            DiskFull: nothing of it was kept.
        """
        try:
            async with writing(self._writer) as transaction:
                yield transaction
        except sa.exc.DBAPIError as error:
            if _is_no_space(error):
                raise DiskFull from error
            raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A consistent view; nothing may be written in it."""
        async with reading(self._reader) as transaction:
            yield transaction

    def insert(self, table: sa.Table) -> Upsert:
        """INSERT that knows ON CONFLICT in this database's dialect."""
        return sqlite.insert(table) if self.embedded else postgresql.insert(table)

    def now(self) -> sa.ColumnElement[float]:
        """This moment; on PostgreSQL its own clock, so that replicas agree about leases."""
        if self.embedded:
            return sa.literal(time.time(), sa.Float)
        return sa.cast(sa.func.extract("epoch", sa.func.clock_timestamp()), sa.Float)

    async def serialise(self, connection: Transaction, lock: int) -> None:
        """Until the transaction ends nobody else holds this lock; SQLite's writers are alone anyway."""
        if not self.embedded:
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))

    async def cut_log(self) -> None:
        """Empty SQLite's log, in which what was erased can be read until others write over it.

        While somebody reads for long, or the disk has no room, it is left for the next time.
        """
        if self.embedded:
            await asyncio.to_thread(_cut_log, Path(self.url.database or ""))

    async def own_connection(self) -> asyncpg.Connection:
        """A connection outside of the pool, for what lasts: notifications, locks. PostgreSQL only."""
        _, arguments = self._writer.dialect.create_connect_args(self.url)
        return await asyncpg.connect(**arguments)

    async def dispose(self) -> None:
        """Close every connection."""
        await self._reader.dispose()
        await self._writer.dispose()


@asynccontextmanager
async def open_database(url: sa.URL) -> AsyncIterator[Database]:
    """Open the database and close it again.

    Args:
        url: ``sqlite+aiosqlite:///path`` or ``postgresql+asyncpg://…``.

    Raises:
        SetupError: the file is in use by another process, or the database can't be opened.
    """
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        with alone(path.with_name(path.name + ".lock")):
            _make_private(path)
            writer, reader = _sqlite(url, pool=1, writes=True), _sqlite(url, pool=READERS, writes=False)
            async with _reached(Database(url, writer, reader)) as database:
                yield database
        return
    engine = create_async_engine(
        url, pool_size=POSTGRES_POOL, max_overflow=0, pool_pre_ping=True, hide_parameters=True
    )
    async with _reached(Database(url, engine, engine)) as database:
        yield database


@asynccontextmanager
async def _reached(database: Database) -> AsyncIterator[Database]:
    try:
        try:
            async with database.read() as connection:
                await connection.execute(sa.select(1))
        except (sa.exc.DBAPIError, OSError, TypeError, ValueError) as error:
            raise SetupError(_unreachable(error), os.EX_UNAVAILABLE) from error
        yield database
    finally:
        await database.dispose()


def _unreachable(error: Exception) -> str:
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    reason = " ".join(str(cause).rpartition(">: ")[2].split())  # asyncpg's errors begin with their class
    return f"The database can't be opened: {reason.rstrip('.')}. Look at PETAFLOP_DATABASE_URL."


def _make_private(path: Path) -> None:
    """SQLite makes its other files with the rights of the first."""
    with suppress(OSError):  # it is told when the database is opened
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))


def _sqlite(url: sa.URL, *, pool: int, writes: bool) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=pool, max_overflow=0, hide_parameters=True)

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",  # what is forgotten is overwritten
            f"query_only={'OFF' if writes else 'ON'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _cut_log(path: Path) -> None:
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(path, timeout=LOG_WAIT_S)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_no_space(error: sa.exc.DBAPIError) -> bool:
    cause = error.orig
    if getattr(cause, "sqlite_errorcode", None) in _NO_SPACE:
        return True
    return getattr(cause, "sqlstate", None) == _NO_SPACE_SQLSTATE
