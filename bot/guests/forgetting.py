"""Forgetting a guest: all that is kept goes at once, and what is out of reach is queued until it is gone."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.nouns import GuestKey, Receipt
from bot.ports import Vault
from bot.states import UNFINISHED
from bot.store.bell import NOTES, POSTINGS, RECALLS, WALL, Bell
from bot.store.erasure import ErasureStore
from bot.store.guests import GuestStore
from bot.store.inbox import InboxStore
from bot.store.notes import NoteStore
from bot.store.vaults import loop_names, photo_name, picture_name
from bot.underway.ending import Ending

WAIT_S = 2.0  # a chat deletes a message in a tenth of a second, and the guest looks at nothing meanwhile
LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Erases guests."""

    erasure: ErasureStore
    inbox: InboxStore
    notes: NoteStore
    guests: GuestStore
    vault: Vault
    ending: Ending
    bell: Bell

    async def forget(self, guest: GuestKey) -> Receipt:
        """Erase all that is kept of a guest, also what others made of their photos.

        Rows and files are gone when this returns; messages in chats and copies on renderers' servers go as
        soon as they can be reached. That is waited for a moment, so that mostly nothing is left to be told.

        Returns:
            What was erased, by ``jobs``, ``photos``, ``pictures`` and ``shares``; and what is still to come:
            messages by platform, copies by renderer.
        """
        gone = await self.erasure.guest(guest, self.ending.farewell)
        for job in gone.jobs:
            if job.state in UNFINISHED:
                await self.ending.stop_work(job)
        ids = [job.id for job in gone.jobs]
        photos = await self.vault.delete([photo_name(job) for job in ids])
        pictures = await self.vault.delete([picture_name(job) for job in ids])
        await self.vault.delete([name for job in ids for name in loop_names(job)])
        await self.inbox.erase_guest(guest)
        await self.notes.erase(guest)
        await self.guests.erase(guest)
        for topic in (POSTINGS, RECALLS, WALL, NOTES):
            await self.bell.ring(topic)
        pending = Counter(await self.ending.scrub(gone.jobs))
        pending.update(await self._messages_left(guest))
        erased = {"jobs": len(ids), "photos": photos, "pictures": pictures, "shares": gone.shares}
        return Receipt(erased, dict(pending))

    async def _messages_left(self, guest: GuestKey) -> Mapping[str, int]:
        """Messages that are still to be taken back, by platform, after a moment's patience."""
        until = time.monotonic() + WAIT_S
        while True:
            left = await self.erasure.messages_left(guest)
            if not left or time.monotonic() >= until:
                return left
            await asyncio.sleep(LOOK_S)
