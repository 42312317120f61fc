"""Tells guests in time that an interaction's token will end before their picture is there."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from adapters.discord.where import Where
from bot.nouns import JobId

BEFORE_S = 90.0  # of the token's end: late enough to be rare, early enough to arrive

Say = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class _Clock:
    """Runs until shortly before ``ends``, in seconds since the epoch."""

    ends: float
    task: asyncio.Task[None] | None = None
    said: bool = False

    def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()


class Farewells:
    """One clock a job, where only a token reaches its message."""

    def __init__(self) -> None:
        """Nobody is waited for."""
        self._clocks: dict[JobId, _Clock] = {}

    def watch(self, job: JobId, where: Where, say: Say) -> None:
        """Let ``say`` be called shortly before the token ends, unless the job is over by then."""
        known = self._clocks.get(job)
        if where.member or not where.token or (known is not None and known.ends == where.expires):
            return
        self.over(job)
        self._drop_old()
        clock = self._clocks[job] = _Clock(where.expires)
        clock.task = asyncio.create_task(_tick(clock, say), name=f"farewell {job}")

    def said(self, job: JobId) -> bool:
        """Whether it was said: then it stays, and no status takes its place."""
        clock = self._clocks.get(job)
        return clock is not None and clock.said

    def over(self, job: JobId) -> None:
        """The job has come to its end, or has a new token."""
        clock = self._clocks.pop(job, None)
        if clock is not None:
            clock.stop()

    async def close(self) -> None:
        """Stop all clocks."""
        tasks = [clock.task for clock in self._clocks.values() if clock.task is not None]
        for clock in self._clocks.values():
            clock.stop()
        if tasks:
            await asyncio.wait(tasks)

    def _drop_old(self) -> None:
        now = time.time()
        self._clocks = {job: clock for job, clock in self._clocks.items() if clock.ends > now}


async def _tick(clock: _Clock, say: Say) -> None:
    await asyncio.sleep(clock.ends - BEFORE_S - time.time())
    if time.time() < clock.ends:
        clock.said = True
        await say()
