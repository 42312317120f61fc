"""Cancelled at any moment, a transaction leaves neither a lock nor half of its work."""

import asyncio
import random

from bot.nouns import StyleId
from bot.store.claims import ClaimStore
from bot.store.database import Database
from bot.store.jobs import JobStore
from bot.store.meta import MetaStore
from tests.bot.store.test_jobs import NO_LIMITS, new

CANCELLATIONS = 60
LONGEST_S = 0.012  # about as long as writing a job down takes


async def test_a_cancelled_writer_leaves_the_next_one_its_place(database: Database) -> None:
    dice = random.Random(20261123)
    jobs, claims, meta = JobStore(database), ClaimStore(database), MetaStore(database)
    for number in range(CANCELLATIONS):
        task: asyncio.Task[object] = asyncio.create_task(
            jobs.add(new(f"guest{number}"), NO_LIMITS) if number % 2 else claims.claim("embedded", "me", 3)
        )
        await asyncio.sleep(dice.uniform(0, LONGEST_S))
        task.cancel()
        await asyncio.wait([task])
        async with asyncio.timeout(30):  # SQLite gives up after 5 s when nobody gives a lock back
            await meta.note_render(StyleId("comic"), 1.0)
    _, listed = await jobs.line("embedded")
    assert len({job.id for job in listed}) == len(listed) <= CANCELLATIONS // 2
