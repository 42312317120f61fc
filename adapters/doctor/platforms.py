"""Telegram, Discord and the tunnel: tokens, webhooks, and whether the world reaches us."""

import os
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from adapters.discord.incoming.interactions import PATH as DISCORD_PATH
from adapters.doctor.accounts import (
    DiscordAccount,
    DiscordSessions,
    Strange,
    TelegramAccount,
    TelegramHook,
    TokenWrong,
    discord_account,
    discord_sessions,
    telegram_account,
    telegram_hook,
)
from adapters.doctor.asking import Unreached
from adapters.doctor.findings import Finding, Tell, bad, good, hint
from adapters.doctor.tunnel import examine_tunnel
from adapters.settings import Settings
from adapters.telegram.incoming.webhook import PATH as TELEGRAM_PATH

Told = TypeVar("Told")

TELEGRAM, DISCORD, CLOCK = "Telegram", "Discord", "clock"
RECENT_S = 3600.0
MANY_WAIT = 100
FEW_SESSIONS = 50  # of a thousand a day: something begins one after the other
OFF_S, FAR_OFF_S = 10.0, 120.0  # Discord's requests are taken for five minutes, certificates longer


async def examine_platforms(settings: Settings, tell: Tell, *, runs: bool) -> None:
    """Look at everything that is out in the world; nothing is changed there.

    Args:
        settings: What the owner decided; what they don't ask for is not looked at.
        tell: Told each finding.
        runs: Whether a petaflop runs here, so that its address should lead to it.
    """
    clocks = [
        await _telegram(settings, tell),
        await _discord(settings, tell),
        await examine_tunnel(settings, tell, runs=runs),
    ]
    if told := [off for off in clocks if off is not None]:
        tell(look_at_clock(max(told, key=abs)))


def look_at_clock(off_s: float) -> Finding:
    """Our clock beside theirs."""
    figures = {"off_s": round(off_s, 1)}
    if abs(off_s) < OFF_S:
        return good(CLOCK, "It is right.", figures)
    sentence = f"It is {abs(off_s):.0f} s {'fast' if off_s > 0 else 'slow'}."
    advice = "Let a time server set it: on a board without a battery it stands still while the power is off."
    if abs(off_s) < FAR_OFF_S:
        return hint(CLOCK, sentence, advice, figures)
    return bad(CLOCK, sentence, advice + " Discord's requests are refused so, and certificates may be.")


async def _telegram(settings: Settings, tell: Tell) -> float | None:
    if settings.telegram_token is None:
        return None
    token, api_url = settings.telegram_token.get_secret_value(), settings.telegram_api_url
    account = await _asked(TELEGRAM, lambda: telegram_account(api_url, token), tell)
    if account is None:
        return None
    tell(good(TELEGRAM, f"The token is @{account.username}'s."))
    for finding in _telegrams_switches(account):
        tell(finding)
    hook = await _asked(TELEGRAM, lambda: telegram_hook(api_url, token), tell)
    if hook is not None:
        tell(look_at_hook(hook, settings.public_url, time.time()))
    return account.clock_off_s


def _telegrams_switches(account: TelegramAccount) -> list[Finding]:
    found = []
    if not account.groups:
        advice = "Let it with @BotFather: /setjoingroups."
        found.append(hint(TELEGRAM, "It can't be added to groups.", advice))
    if not account.inline:
        advice = "Turn it on with @BotFather: /setinline. Without it the Share button is left out."
        found.append(hint(TELEGRAM, "Inline mode is off.", advice))
    return found


def look_at_hook(hook: TelegramHook, public_url: str | None, now: float) -> Finding:
    """A webhook beside the settings."""
    figures = {"waiting": hook.waiting}
    if public_url is None:
        if not hook.url:
            return good(TELEGRAM, "It is polled.", figures)
        advice = "The next start takes it away and polls. Is another petaflop running with this token?"
        return hint(TELEGRAM, "A webhook is set, though PETAFLOP_PUBLIC_URL isn't.", advice, figures)
    if not hook.url:
        advice = "petaflop serve registers it; if it runs, its log says why it can't."
        return hint(TELEGRAM, "The webhook is not registered yet.", advice, figures)
    if hook.url != public_url + TELEGRAM_PATH:
        advice = "The next start brings it here. Is another petaflop running with this token?"
        return bad(TELEGRAM, "The webhook leads somewhere else.", advice)
    return _deliveries(hook, now)


def _deliveries(hook: TelegramHook, now: float) -> Finding:
    figures, advice = {"waiting": hook.waiting}, "Is the tunnel up? What waits is tried for a day."
    if hook.error and now - hook.error_at < RECENT_S:
        minutes = (now - hook.error_at) / 60
        sentence = f"A delivery failed {minutes:.0f} min ago: {hook.error}."
        return hint(TELEGRAM, sentence, advice, figures)
    if hook.waiting > MANY_WAIT:
        return hint(TELEGRAM, f"{hook.waiting} updates wait there.", advice, figures)
    return good(TELEGRAM, "The webhook leads here.", figures)


async def _discord(settings: Settings, tell: Tell) -> float | None:
    if settings.discord_token is None:
        return None
    token, api_url = settings.discord_token.get_secret_value(), settings.discord_api_url
    account = await _asked(DISCORD, lambda: discord_account(api_url, token), tell)
    if account is None:
        return None
    tell(good(DISCORD, f"The token is {account.name}'s."))
    tell(look_at_endpoint(account, settings))
    if settings.discord_gateway:
        if not account.reads_messages:
            advice = "Turn on Message Content Intent in the developer portal; all else works without it."
            tell(hint(DISCORD, "It isn't given the content of messages.", advice))
        sessions = await _asked(DISCORD, lambda: discord_sessions(api_url, token), tell)
        if sessions is not None:
            tell(look_at_sessions(sessions))
    return account.clock_off_s


def look_at_sessions(sessions: DiscordSessions) -> Finding:
    """What is left of the gateway's sessions."""
    figures = {"sessions": sessions.remaining}
    advice = "Does petaflop start again and again, or another program with this token? Each takes one."
    if sessions.remaining <= 0:
        hours = sessions.more_in_s / 3600
        return bad(DISCORD, f"The gateway begins no session any more for {hours:.1f} h.", advice)
    if sessions.remaining < FEW_SESSIONS:
        return hint(DISCORD, f"The gateway begins only {sessions.remaining} more sessions.", advice, figures)
    return good(DISCORD, "The gateway is there.", figures)


def look_at_endpoint(account: DiscordAccount, settings: Settings) -> Finding:
    """The portal's Interactions Endpoint URL and public key beside the settings."""
    key = settings.discord_public_key
    if key is None:
        if account.endpoint_url is None:
            return good(DISCORD, "Commands and buttons come through the gateway.")
        advice = "Clear it in the developer portal, or set PETAFLOP_DISCORD_PUBLIC_KEY."
        return bad(DISCORD, "Commands and buttons go to the portal's Interactions Endpoint URL.", advice)
    if key != account.public_key.lower():
        advice = "Copy it from the developer portal's General Information."
        return bad(DISCORD, "PETAFLOP_DISCORD_PUBLIC_KEY is another application's.", advice)
    return _endpoint(account.endpoint_url, settings)


def _endpoint(set_to: str | None, settings: Settings) -> Finding:
    wanted = f"{settings.public_url or '<PETAFLOP_PUBLIC_URL>'}{DISCORD_PATH}"
    if set_to is None:
        advice = f"Set it in the developer portal to {wanted} while petaflop runs; Discord tries it at once."
        if settings.discord_gateway:
            return hint(DISCORD, "The Interactions Endpoint URL is not set: the gateway is used.", advice)
        return bad(DISCORD, "The Interactions Endpoint URL is not set, and the gateway is off.", advice)
    if settings.public_url is not None and set_to != wanted:
        return bad(DISCORD, "The Interactions Endpoint URL leads somewhere else.", f"It should be {wanted}.")
    return good(DISCORD, "Commands and buttons come over HTTP.")


async def _asked(subject: str, question: Callable[[], Awaitable[Told]], tell: Tell) -> Told | None:
    """The platform's answer; None where there is none, which is told."""
    try:
        return await question()
    except Unreached as error:
        advice = "Is there internet? Photos are taken meanwhile, and it comes back by itself."
        tell(bad(subject, f"It can't be reached ({error.kind}).", advice))
    except TokenWrong:
        variable = f"PETAFLOP_{subject.upper()}_TOKEN"
        source = "@BotFather" if subject == TELEGRAM else "the developer portal"
        tell(bad(subject, "It refuses the token.", f"Set {variable} anew, from {source}.", os.EX_CONFIG))
    except Strange as error:
        advice = f"Try again later; or look at PETAFLOP_{subject.upper()}_API_URL, if you have set it."
        tell(bad(subject, f"It answers, but not as it should (HTTP {error.status}).", advice))
    return None
