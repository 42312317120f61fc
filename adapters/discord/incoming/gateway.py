"""The gateway, supervised: whatever ends a connection, a new one is made.

The library reconnects and resumes by itself, but its pauses grow to many minutes, some errors end it, and
some close its client for good. So each spell has a client of its own, and is ended when it is away too long.
"""

import asyncio
import logging
from collections.abc import Callable

import discord

from adapters.discord.api.errors import TRANSLATED, TokenRefused
from adapters.discord.incoming import private
from adapters.discord.incoming.backfill import Backfill
from adapters.discord.incoming.client import DiscordClient
from adapters.discord.incoming.journal import Journal
from adapters.discord.where import PLATFORM
from adapters.uplink import Uplink
from bot.underway.worker import described

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 20.0
AWAY_S = 30.0  # the library's first five tries; then a new spell begins with a short pause again
LOOK_S = 5.0
LOGIN_S = 30.0
CLOSE_S, CANCEL_S = 3.0, 1.0
WRONG_TOKEN = 4004  # close codes: developer documentation, "Gateway Close Event Codes"

log = logging.getLogger(__name__)


def intents(*, content: bool) -> discord.Intents:
    """What we hear of: servers, messages, and reactions; with ``content`` also what is not meant for us.

    The content is privileged. Without it, direct messages and mentions still come whole.
    """
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        guild_reactions=True,  # feeds are read by many, so there is none among direct messages
        dm_messages=True,
        message_content=content,
    )


class Gateway:
    """Holds one connection at a time; ``uplink`` tells how it is."""

    def __init__(
        self,
        token: str,
        url: str | None,
        make: Callable[[discord.Intents], DiscordClient],
        journal: Journal,
    ) -> None:
        """Connect to this address, or to the one that the API names, with clients that ``make`` makes."""
        self._token = token
        self._url = url
        self._make = make
        self._journal = journal
        self._content = True
        self._pause_s = FIRST_PAUSE_S
        self.uplink = Uplink(PLATFORM, "gateway")
        self._client: DiscordClient | None = None

    @property
    def away_s(self) -> float:
        """For how long it has not been connected, in seconds; 0 while it is, or another replica holds it."""
        return 0.0 if self._client is None else self._client.away_s

    async def run(self) -> None:
        """Hold a connection for ever.

        Raises:
            TokenRefused: it was taken back.
        """
        while True:
            try:
                await self._spell()
            except TRANSLATED as error:
                if _refuses_the_token(error):
                    raise TokenRefused from None
                if self._content and isinstance(error, discord.PrivilegedIntentsRequired):
                    self._do_without_content()
                    continue
                self.uplink.lost(type(error).__name__)
                log.warning("Discord's gateway: %s, again in %.0f s", type(error).__name__, self._pause_s)
            except Exception as error:  # noqa: BLE001 # the top of a worker: the next spell begins anew
                log.error("Discord's gateway: %s", described(error))  # noqa: TRY400 # no values
            await asyncio.sleep(self._pause_s)
            self._pause_s = min(LONGEST_PAUSE_S, 2 * self._pause_s)

    def _do_without_content(self) -> None:
        self._content = False
        log.warning(
            "Discord doesn't give this bot the message content: direct messages, mentions and commands work "
            "all the same. To let answers to a photo work too, turn on Message Content Intent in the portal."
        )

    async def _spell(self) -> None:
        client = self._client = self._make(intents(content=self._content))
        client.uplink = self.uplink
        try:
            async with asyncio.timeout(LOGIN_S):
                await client.login(self._token)
                await private.point_gateway(client, self._url)
            client.session = Backfill(client, self._journal)
            await self._connected(client)
        finally:
            await closed(client)

    async def _connected(self, client: DiscordClient) -> None:
        connecting = asyncio.create_task(client.connect(), name="discord gateway")
        try:
            while not connecting.done():
                await asyncio.wait({connecting}, timeout=LOOK_S)
                if client.away_s == 0.0:
                    self._pause_s = FIRST_PAUSE_S
                if client.away_s > AWAY_S:
                    raise TimeoutError
            connecting.result()
        finally:
            while (
                not connecting.done()
            ):  # a cancellation may be lost while it connects (Python 3.11's wait_for)
                connecting.cancel()
                await asyncio.wait({connecting}, timeout=CANCEL_S)


def _refuses_the_token(error: BaseException) -> bool:
    closed = isinstance(error, discord.ConnectionClosed) and error.code == WRONG_TOKEN
    return closed or isinstance(error, discord.LoginFailure)


async def closed(client: discord.Client) -> None:
    """Close a client; a server that doesn't say goodbye is not waited for."""
    try:
        async with asyncio.timeout(CLOSE_S):
            await client.close()
    except TRANSLATED as error:
        log.info("Discord was left without a goodbye: %s", type(error).__name__)
    await client.http.close()
