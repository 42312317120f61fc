"""What only PostgreSQL has to do: leases, take-over, and bells across replicas."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.nouns import Inbound, JobId, PhotoRef
from bot.store import leases
from bot.store.bell import CANCEL, DELIVER, Bell
from bot.store.claims import ClaimStore
from bot.store.database import Database, open_database
from bot.store.erasure import ErasureStore
from bot.store.fetches import FetchStore
from bot.store.inbox import InboxStore
from bot.store.jobs import JobStore
from bot.store.meta import MetaStore
from bot.store.migrate import migrate
from bot.store.tables import inbox as inbox_table
from bot.store.tables import jobs as table
from tests.bot.store.test_jobs import NO_LIMITS, new

pytestmark = pytest.mark.postgres


async def lapse(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(table.update().values(lease=0.0, fetch_lease=0.0, opening=0.0))
        await connection.execute(inbox_table.update().values(lease=0.0))


async def test_a_dead_replicas_jobs_are_taken_over_when_its_lease_is_over(postgres_database: sa.URL) -> None:
    async with open_database(postgres_database) as database:
        jobs, claims = JobStore(database), ClaimStore(database)
        await jobs.add(new(), NO_LIMITS)
        (dead,) = await claims.claim("embedded", "dead", 1)
        assert not await claims.claim("embedded", "alive", 1)
        await lapse(database)
        (taken,) = await claims.claim("embedded", "alive", 1)
        assert taken.job.id == dead.job.id
        assert not await claims.rendered(dead)
        assert await claims.rendered(taken)


async def test_a_heartbeat_keeps_only_what_is_really_worked_on(postgres_database: sa.URL) -> None:
    async with open_database(postgres_database) as database:
        jobs, claims = JobStore(database), ClaimStore(database)
        held, _ = await jobs.add(new("ann"), NO_LIMITS)
        dropped, _ = await jobs.add(new("bob"), NO_LIMITS)
        await claims.claim("embedded", "me", 2)
        await lapse(database)
        await claims.heartbeat("me", [held.id])
        (taken,) = await claims.claim("embedded", "other", 2)
        assert taken.job.id == dropped.id


async def test_a_job_that_somebody_writes_to_is_passed_by_and_taken_once_it_is_free(
    postgres_database: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed_by = asyncio.Event()

    def pauses() -> Iterator[float]:
        yield 0.01
        passed_by.set()
        while True:
            yield 0.01

    monkeypatch.setattr(leases, "PAUSES_S", pauses())
    async with open_database(postgres_database) as database:
        jobs, claims = JobStore(database), ClaimStore(database)
        job, _ = await jobs.add(new(), NO_LIMITS)
        async with database.write() as telling:
            await telling.execute(table.update().values(message="1"))
            taking = asyncio.create_task(claims.claim("embedded", "me", 1))
            await passed_by.wait()
            assert not taking.done()
        assert [claim.job.id for claim in await taking] == [job.id]


async def test_a_job_that_stays_held_is_left_for_the_next_look(
    postgres_database: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "PAUSES_S", (0.001, 0.001))
    async with open_database(postgres_database) as database:
        jobs, claims = JobStore(database), ClaimStore(database)
        await jobs.add(new(), NO_LIMITS)
        async with database.write() as telling:
            await telling.execute(table.update().values(message="1"))
            assert not await claims.claim("embedded", "me", 1)


async def test_no_more_jobs_are_taken_than_asked_for_whatever_the_planner_knows(
    postgres_database: sa.URL,
) -> None:
    """Of a table that has one row it joins as it never would otherwise."""
    async with open_database(postgres_database) as database:
        jobs, claims = JobStore(database), ClaimStore(database)
        await jobs.add(new("ann"), NO_LIMITS)
        async with database.write() as connection:
            await connection.execute(sa.text("ANALYZE jobs"))
        for guest in ("bob", "eve"):
            await jobs.add(new(guest), NO_LIMITS)
        taken = [await claims.claim("embedded", "me", 1) for _ in range(4)]
        assert [len(some) for some in taken] == [1, 1, 1, 0]


async def test_a_dead_replicas_fetches_are_taken_over(postgres_database: sa.URL) -> None:
    async with open_database(postgres_database) as database:
        jobs, fetches = JobStore(database), FetchStore(database)
        job, _ = await jobs.add(replace(new(style=None), source=PhotoRef("file")), NO_LIMITS)
        (dead,) = await fetches.claim(["web"], "dead", 5)
        assert await fetches.claim(["web"], "alive", 5) == []
        await lapse(database)
        await fetches.heartbeat("dead", [job.id])
        assert await fetches.claim(["web"], "alive", 5) == []
        await lapse(database)
        await fetches.heartbeat("dead", [])
        (taken,) = await fetches.claim(["web"], "alive", 5)
        assert await fetches.fetched(dead) is None
        assert await fetches.wants_photo(job.id)  # so the dead one's photo isn't taken from the other
        assert await fetches.fetched(taken)
        assert not await fetches.later(dead, 0.0)


async def test_a_dead_replicas_first_message_may_be_sent_by_another(postgres_database: sa.URL) -> None:
    async with open_database(postgres_database) as database:
        jobs, claims = JobStore(database), ClaimStore(database)
        job, _ = await jobs.add(new(), NO_LIMITS)
        assert (await claims.open(job.id, "dead")).ours
        assert (await claims.open(job.id, "dead")).ours  # cut off before it knew, and again
        assert not (await claims.open(job.id, "alive")).ours
        await claims.close(job.id, "alive")
        await lapse(database)
        await claims.keep_open("dead", [job.id])
        assert not (await claims.open(job.id, "alive")).ours
        await lapse(database)
        assert (await claims.open(job.id, "alive")).ours
        await claims.resume("alive")
        assert (await claims.open(job.id, "third")).ours
        await claims.shown(job.id, "message 1")
        assert (await claims.open(job.id, "third")).message == "message 1"
        await ErasureStore(database).guest(job.guest)
        assert not (await claims.open(job.id, "third")).ours


async def test_a_dead_replicas_events_are_taken_over_in_their_order(postgres_database: sa.URL) -> None:
    async with open_database(postgres_database) as database:
        inbox = InboxStore(database, Bell(database))
        await inbox.keep_all([Inbound(f"web:{number}", "web", "text", "chat") for number in range(2)])
        (dead,) = await inbox.claim(["web"], "dead", 5)
        assert await inbox.claim(["web"], "alive", 5) == []
        await lapse(database)
        await inbox.heartbeat("dead", [dead.key])
        assert await inbox.claim(["web"], "alive", 5) == []
        await lapse(database)
        (taken,) = await inbox.claim(["web"], "alive", 5)
        assert (taken.key, taken.attempt) == (dead.key, 2)
        assert not await inbox.done(dead)
        assert await inbox.done(taken)
        (following,) = await inbox.claim(["web"], "alive", 5)
        assert following.key == "web:1"


async def test_replicas_never_share_an_event_and_keep_each_lane_in_order(postgres_database: sa.URL) -> None:
    async with open_database(postgres_database) as here, open_database(postgres_database) as there:
        inboxes = [InboxStore(database, Bell(database)) for database in (here, there)]
        await inboxes[0].keep_all(
            [Inbound(f"web:{number}", "web", "text", f"lane {number % 7}") for number in range(70)]
        )
        handled: list[str] = []

        async def work(inbox: InboxStore, owner: str) -> None:
            while len(handled) < 70:
                for letter in await inbox.claim(["web"], owner, 3):
                    handled.append(letter.key)
                    assert await inbox.done(letter)

        async with asyncio.timeout(60):
            await asyncio.gather(*(work(inbox, f"owner {n}") for n, inbox in enumerate(inboxes * 2)))
        assert len(set(handled)) == len(handled) == 70
        for lane in range(7):
            mine = [int(key.partition(":")[2]) for key in handled if int(key.partition(":")[2]) % 7 == lane]
            assert mine == sorted(mine)


async def test_a_bell_is_heard_in_the_other_replica(postgres_database: sa.URL) -> None:
    async with open_database(postgres_database) as here, open_database(postgres_database) as there:
        ringing, hearing = Bell(here), Bell(there)
        cancelled: asyncio.Queue[JobId] = asyncio.Queue()
        hearing.on_cancel = cancelled.put_nowait
        async with hearing.listening():
            async with asyncio.timeout(60):
                while not hearing.event(DELIVER).is_set():  # until the listener stands
                    await ringing.ring(DELIVER)
                    await asyncio.sleep(0)
                await ringing.ring(CANCEL, "job 1")
                assert await cancelled.get() == "job 1"


async def test_replicas_that_start_at_once_migrate_once_and_share_a_secret(empty_postgres: sa.URL) -> None:
    async with open_database(empty_postgres) as here, open_database(empty_postgres) as there:
        await asyncio.gather(migrate(here), migrate(there))
        secrets = await asyncio.gather(MetaStore(here).secret(), MetaStore(there).secret())
        assert secrets[0] == secrets[1]
