"""The chats that the settings ask for, each behind the same few words.

A platform's library takes half a second to import, so that is done where its token is set.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from starlette.routing import Route

from adapters.settings import Settings
from adapters.terms import Terms
from adapters.uplink import Uplink
from adapters.web.assets import preview_bytes
from bot.booth import Booth
from bot.invites.links import Ways
from bot.office.crew import Crew
from bot.office.watch import UplinkReport
from bot.ports import Chat, Listener
from bot.store.stores import Stores
from bot.styles.shelf import Shelf
from bot.words import words


class Platform(Protocol):
    """One bot on one platform; nothing is asked of the platform before :meth:`running`."""

    @property
    def chat(self) -> Chat:
        """Shows cards there."""
        ...

    @property
    def uplinks(self) -> Sequence[Uplink]:
        """Its connections, for whoever watches them."""
        ...

    def listener(self, booth: Booth) -> Listener:
        """Handles what the platform has sent."""
        ...

    def routes(self) -> list[Route]:
        """What the program serves for it."""
        ...

    async def uplink(self) -> UplinkReport:
        """How what is sent there reaches us, for maintainers."""
        ...

    def way_in(self) -> str | None:
        """What leads guests to the bot, as `bot.invites.links.Ways` has it; None until it is known."""
        ...

    def connected(self) -> AbstractAsyncContextManager[None]:
        """Hold the connections for as long as the block lasts; the booth works within it."""
        ...

    def running(self) -> AbstractAsyncContextManager[None]:
        """Register, and take what comes, while the block runs."""
        ...


async def uplinks_of(platforms: Sequence[Platform]) -> Sequence[UplinkReport]:
    """How all of them stand, asked side by side."""
    return await asyncio.gather(*(platform.uplink() for platform in platforms))


def ways_of(platforms: Sequence[Platform], settings: Settings, page_url: str | None) -> Ways:
    """The ways in that are known just now."""
    ways = {platform.chat.name: platform.way_in() for platform in platforms}
    discord = settings.discord_invite or ways.get("discord")
    return Ways(ways.get("telegram"), discord, page_url, settings.public_url)


def make_platforms(settings: Settings, stores: Stores, shelf: Shelf, secret: bytes) -> list[Platform]:
    """Every bot that has a token."""
    made = (_telegram(settings, stores, secret), _discord(settings, stores, shelf))
    return [platform for platform in made if platform is not None]


def _telegram(settings: Settings, stores: Stores, secret: bytes) -> Platform | None:
    if settings.telegram_token is None:
        return None
    from adapters.telegram import platform as telegram  # noqa: PLC0415

    account = telegram.Account(
        settings.telegram_token.get_secret_value(), settings.telegram_api_url, settings.public_url, secret
    )
    means = telegram.Means(
        stores.database,
        stores.inbox,
        stores.meta,
        words(),
        terms_of(settings),
        Crew(settings.maintainers, stores.crew, stores.audit),
        preview_bytes,
        settings.previews,
    )
    return telegram.TelegramPlatform(account, means)


def _discord(settings: Settings, stores: Stores, shelf: Shelf) -> Platform | None:
    if settings.discord_token is None:
        return None
    from adapters.discord import platform as discord  # noqa: PLC0415
    from adapters.discord.entrance import Account, Stock  # noqa: PLC0415

    account = Account(
        settings.discord_token.get_secret_value(),
        settings.discord_api_url,
        settings.discord_gateway_url,
        settings.discord_public_key,
        gateway=settings.discord_gateway,
    )
    means = discord.Means(
        Stock(stores.database, stores.inbox, stores.meta, shelf, words()),
        terms_of(settings),
        preview_bytes,
        settings.previews,
        settings.max_upload,
    )
    return discord.DiscordPlatform(account, means)


def terms_of(settings: Settings) -> Terms:
    """What page and chats tell guests of the house."""
    return Terms(
        settings.event,
        settings.keep_photos.total_seconds(),
        settings.keep_pictures.total_seconds(),
        None if settings.keep_shared is None else settings.keep_shared.total_seconds(),
        settings.open_gallery and settings.public_url is not None,
    )
