"""The messenger: sends notes one after the other, each of them at most once where a second would annoy."""

import asyncio
import logging
from collections.abc import Mapping, Sequence

from bot.cards import Address
from bot.errors import ChatGone, DeliveryError
from bot.nouns import ChatKey, GuestKey
from bot.ports import Chat
from bot.store.bell import NOTES, Bell
from bot.store.notes import Note, NoteStore, Posted
from bot.worker import LOOK_S, STORE_TROUBLE, described

AGAIN_S = 30.0  # a note is no picture: the uplink has time

log = logging.getLogger(__name__)


class Messenger:
    """Writes notes down, and sends what is written."""

    def __init__(self, chats: Sequence[Chat], store: NoteStore, bell: Bell) -> None:
        """Send through these chats."""
        self._chats: Mapping[str, Chat] = {chat.name: chat for chat in chats}
        self._store = store
        self._bell = bell

    async def tell(self, guest: GuestKey, words: str) -> None:
        """Send something to a guest's own chat; after an ambiguous answer it may come twice."""
        await self._store.add([Note(Address(ChatKey(guest)), words, repeats=True)])
        await self._bell.ring(NOTES)

    async def run(self) -> None:
        """Send for ever."""
        wake = self._bell.event(NOTES)
        while True:
            wake.clear()
            try:
                while (posted := await self._store.take(list(self._chats))) is not None:
                    await self._send(posted)
            except STORE_TROUBLE as error:
                log.warning("notes wait: %s", type(error).__name__)
            try:
                async with asyncio.timeout(LOOK_S):
                    await wake.wait()
            except TimeoutError:
                continue

    async def _send(self, posted: Posted) -> None:
        note = posted.note
        chat = self._chats[note.address.chat.partition(":")[0]]
        try:
            if note.address.message is None and not note.address.context:
                await chat.notify(GuestKey(note.address.chat), note.words)
            else:
                await chat.nudge(note.address, note.words)
        except ChatGone:
            log.info("a note was not sent: nobody is there any more")
        except DeliveryError as error:
            if note.repeats or error.retry_after_s is not None:
                await self._store.put_back(posted, error.retry_after_s or AGAIN_S)
            else:
                log.info("a note may not have been sent: %s", type(error.__cause__ or error).__name__)
        except Exception as error:  # noqa: BLE001 # the top of a worker: a note is no reason to close the booth
            log.error("a note was not sent: %s", described(error))  # noqa: TRY400 # its text may be a guest's
        except asyncio.CancelledError:
            if note.repeats:
                await self._store.put_back(posted, 0.0)
            raise
