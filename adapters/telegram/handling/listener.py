"""Hands each event to who handles it. All that is needed stands in the store, so any replica can."""

import logging

from adapters.telegram.api.errors import Reason, Refused
from adapters.telegram.events import (
    Asked,
    Chosen,
    Command,
    Counted,
    Event,
    NoPhoto,
    PaperSent,
    PhotoSent,
    Press,
    PressedInline,
    Reacted,
    Said,
    Standing,
    read,
)
from adapters.telegram.handling.commands import Commands
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.handling.giving import Giving
from adapters.telegram.handling.inline import Inline
from adapters.telegram.handling.inlined import Inlined
from adapters.telegram.handling.maintaining import Maintaining
from adapters.telegram.handling.photos import Photos
from adapters.telegram.handling.presses import Presses
from adapters.telegram.handling.votes import Votes
from adapters.telegram.where import PLATFORM, chat_key, guest_key

log = logging.getLogger(__name__)


class TelegramListener:
    """Implements :class:`bot.ports.Listener`."""

    name = PLATFORM

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer
        self._photos = Photos(foyer)
        self._maintaining = Maintaining(foyer)
        giving = Giving(foyer)
        self._presses = Presses(foyer, giving, self._maintaining)
        self._commands = Commands(foyer, giving)
        self._inline = Inline(foyer)
        self._inlined = Inlined(foyer)
        self._votes = Votes(foyer)

    async def handle(self, payload: str) -> None:
        """Handle what :func:`adapters.telegram.events.written` has written.

        What Telegram refuses once it refuses for ever, and its chat's next events must not wait for that: a
        message is gone, a topic is closed for good. Rights may be given back.

        Raises:
            DeliveryError: as the port says.
        """
        try:
            await self._handle(read(payload))
        except Refused as error:
            if error.reason is Reason.NO_RIGHTS:
                raise
            log.info("an event came to nothing: %s", error.reason.name.lower())

    async def _handle(self, event: Event) -> None:
        match event:
            case PhotoSent():
                await self._photos.handle(event)
            case Press():
                await self._presses.handle(event)
            case Command():
                if not await self._maintaining.commanded(event):
                    await self._commands.handle(event)
            case Said() | PaperSent():
                await self._more(event)
            case NoPhoto():
                await self._no_photo(event)
            case Standing():
                await self._standing(event)
            case _:
                await self._before_others(event)

    async def _before_others(self, event: Asked | Chosen | PressedInline | Reacted | Counted) -> None:
        """What has to do with pictures that others see."""
        match event:
            case Asked():
                await self._inline.handle(event)
            case Chosen():
                await self._inlined.chosen(event)
            case PressedInline():
                await self._inlined.pressed(event)
            case Reacted():
                await self._votes.changed(event)
            case Counted():
                await self._votes.counted(event)

    async def _more(self, event: Said | PaperSent) -> None:
        if isinstance(event, Said):
            if not await self._maintaining.said(event):
                await self._no_photo(NoPhoto(event.spot, event.sender, "text"))
        elif not await self._maintaining.sent(event):
            await self._no_photo(NoPhoto(event.spot, event.sender, "file"))

    async def _no_photo(self, event: NoPhoto) -> None:
        language = await self._foyer.language(event.sender)
        await self._foyer.say(event.spot, language, f"telegram-send-{event.what}")

    async def _standing(self, event: Standing) -> None:
        await self._rights_changed(event.spot.chat)
        if event.now == "joined" and not event.spot.private:
            await self._commands.greet(event.spot, await self._foyer.language(event.sender))
        elif event.now == "left" and event.spot.private:
            # Whoever blocks the bot wants nothing of it any more.
            await self._foyer.end_jobs(guest_key(event.sender.user), chat_key(event.spot.chat))

    async def _rights_changed(self, chat: int) -> None:
        self._foyer.chat.rights_changed(chat)
        ids = (chat, *self._foyer.hands.sender.formerly(chat))
        await self._foyer.booth.sharing.rights_changed([chat_key(one) for one in ids])
