"""The loop of every worker: claim what there is room for, work on it side by side, sleep until woken.

Work that is claimed ends in the store in every case. When the disk is full or the database away, its outcome
is held and written later, not thrown away.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa

from bot.errors import DiskFull
from bot.nouns import Claim, JobId

LOOK_S = 2.0  # catches what is due later, expired leases and a lost ring
TROUBLE_S = 1.0  # between two tries while the disk is full or the database away

T = TypeVar("T")

log = logging.getLogger(__name__)

STORE_TROUBLE = (DiskFull, sa.exc.DBAPIError, sa.exc.TimeoutError, OSError)


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker does.

    Attributes:
        name: For the log.
        wake: Set when there may be something to claim.
        slots: How much is worked on at once; asked before each claim.
        claim: Takes at most so many jobs.
        work: Does one; handles all errors of the work itself.
    """

    name: str
    wake: asyncio.Event
    slots: Callable[[], int]
    claim: Callable[[int], Awaitable[Sequence[Claim]]]
    work: Callable[[Claim], Coroutine[None, None, None]]


class Worker:
    """Runs one :class:`Task` until it is cancelled; its running work is cancelled with it."""

    def __init__(self, task: Task) -> None:
        """Take what to do."""
        self._task = task
        self._running: dict[JobId, asyncio.Task[None]] = {}

    @property
    def holds(self) -> Sequence[JobId]:
        """The jobs that are worked on now."""
        return list(self._running)

    async def run(self) -> None:
        """Claim and work for ever."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._task.wake.clear()
                await self._fill(group)
                await _woken(self._task.wake)

    def cancel_work(self, job: JobId) -> None:
        """Ask the work on one job to end."""
        running = self._running.get(job)
        if running is not None:
            running.cancel()

    async def stop_work(self, job: JobId) -> None:
        """End the work on one job, and wait until it has ended."""
        running = self._running.get(job)
        if running is not None:
            running.cancel()
            await asyncio.wait([running])

    async def _fill(self, group: asyncio.TaskGroup) -> None:
        room = self._task.slots() - len(self._running)
        if room <= 0:
            return
        try:
            claims = await self._task.claim(room)
        except STORE_TROUBLE as error:
            log.warning("%s: nothing could be claimed: %s", self._task.name, type(error).__name__)
            return
        for claim in claims:
            self._start(group, claim)

    def _start(self, group: asyncio.TaskGroup, claim: Claim) -> None:
        running = group.create_task(self._task.work(claim), name=f"{self._task.name} {claim.job.id}")
        self._running[claim.job.id] = running
        running.add_done_callback(lambda _done: self._ended(claim.job.id))

    def _ended(self, job: JobId) -> None:
        self._running.pop(job, None)
        self._task.wake.set()


async def _woken(wake: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(LOOK_S):
            await wake.wait()
    except TimeoutError:
        return


async def written(write: Callable[[], Awaitable[T]], make_room: Callable[[], Awaitable[bool]]) -> T:
    """Write an outcome down, however long that takes; return ``write``'s answer."""
    while True:
        try:
            return await write()
        except DiskFull:
            log.warning("the disk is full: making room")
            if not await make_room():
                await asyncio.sleep(TROUBLE_S)
        except STORE_TROUBLE as error:
            log.warning("the store is away: %s", type(error).__name__)
            await asyncio.sleep(TROUBLE_S)
