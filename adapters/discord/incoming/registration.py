"""Registering with Discord: who we are, and what our commands are. Repeated until it is done."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import discord

from adapters.discord.api.calls import Calls
from adapters.discord.api.errors import TRANSLATED, Refused, TokenRefused, translated
from adapters.discord.api.wire import Wire
from adapters.discord.incoming import private
from adapters.discord.incoming.client import DiscordClient
from adapters.discord.incoming.sync import sync
from bot.errors import DeliveryError
from bot.store.meta import MetaStore
from bot.words import Words

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 15.0
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""What the bot asks for when it is added to a server; ``docs/discord.md`` has the number."""

log = logging.getLogger(__name__)


class Registration:
    """Logs the client in, and makes its commands known."""

    def __init__(
        self, client: DiscordClient, token: str, calls: Calls, wire: Wire, meta: MetaStore, words: Words
    ) -> None:
        """Register this client's bot; ``calls`` may call once it is logged in."""
        self._client = client
        self._token = token
        self._calls = calls
        self._wire = wire
        self._meta = meta
        self._words = words

    async def run(self, *, over_http: bool) -> None:
        """Register, however long that takes.

        Args:
            over_http: Whether we take interactions over HTTP; Discord has to be told so by hand.

        Raises:
            TokenRefused: nothing of it will ever work.
        """
        if not self._calls.ready:
            await persisted(self._log_in, "Discord is out of reach")
            self._calls.ready = True
            self._check_endpoint(over_http)
            log.info("Discord is there; to add the bot to a server: %s", self._invitation())
        await persisted(self._tell_commands, "Discord was not told of our commands")

    async def _log_in(self) -> None:
        try:
            await self._wire.patiently(lambda: self._client.login(self._token))
        except (DeliveryError, *TRANSLATED):
            await private.hang_up(self._client)
            raise

    async def _tell_commands(self) -> None:
        if await self._wire.patiently(lambda: sync(self._client, self._meta, self._words)):
            log.info("Discord knows our commands")

    def _invitation(self) -> str:
        scopes = ("bot", "applications.commands")
        return discord.utils.oauth_url(
            self._client.application_id or 0, permissions=PERMISSIONS, scopes=scopes
        )

    def _check_endpoint(self, over_http: bool) -> None:
        application = self._client.application
        endpoint = None if application is None else application.interactions_endpoint_url
        if over_http and endpoint is None:
            log.warning(
                "Discord sends no interactions over HTTP: set the Interactions Endpoint URL in the developer "
                "portal to PETAFLOP_PUBLIC_URL with /discord/interactions behind it."
            )
        elif endpoint is not None and not over_http:
            log.warning(
                "Discord sends commands and buttons to the portal's Interactions Endpoint URL: "
                "clear it in the developer portal, or set PETAFLOP_DISCORD_PUBLIC_KEY."
            )


async def persisted(step: Callable[[], Awaitable[None]], trouble: str) -> None:
    """Try until it is done; the pauses grow, and are as long as Discord asks for.

    Raises:
        TokenRefused: no try can succeed.
    """
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            await step()
        except (DeliveryError, *TRANSLATED) as error:
            mine = error if isinstance(error, DeliveryError) else translated(error)
            if isinstance(mine, TokenRefused):
                raise mine from None
            wait_s = pause_s if mine.retry_after_s is None else mine.retry_after_s
            log.warning("%s (%s), again in %.0f s", trouble, _reason(error, mine), wait_s)
            await asyncio.sleep(wait_s)
            pause_s = min(LONGEST_PAUSE_S, max(FIRST_PAUSE_S, 2 * wait_s))
        else:
            return


def _reason(error: BaseException, mine: DeliveryError) -> str:
    if isinstance(error, discord.app_commands.CommandSyncFailure):
        return "they are refused"
    return mine.reason.name.lower() if isinstance(mine, Refused) else type(mine).__name__
