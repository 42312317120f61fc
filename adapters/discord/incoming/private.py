"""The library's insides that this adapter touches: here and nowhere else, held by a test of their own.

Checked against discord.py 2.7.1, which is pinned. Handing over an interaction that came by HTTP is the one
call without a public way.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

log = logging.getLogger(__name__)

DISCORDS_HOST, DISCORDS_CDN = "discord.com", "https://cdn.discordapp.com"
INDISPENSABLE = "READY"  # without it there is no session to go on with

Parser = Callable[[Any], None]


def point_at(api_url: str) -> None:
    """Let the library call this REST API; avatars come from where it is, unless it is Discord's own."""
    url = yarl.URL(api_url)
    Route.BASE = api_url
    discord.Asset.BASE = DISCORDS_CDN if url.host == DISCORDS_HOST else str(url.origin())


async def point_gateway(client: discord.Client, url: str | None) -> None:
    """Let the library connect to this gateway; None asks the API for it.

    Raises:
        GatewayNotFound: the API didn't say.
    """
    if url is None:
        _, url, _ = await client.http.get_bot_gateway()
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)


def hand_over(client: discord.Client, data: Mapping[str, Any]) -> None:
    """Let the library understand an interaction as if it had come through the gateway.

    Raises:
        LookupError, TypeError, ValueError, AttributeError: it isn't what Discord sends.
    """
    client._connection.parse_interaction_create(data)  # type: ignore[arg-type] # noqa: SLF001 # the one


def forgive_events(client: discord.Client) -> None:
    """Let an event that the library can't parse be dropped; by itself it would end the connection."""
    parsers: dict[str, Parser] = client._connection.parsers  # noqa: SLF001
    for name in parsers.keys() - {INDISPENSABLE}:
        parsers[name] = _forgiving(name, parsers[name])


def _forgiving(name: str, parse: Parser) -> Parser:
    def parsed(data: Any) -> None:
        try:
            parse(data)
        except Exception as error:  # noqa: BLE001 # whatever it was, the next event is not the worse for it
            log.warning("an event %s can't be read: %s", name, type(error).__name__)

    return parsed


async def hang_up(client: discord.Client) -> None:
    """Close the session of a login that failed, so that the next try begins anew."""
    await client.http.close()
    client.http.connector = discord.utils.MISSING
