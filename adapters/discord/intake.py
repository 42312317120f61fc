"""From Discord's events to the inbox: named, written down. Only then they are acknowledged."""

import asyncio
import logging

from adapters.discord.events import Event, lane, written
from adapters.discord.journal import Journal
from adapters.discord.where import PLATFORM, guest_key
from bot.nouns import Inbound
from bot.store.inbox import InboxStore
from bot.unbroken import unbroken
from bot.worker import STORE_TROUBLE

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 15.0

log = logging.getLogger(__name__)


class Intake:
    """Writes events down, and into the journal where guests talk to us."""

    def __init__(self, inbox: InboxStore, journal: Journal) -> None:
        """Write into this inbox."""
        self._inbox = inbox
        self._journal = journal

    async def keep(self, event: Event) -> bool:
        """Write an event down; once this has returned, it may be acknowledged.

        Returns:
            False when it was seen before.

        Raises:
            DiskFull: nothing was kept. Errors of a database that is away pass through, too.
        """
        guest = guest_key(event.guest.user)
        inbound = Inbound(event.key, PLATFORM, written(event), lane(event), guest)
        return await unbroken(self._inbox.keep(inbound))

    async def note(self, event: Event) -> None:
        """Note up to where its channel is read now; only channels that the bot can read."""
        if event.where.member:
            await self._journal.note(event.where, int(event.key.rpartition(":")[2]))

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
                await self.note(event)
                return
