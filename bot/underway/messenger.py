"""The messenger: sends notes one after the other, and keeps each until its chat has said yes.

After an ambiguous answer, and after a kill, a note is sent again under the same key: a platform that knows
keys makes one message of all tries. Why, and what the others do: ``docs/decisions/0003-notes.md``.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.cards import Address
from bot.errors import ChatGone, DeliveryError
from bot.nouns import ChatKey, GuestKey
from bot.ports import Chat
from bot.store.bell import NOTES, Bell
from bot.store.notes import LEASE_S, Note, NoteClaim, NoteStore
from bot.store.trouble import STORE_TROUBLE
from bot.underway.worker import LOOK_S, described, written

AGAIN_S = 30.0  # a note is no picture: the uplink has time
SEND_S = LEASE_S - 30.0  # who has not sent it by then doesn't know whether they have
DOUBT_S = 300.0  # keys are known for minutes, and an announcement is about minutes

log = logging.getLogger(__name__)


class Messenger:
    """Writes notes down, and sends what is written."""

    def __init__(self, chats: Sequence[Chat], store: NoteStore, bell: Bell) -> None:
        """Send through these chats."""
        self._chats: Mapping[str, Chat] = {chat.name: chat for chat in chats}
        self._store = store
        self._bell = bell

    async def tell(self, guest: GuestKey, words: str) -> None:
        """Send something to a guest's own chat, however long that takes within a day."""
        await self.post(Note(Address(ChatKey(guest)), words, lasts=True))

    async def post(self, note: Note) -> None:
        """Keep a note and send it."""
        await self._store.add([note])
        await self.wake()

    async def wake(self) -> None:
        """Notes were kept: send them."""
        await self._bell.ring(NOTES)

    async def run(self) -> None:
        """Send for ever."""
        wake = self._bell.event(NOTES)
        await written(self._store.resume, _no_room)
        while True:
            wake.clear()
            try:
                while (claim := await self._store.claim(list(self._chats))) is not None:
                    await self._work(claim)
            except STORE_TROUBLE as error:
                log.warning("notes wait: %s", type(error).__name__)
            try:
                async with asyncio.timeout(LOOK_S):
                    await wake.wait()
            except TimeoutError:
                continue

    async def _work(self, claim: NoteClaim) -> None:
        try:
            wait_s = await self._sent(claim)
        except asyncio.CancelledError:
            with suppress(*STORE_TROUBLE):  # then it is due when the claim is over
                await self._store.later(claim, 0.0)
            raise
        if wait_s is None:
            await written(lambda: self._store.done(claim), _no_room)
        else:
            await written(lambda: self._store.later(claim, wait_s), _no_room)

    async def _sent(self, claim: NoteClaim) -> float | None:
        """Send it; return None when it is done with, else the seconds until the next try."""
        try:
            async with asyncio.timeout(SEND_S):
                await self._send(claim)
        except ChatGone:
            log.info("a note was not sent: nobody is there any more")
        except (DeliveryError, TimeoutError) as error:
            return _pause_s(claim, error)
        except Exception as error:  # noqa: BLE001 # the top of a worker: a note is no reason to close the booth
            log.error("a note was not sent: %s", described(error))  # noqa: TRY400 # its text may be a guest's
        return None

    async def _send(self, claim: NoteClaim) -> None:
        address = claim.note.address
        chat = self._chats[address.chat.partition(":")[0]]
        if address.message is None and not address.context:
            note = claim.note
            await chat.notify(GuestKey(address.chat), note.words, claim.key, note.keys)
        else:
            await chat.nudge(address, claim.note.words, claim.key)


def _pause_s(claim: NoteClaim, error: DeliveryError | TimeoutError) -> float | None:
    """Seconds until the next try; None where it may have arrived and one more would be worse than none."""
    if isinstance(error, DeliveryError) and error.retry_after_s is not None:
        return error.retry_after_s
    if isinstance(error, DeliveryError) and error.unsent:
        return AGAIN_S
    if not claim.note.lasts and claim.age_s > DOUBT_S:
        log.info("a note may not have been sent: %s", type(error.__cause__ or error).__name__)
        return None
    return max(AGAIN_S, claim.age_s)


async def _no_room() -> bool:
    return False
