"""The ways into a booth as the settings name them; what only the networks know, they are asked."""

import os
from collections.abc import Awaitable, Callable, Collection

from adapters.doctor.accounts import Strange, TokenWrong, discord_account, telegram_account
from adapters.doctor.asking import Unreached
from adapters.network import lan_urls
from adapters.settings import Settings
from bot.errors import SetupError
from bot.invites.links import NETWORKS, Ways, discord_install

NOWHERE = (
    "There is nothing to invite to: set PETAFLOP_TELEGRAM_TOKEN, PETAFLOP_DISCORD_TOKEN or "
    "PETAFLOP_PUBLIC_URL, or name the bot with --bot-name."
)


async def ask_ways(settings: Settings, bot_name: str = "", wanted: Collection[str] = NETWORKS) -> Ways:
    """The ways into the booth of these settings; the networks are asked only for what nobody has said.

    Args:
        settings: What the owner decided.
        bot_name: The bot's name on Telegram, where it is known.
        wanted: The networks to look at; the others have no way.

    Raises:
        SetupError: there is no way at all, or a network can't say where it is.
    """
    ways = Ways(
        telegram=await _telegram(settings, bot_name) if "telegram" in wanted else None,
        discord=await _discord(settings) if "discord" in wanted else None,
        page=page_address(settings, settings.port) if "web" in wanted else None,
        short=settings.public_url,
    )
    if ways.telegram is None and ways.discord is None and ways.page is None:
        raise SetupError(NOWHERE, os.EX_CONFIG)
    return ways


def page_address(settings: Settings, port: int) -> str | None:
    """The page's address as other people's phones reach it; None where only this machine does."""
    return settings.public_url or next(iter(lan_urls(settings.host, port)), None)


async def _telegram(settings: Settings, bot_name: str) -> str | None:
    token = settings.telegram_token
    if bot_name or token is None:
        return bot_name.removeprefix("@") or None

    async def name() -> str:
        return (await telegram_account(settings.telegram_api_url, token.get_secret_value())).username

    return await _told("Telegram", "name the bot with --bot-name", name)


async def _discord(settings: Settings) -> str | None:
    token = settings.discord_token
    if settings.discord_invite is not None or token is None:
        return settings.discord_invite

    async def link() -> str:
        return discord_install((await discord_account(settings.discord_api_url, token.get_secret_value())).id)

    return await _told("Discord", "set PETAFLOP_DISCORD_INVITE to a server's invite", link)


async def _told(network: str, instead: str, ask: Callable[[], Awaitable[str]]) -> str:
    try:
        return await ask()
    except TokenWrong:
        raise SetupError(
            f"{network} doesn't know this token. Look at petaflop doctor.", os.EX_CONFIG
        ) from None
    except (Unreached, Strange):
        hint = f"{network} can't be reached to say who the bot is. Try again later, or {instead}."
        raise SetupError(hint, os.EX_TEMPFAIL) from None
