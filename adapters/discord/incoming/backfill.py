"""After a lost session: what was said meanwhile is read from the channels with open conversations."""

import asyncio
import logging
from collections.abc import AsyncIterator

import discord

from adapters.discord.api.errors import TRANSLATED
from adapters.discord.incoming.client import DiscordClient
from adapters.discord.incoming.journal import Journal, Read
from bot.store.trouble import STORE_TROUBLE

MOST = 200  # messages of a channel; two requests
TRIES = 4
FIRST_PAUSE_S, STORE_PAUSE_S = 1.0, 2.0

log = logging.getLogger(__name__)


class Backfill:
    """Implements :class:`adapters.discord.incoming.client.Session` for one client."""

    def __init__(self, client: DiscordClient, journal: Journal) -> None:
        """Let this client hear what the journal says was missed."""
        self._client = client
        self._journal = journal
        self._missed: asyncio.Task[list[Read]] | None = None

    async def began(self) -> None:
        """Look up to where each channel is read, before anything new is noted."""
        log.info("Discord's gateway is there")
        self._missed = asyncio.create_task(_opened(self._journal), name="discord journal")

    async def settled(self) -> None:
        """Hear every message that came after the last one seen; the inbox drops what is heard twice."""
        if self._missed is None:
            return
        for read in await self._missed:
            channel = _channel(self._client, read)
            if channel is not None and await _heard(self._client, channel, read):
                self._journal.read(read.channel)


async def _opened(journal: Journal) -> list[Read]:
    while True:
        try:
            return await journal.open()
        except STORE_TROUBLE as error:
            log.warning("what was missed is read later: %s", type(error).__name__)
            await asyncio.sleep(STORE_PAUSE_S)


def _channel(client: DiscordClient, read: Read) -> discord.abc.Messageable | None:
    """None where we are not on the channel's server any more, or it is away just now."""
    if read.guild is not None and client.get_guild(read.guild) is None:
        return None
    known = client.get_channel(read.channel)
    if isinstance(known, discord.abc.Messageable):
        return known
    return client.get_partial_messageable(read.channel, guild_id=read.guild)


async def _heard(client: DiscordClient, channel: discord.abc.Messageable, read: Read) -> bool:
    """Whether it was read to its end; what is closed to us has one."""
    for attempt in range(TRIES):
        try:
            async for message in _after(channel, read.last):
                await client.hear(message)
        except (discord.Forbidden, discord.NotFound):
            return True
        except TRANSLATED as error:
            log.info("channel %d is not read: %s", read.channel, type(error).__name__)
            await asyncio.sleep(FIRST_PAUSE_S * 2**attempt)
        else:
            return True
    return False


def _after(channel: discord.abc.Messageable, last: int) -> AsyncIterator[discord.Message]:
    return channel.history(after=discord.Object(last), limit=MOST, oldest_first=True)
