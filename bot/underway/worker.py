"""The loop of every worker: claim what there is room for, work on it side by side, sleep until woken.

Work that is claimed ends in the store in every case. When the disk is full or the database away, its outcome
is held and written later, not thrown away.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from bot.errors import DeliveryError, DiskFull
from bot.store.trouble import STORE_TROUBLE
from bot.unbroken import unbroken

LOOK_S = 2.0  # catches what is due later, expired leases and a lost ring
TROUBLE_S = 1.0  # between two tries while the disk is full or the database away
FIRST_RETRY_S = 1.0  # between two tries on a platform, doubled each time
LONGEST_RETRY_S = 60.0

T = TypeVar("T")


class Claimed(Protocol):
    """What a worker has claimed."""

    @property
    def key(self) -> str:
        """Its name, one at a time in a worker."""
        ...


C = TypeVar("C", bound=Claimed)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task(Generic[C]):
    """What a worker does.

    Attributes:
        name: For the log.
        wake: Set when there may be something to claim.
        slots: How much is worked on at once; asked before each claim.
        claim: Takes at most so many.
        work: Does one; handles all errors of the work itself.
    """

    name: str
    wake: asyncio.Event
    slots: Callable[[], int]
    claim: Callable[[int], Awaitable[Sequence[C]]]
    work: Callable[[C], Coroutine[None, None, None]]


class Worker(Generic[C]):
    """Runs one :class:`Task` until it is cancelled; its running work is cancelled with it."""

    def __init__(self, task: Task[C]) -> None:
        """Take what to do."""
        self._task = task
        self._running: dict[str, asyncio.Task[None]] = {}

    @property
    def holds(self) -> Sequence[str]:
        """The keys of what is worked on now."""
        return list(self._running)

    async def run(self) -> None:
        """Claim and work for ever."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._task.wake.clear()
                await self._fill(group)
                await _woken(self._task.wake)

    def cancel_work(self, key: str) -> None:
        """Ask the work on one of them to end."""
        running = self._running.get(key)
        if running is not None:
            running.cancel()

    async def stop_work(self, key: str) -> None:
        """End the work on one of them, and wait until it has ended."""
        running = self._running.get(key)
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

    def _start(self, group: asyncio.TaskGroup, claim: C) -> None:
        running = group.create_task(self._task.work(claim), name=f"{self._task.name} {claim.key}")
        self._running[claim.key] = running
        running.add_done_callback(lambda _done: self._ended(claim.key))

    def _ended(self, key: str) -> None:
        self._running.pop(key, None)
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
            return await unbroken(write())
        except DiskFull:
            log.warning("the disk is full: making room")
            if not await make_room():
                await asyncio.sleep(TROUBLE_S)
        except STORE_TROUBLE as error:
            log.warning("the store is away: %s", type(error).__name__)
            await asyncio.sleep(TROUBLE_S)


def pause_s(attempt: int, error: DeliveryError | None = None) -> float:
    """Seconds until the next try: what the platform has asked for, else longer each time."""
    if error is not None and error.retry_after_s is not None:
        return error.retry_after_s
    return min(LONGEST_RETRY_S, FIRST_RETRY_S * float(2 ** min(attempt, 10)))


def described(error: BaseException) -> str:
    """An unexpected error's kind and place, without its text, which may hold what a guest has sent."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-3:]]
    return f"{type(error).__name__} at {', '.join(where) or 'an unknown place'}"
