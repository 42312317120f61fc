"""All of Discord put together: what comes in, a chat, a listener, and the work in the background."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.routing import Route

from adapters.discord.api.cdn import Cdn
from adapters.discord.api.fetching import Fetching
from adapters.discord.api.pad import Pad
from adapters.discord.api.sender import Sender
from adapters.discord.entrance import Account, Entrance, Stock
from adapters.discord.handling.foyer import Foyer
from adapters.discord.handling.listener import DiscordListener
from adapters.discord.showing.chat import DiscordChat, Tools
from adapters.discord.showing.showcase import Showcase
from adapters.terms import Terms
from adapters.uplink import Uplink
from bot.booth import Booth
from bot.invites.links import discord_install
from bot.nouns import StyleId
from bot.office.watch import UplinkReport


@dataclass(frozen=True, slots=True)
class Means:
    """What the platform shows, and how.

    Attributes:
        preview: Gives a style's encoded preview picture.
        previews: Whether renders are watched, and menus come with pictures.
        max_upload: Bytes a photo may have.
    """

    stock: Stock
    terms: Terms
    preview: Callable[[StyleId], bytes | None]
    previews: bool
    max_upload: int


class DiscordPlatform:
    """One bot. ``chat`` is the core's port; nothing is asked of Discord before :meth:`running`."""

    def __init__(self, account: Account, means: Means) -> None:
        """Put the parts together."""
        self._means = means
        self._words = means.stock.words
        self._cdn = Cdn(means.max_upload)
        entrance = self.entrance = Entrance(account, means.stock)
        self._sender = Sender(entrance.client.http, entrance.calls, entrance.reception.may_be_answered)
        self._fetching = Fetching(self._cdn, self._sender)
        pad = Pad(self._sender)
        tools = Tools(self._sender, pad, self._fetching, self._words, means.previews, self._me)
        self.chat = DiscordChat(tools)

    @property
    def uplinks(self) -> Sequence[Uplink]:
        """Its connections, for whoever watches them."""
        return self.entrance.uplinks

    def routes(self) -> list[Route]:
        """What the program serves for Discord."""
        return self.entrance.routes()

    def listener(self, booth: Booth) -> DiscordListener:
        """Who handles what Discord has sent."""
        self.entrance.forms.booth = booth
        return DiscordListener(
            Foyer(
                booth=booth,
                chat=self.chat,
                sender=self._sender,
                fetching=self._fetching,
                showcase=Showcase(self._means.preview),
                words=self._words,
                terms=self._means.terms,
                deferred=self.entrance.reception.deferred,
                previews=self._means.previews,
            )
        )

    async def uplink(self) -> UplinkReport:
        """How Discord reaches us, for maintainers."""
        return self.entrance.uplink()

    def way_in(self) -> str | None:
        """What adds the bot to a server or to one's own account, once we are logged in."""
        application = self.entrance.client.application_id
        return None if application is None else discord_install(application)

    def _me(self) -> int:
        user = self.entrance.client.user
        return 0 if user is None else user.id

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Hold the connections for as long as the block lasts; the booth works within it."""
        async with self.entrance.connected():
            try:
                yield
            finally:
                await self.chat.close()
                await self._cdn.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Register, and take what comes, while the block runs."""
        async with self.entrance.working():
            yield
