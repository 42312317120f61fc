"""From Discord's events to the inbox: named, written down. Only then they are acknowledged.

What comes while something is being written is written together afterwards: a crowd waits for one write to the
disk, not for forty.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from adapters.discord.events import Event, Permitted, Reacted, lane, written
from adapters.discord.incoming.journal import Journal
from adapters.discord.where import PLATFORM, guest_key
from bot.nouns import Inbound
from bot.store.inbox import InboxStore
from bot.store.trouble import STORE_TROUBLE

MOST = 100  # events in one write
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 15.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Waiting:
    event: Event
    inbound: Inbound
    fresh: "asyncio.Future[bool]"


class Intake:
    """Writes events down, and into the journal where guests talk to us."""

    def __init__(self, inbox: InboxStore, journal: Journal, heard: Callable[[], None] = lambda: None) -> None:
        """Write into this inbox; ``heard`` is told whenever something came."""
        self._inbox = inbox
        self._journal = journal
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None
        self._noting: set[asyncio.Task[None]] = set()
        self._heard = heard

    async def keep(self, event: Event) -> bool:
        """Write an event down; once this has returned, it may be acknowledged.

        Returns:
            False when it was seen before.

        Raises:
            DiskFull: nothing was kept. Errors of a database that is away pass through, too.
        """
        self._heard()
        inbound = Inbound(event.key, PLATFORM, written(event), lane(event), guest_key(event.guest.user))
        waiting = _Waiting(event, inbound, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="discord inbox")
        return await asyncio.shield(waiting.fresh)

    async def keep_surely(self, event: Event) -> None:
        """Write down what nobody sends again, a message of the gateway, however long the store is away."""
        pause_s = FIRST_PAUSE_S
        while True:
            try:
                await self.keep(event)
            except STORE_TROUBLE as error:
                log.warning("a message is not kept: %s, again in %.0f s", type(error).__name__, pause_s)
                await asyncio.sleep(pause_s)
                pause_s = min(LONGEST_PAUSE_S, 2 * pause_s)
            else:
                return

    async def close(self) -> None:
        """Wait until what has come is written, or can't be."""
        if self._writing is not None:
            await asyncio.wait([self._writing])
        if self._noting:
            await asyncio.wait(self._noting)
        await self._journal.write()

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                fresh = await self._inbox.keep_all([waiting.inbound for waiting in batch])
            except Exception as error:  # noqa: BLE001 # told to everybody who waits for it
                for waiting in batch:
                    waiting.fresh.set_exception(error)
            else:
                for waiting in batch:
                    self._note(waiting.event)
                    waiting.fresh.set_result(waiting.inbound.key in fresh)

    def _note(self, event: Event) -> None:
        """Note where guests talk to us, if the bot can read there; nobody waits for that."""
        if event.where.member and not isinstance(event, Reacted | Permitted):
            noting = asyncio.create_task(self._noted(event), name="discord journal")
            self._noting.add(noting)
            noting.add_done_callback(self._noting.discard)

    async def _noted(self, event: Event) -> None:
        number = int(event.key.rpartition(":")[2])
        try:
            if event.where.interaction:
                await self._journal.talked(event.where, number)
            else:
                await self._journal.heard(event.where, number)
        except STORE_TROUBLE as error:
            log.info("a conversation is not noted: %s", type(error).__name__)
