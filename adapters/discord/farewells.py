"""Tells guests in time that an interaction's token will end before their picture is there."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from adapters.discord.where import Where
from bot.nouns import JobId

BEFORE_S = 90.0  # of the token's end: late enough to be rare, early enough to arrive

Say = Callable[[Where], Awaitable[None]]


class Farewells:
    """One clock a job, where only a token reaches its message."""

    def __init__(self) -> None:
        """Nobody is waited for."""
        self._clocks: dict[JobId, asyncio.Task[None]] = {}
        self._said: dict[JobId, float] = {}

    def watch(self, job: JobId, where: Where, say: Say) -> None:
        """Let ``say`` be called shortly before the token ends, unless the job is over by then."""
        if where.member or not where.token or job in self._clocks or self.said(job, where):
            return
        clock = asyncio.create_task(self._tick(job, where, say), name=f"farewell {job}")
        self._clocks[job] = clock
        clock.add_done_callback(lambda _clock: self._clocks.pop(job, None))

    def said(self, job: JobId, where: Where) -> bool:
        """Whether it was said for this token: then it stays, and no status takes its place."""
        self._said = {known: until for known, until in self._said.items() if until > time.time()}
        return self._said.get(job) == where.expires

    def over(self, job: JobId) -> None:
        """The job has come to its end."""
        clock = self._clocks.pop(job, None)
        if clock is not None:
            clock.cancel()

    async def close(self) -> None:
        """Stop all clocks."""
        clocks = list(self._clocks.values())
        for clock in clocks:
            clock.cancel()
        if clocks:
            await asyncio.wait(clocks)

    async def _tick(self, job: JobId, where: Where, say: Say) -> None:
        await asyncio.sleep(where.expires - BEFORE_S - time.time())
        if time.time() < where.expires:
            self._said[job] = where.expires
            await say(where)
