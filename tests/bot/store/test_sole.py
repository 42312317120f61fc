"""Work that one process does at a time, and that another takes over."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.store.database import open_database
from bot.store.sole import sole

LOCK = 4711


class Shift:
    """Work that says when it begins, and ends when it is told."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.end = asyncio.Event()

    async def work(self) -> None:
        self.begun.set()
        await self.end.wait()


async def test_a_process_that_is_alone_with_its_file_works_at_once(sqlite_url: sa.URL) -> None:
    shift = Shift()
    shift.end.set()
    async with open_database(sqlite_url) as database:
        await sole(database, LOCK, shift.work)
    assert shift.begun.is_set()


@pytest.mark.postgres
async def test_one_replica_works_and_another_takes_over(
    postgres_database: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sole.LOOK_S", 0.05)
    first, second = Shift(), Shift()
    async with (
        open_database(postgres_database) as here,
        open_database(postgres_database) as there,
        asyncio.timeout(60),
    ):
        working = asyncio.create_task(sole(here, LOCK, first.work))
        await first.begun.wait()
        waiting = asyncio.create_task(sole(there, LOCK, second.work))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(second.begun.wait(), 0.3)
        working.cancel()
        await second.begun.wait()
        second.end.set()
        await waiting
        await asyncio.wait([working])


@pytest.mark.postgres
async def test_a_lost_lock_stops_the_work_until_it_is_held_again(
    postgres_database: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sole.LOOK_S", 0.05)
    shift = Shift()
    async with open_database(postgres_database) as database, asyncio.timeout(60):
        working = asyncio.create_task(sole(database, LOCK, shift.work))
        await shift.begun.wait()
        shift.begun.clear()
        async with database.write() as connection:
            holders = (
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = :lock"
            )
            await connection.execute(sa.text(holders), {"lock": LOCK})
        await shift.begun.wait()
        shift.end.set()
        await working
