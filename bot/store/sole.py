"""Work that only one of the processes sharing a database does at a time, e.g. asking a platform for news."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncpg

from bot.store.database import Database

LOOK_S = 3.0  # how soon another replica takes over when the one that works is gone

log = logging.getLogger(__name__)


async def sole(database: Database, lock: int, work: Callable[[], Awaitable[None]]) -> None:
    """Work for ever, or until ``work`` ends by itself, in one process only.

    On PostgreSQL an advisory lock of a connection of its own decides: it goes when the connection goes, and
    the work is then stopped. On SQLite one process is alone with its file anyway.
    """
    if database.embedded:
        await work()
        return
    while True:
        try:
            if await _worked(database, lock, work):
                return
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("the lock of a sole work is away: %s", type(error).__name__)
        await asyncio.sleep(LOOK_S)


async def _worked(database: Database, lock: int, work: Callable[[], Awaitable[None]]) -> bool:
    connection = await database.own_connection()
    try:
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", lock):
            return False
        return await _until_lost(connection, work)
    finally:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await connection.close(timeout=LOOK_S)


async def _until_lost(connection: "asyncpg.Connection", work: Callable[[], Awaitable[None]]) -> bool:
    """Whether the work ended by itself; False when the connection, and with it the lock, was lost."""
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _connection: lost.set())
    working = asyncio.ensure_future(work())
    watching = asyncio.ensure_future(lost.wait())
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
        return working.done()
    finally:
        for task in (working, watching):
            task.cancel()
        await asyncio.wait({working, watching})
