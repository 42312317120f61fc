"""Everybody who works in the booth while it is open: clerk, fetcher, painters, courier, keeper and more."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.nouns import JobId
from bot.staff.clerk import Clerk
from bot.staff.courier import Courier
from bot.staff.fetcher import Fetcher
from bot.staff.hanging import Hanger
from bot.staff.painter import Painter
from bot.staff.recalling import Recaller
from bot.staff.scrubber import Scrubber
from bot.store.bell import Bell
from bot.store.claims import LEASE_S, ClaimStore
from bot.store.fetches import FetchStore
from bot.store.inbox import InboxStore
from bot.store.postings import PostingStore
from bot.store.recalls import RecallStore
from bot.store.trouble import STORE_TROUBLE
from bot.underway.keeper import Keeper
from bot.underway.lines import Lines
from bot.underway.teller import Teller

HERALD_PAUSE_S = 0.5  # places are told at most that often

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works.

    Attributes:
        alone: No other process shares the database.
        rounds: What else is done for ever, by those who have no claims.
    """

    owner: str
    alone: bool
    clerk: Clerk
    fetcher: Fetcher
    hanger: Hanger
    recaller: Recaller
    painters: Sequence[Painter]
    courier: Courier
    keeper: Keeper
    scrubber: Scrubber
    teller: Teller
    lines: Lines
    claims: ClaimStore
    fetches: FetchStore
    inbox: InboxStore
    postings: PostingStore
    recalls: RecallStore
    bell: Bell
    rounds: Sequence[Callable[[], Coroutine[None, None, None]]] = ()

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Resume what was left, work while the block runs, then hand everything back to the line.

        When one of the staff breaks, the block is cancelled: a booth with a dead worker must not look open.
        """
        back = await self._resume(None if self.alone else self.owner)
        if back:
            log.info("%d jobs go on where a restart left them", back)
        self.bell.on_cancel = self._cancelled
        try:
            async with self.bell.listening(), asyncio.TaskGroup() as group:
                tasks = [group.create_task(work) for work in self._work()]
                try:
                    yield
                finally:
                    for task in tasks:
                        task.cancel()
        finally:
            await self.teller.quiet()
            await self._resume(self.owner)

    async def _resume(self, owner: str | None) -> int:
        await self.inbox.resume(owner)
        await self.fetches.resume(owner)
        await self.postings.resume(owner)
        await self.recalls.resume(owner)
        return await self.claims.resume(owner)

    def _work(self) -> list[Coroutine[None, None, None]]:
        work: list[Coroutine[None, None, None]] = [self.courier.worker.run(), self.keeper.run()]
        work += [self.clerk.worker.run(), self.fetcher.worker.run(), self.scrubber.run()]
        work += [self.hanger.worker.run(), self.recaller.worker.run()]
        for painter in self.painters:
            work += [painter.worker.run(), self._herald(painter.renderer_name)]
        if not self.alone:
            work.append(self._heartbeat())
        return work + [round_() for round_ in self.rounds]

    def _cancelled(self, job: JobId) -> None:
        for worker in (self.fetcher.worker, *(painter.worker for painter in self.painters)):
            worker.cancel_work(job)

    async def _herald(self, renderer: str) -> None:
        moved = self.lines.moved(renderer)
        while True:
            await moved.wait()
            moved.clear()
            await _tried(lambda: self.teller.tell_line(renderer), "places were not told")
            await asyncio.sleep(HERALD_PAUSE_S)

    async def _heartbeat(self) -> None:
        workers = [self.courier.worker, *(painter.worker for painter in self.painters)]

        async def beat() -> None:
            await self.claims.heartbeat(self.owner, [job for worker in workers for job in worker.holds])
            await self.claims.keep_open(self.owner, list(self.teller.opening))
            await self.fetches.heartbeat(self.owner, self.fetcher.worker.holds)
            await self.inbox.heartbeat(self.owner, self.clerk.worker.holds)
            await self.postings.heartbeat(self.owner, self.hanger.worker.holds)
            await self.recalls.heartbeat(self.owner, self.recaller.worker.holds)

        while True:
            await asyncio.sleep(LEASE_S / 3)
            await _tried(beat, "leases were not kept")


async def _tried(action: Callable[[], Awaitable[None]], otherwise: str) -> None:
    try:
        await action()
    except STORE_TROUBLE as error:
        log.warning("%s: %s", otherwise, type(error).__name__)
