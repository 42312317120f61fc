"""From Telegram's updates to the inbox: translated, named, written down. Only then they are acknowledged."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import TypeVar

from telegram import Update

from adapters.telegram.events import Counted, Event, NoPhoto, PhotoSent, written
from adapters.telegram.identity import Identity
from adapters.telegram.incoming.translate import lane, translate, writer_of_more
from adapters.telegram.where import PLATFORM, chat_key, guest_key
from bot.nouns import ChatKey, Inbound
from bot.office.crew import Crew
from bot.store.inbox import InboxStore

Written = TypeVar("Written")

log = logging.getLogger(__name__)


def read_update(data: object) -> Update | None:
    """One update of Telegram's JSON; None for what the library can't read.

    Telegram would send it for a day, and nobody could ever read it.
    """
    try:
        return Update.de_json(data, None) if isinstance(data, dict) else None
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        log.error("an update can't be read: %s", type(error).__name__)  # noqa: TRY400 # no values
        return None


async def unbroken(write: Coroutine[None, None, Written]) -> Written:
    """A write to the store that is ended even where whoever waits for it is told to stop.

    A SQLite connection that is dropped in the middle of a transaction may keep the file locked for a while.
    """
    task = asyncio.ensure_future(write)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


class Intake:
    """Writes updates down."""

    def __init__(
        self,
        inbox: InboxStore,
        identity: Identity,
        crew: Crew,
        style_of: Callable[[ChatKey], Awaitable[object | None]],
        heard: Callable[[], None],
    ) -> None:
        """Write into this inbox; of the crew's messages more is written down than of guests'.

        ``style_of`` knows the style that a group has for all; ``heard`` is told whenever something came.
        """
        self._inbox = inbox
        self._identity = identity
        self._crew = crew
        self._style_of = style_of
        self._heard = heard

    async def keep(self, updates: Sequence[Update]) -> None:
        """Write down what is meant for us; once this has returned Telegram may forget the updates.

        Raises:
            DiskFull: nothing was kept. Errors of a database that is away pass through, too.
        """
        if updates:
            self._heard()
        inbounds = [inbound for update in updates if (inbound := await self._inbound(update)) is not None]
        await unbroken(self._inbox.keep_all(inbounds))

    async def _inbound(self, update: Update) -> Inbound | None:
        event = await self._event(update)
        if event is None:
            return None
        key = f"{PLATFORM}:{self._identity.me.id}:{update.update_id}"
        guest = None if isinstance(event, Counted) else guest_key(event.sender.user)
        return Inbound(key, PLATFORM, written(event), lane(event), guest)

    async def _event(self, update: Update) -> Event | None:
        writer = writer_of_more(update)
        maintainer = writer is not None and await self._crew.is_maintainer(guest_key(writer))
        event = translate(update, self._identity.me, maintainer=maintainer)
        if isinstance(event, PhotoSent) and not event.asked and not await self._may_be_meant(event):
            return None
        return None if isinstance(event, NoPhoto) and not event.spot.private else event

    async def _may_be_meant(self, photo: PhotoSent) -> bool:
        """Whether a photo that asks for nothing is looked at; of all others nothing is written down."""
        return photo.album is not None or await self._style_of(chat_key(photo.spot.chat)) is not None
