"""Hands each event to who handles it. All that is needed stands in the store, so any replica can."""

from adapters.discord.events import (
    Command,
    Filled,
    Maintained,
    NoPhoto,
    Permitted,
    PhotoSent,
    Press,
    Reacted,
    read,
)
from adapters.discord.handling.commands import Commands
from adapters.discord.handling.foyer import Foyer
from adapters.discord.handling.giving import Giving
from adapters.discord.handling.maintaining import Maintaining
from adapters.discord.handling.photos import Photos
from adapters.discord.handling.presses import Presses
from adapters.discord.handling.votes import Votes
from adapters.discord.showing.blanks import data_of
from adapters.discord.where import PLATFORM, chat_key


class DiscordListener:
    """Implements :class:`bot.ports.Listener`."""

    name = PLATFORM

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer
        self._photos = Photos(foyer)
        self._votes = Votes(foyer)
        self._maintaining = Maintaining(foyer)
        giving = Giving(foyer)
        self._presses = Presses(foyer, giving, self._maintaining)
        self._commands = Commands(foyer, giving)

    async def handle(self, payload: str) -> None:
        """Handle what :func:`adapters.discord.events.written` has written.

        Raises:
            DeliveryError: as the port says.
        """
        event = read(payload)
        if event.where.interaction:
            await self._foyer.deferred(event.where.interaction)
        match event:
            case PhotoSent():
                await self._photos.handle(event)
            case Press() if (data := data_of(event.custom_id)) is not None:
                await self._maintaining.pressed(event, data)
            case Press():
                await self._presses.handle(event)
            case Command():
                await self._commands.handle(event)
            case Maintained():
                await self._maintaining.commanded(event)
            case Filled():
                await self._maintaining.filled(event)
            case Reacted() | Permitted():
                await self._in_feed(event)
            case NoPhoto():
                await self._no_photo(event)

    async def _in_feed(self, event: Reacted | Permitted) -> None:
        if isinstance(event, Reacted):
            await self._votes.handle(event)
        else:
            self._foyer.sender.refusals.forget(event.where.channel)
            await self._foyer.booth.sharing.rights_changed([chat_key(event.where.channel)])

    async def _no_photo(self, event: NoPhoto) -> None:
        language = await self._foyer.language(event)
        await self._foyer.say(event, self._foyer.words.say(language, f"discord-send-{event.what}"))
