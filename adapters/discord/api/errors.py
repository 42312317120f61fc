"""Discord's errors, translated once into those that the core and this adapter act on.

::

    DeliveryError (the core's: again later)
    ├── ChatGone (the core's)    the channel is no more, or the guest takes no messages from us
    ├── Limited                  Discord, or our own caution, asks for `retry_after_s` seconds of silence
    ├── Unreachable              `unsent` says whether the call surely had no effect
    ├── TokenRefused             nothing will work with this bot's token
    ├── Expired                  the interaction's token is over: only the channel is left
    │   └── Unanswered           its first answer was never given, or not yet
    └── Refused                  Discord has said no, for a `reason`

Codes are Discord's JSON error codes (developer documentation, "Opcodes and Status Codes").
"""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

import aiohttp
import discord

from bot.errors import ChatGone, DeliveryError

UNSAID_PAUSE_S = 30.0  # a 429 that doesn't say how long


class Reason(Enum):
    """Why Discord refused; what is told apart is what is acted on."""

    MISSING = auto()
    ARCHIVED = auto()  # a thread that sleeps: a new message wakes it, and no edit does
    NO_PERMISSION = auto()
    NO_REPLY = auto()
    TOO_BIG = auto()
    OTHER = auto()


class Limited(DeliveryError):
    """Silence is asked for; ``retry_after_s`` holds how long."""


class Unreachable(DeliveryError):
    """No answer, or none of Discord's own: a send may have happened unless ``unsent``."""

    def __init__(self, *, unsent: bool) -> None:
        """Take whether the request surely never left."""
        super().__init__(unsent=unsent)


class TokenRefused(DeliveryError):
    """Discord doesn't know the bot's token."""


class Expired(DeliveryError):
    """The interaction's token is over."""


class Unanswered(Expired):
    """The interaction has no first answer that could be changed or followed, or has none yet."""


class Refused(DeliveryError):
    """Discord understood, and won't."""

    def __init__(self, reason: Reason) -> None:
        """Take the reason."""
        super().__init__()
        self.reason = reason


_TOKENS: Mapping[int, type[Expired]] = MappingProxyType(
    {
        10015: Unanswered,  # unknown webhook
        10062: Expired,  # unknown interaction
        50027: Expired,  # invalid webhook token
    }
)
_GONE = frozenset({10003, 10004, 10013, 50007})  # unknown channel, guild, user; no messages to this user
_REASONS: Mapping[int, Reason] = MappingProxyType(
    {
        10008: Reason.MISSING,  # unknown message
        40005: Reason.TOO_BIG,  # request entity too large
        50001: Reason.NO_PERMISSION,  # missing access
        50013: Reason.NO_PERMISSION,  # missing permissions
        50083: Reason.ARCHIVED,  # thread is archived
        160002: Reason.NO_REPLY,  # the message history is not for us
        160005: Reason.NO_PERMISSION,  # the thread is locked
    }
)


def translated(error: BaseException) -> DeliveryError:
    """Ours for one of the libraries'."""
    match error:
        case discord.RateLimited():
            return Limited(error.retry_after)
        case discord.LoginFailure():
            return TokenRefused()
        case discord.HTTPException():
            return _answered(error)
        case _:
            return Unreachable(unsent=isinstance(error, aiohttp.ClientConnectorError))


TRANSLATED = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What the library raises for a call that failed."""


def _answered(error: discord.HTTPException) -> DeliveryError:
    if error.code in _TOKENS:
        return _TOKENS[error.code]()
    if error.code in _GONE:
        return ChatGone()
    match error.status:
        case 401:
            return TokenRefused()
        case 429:
            return Limited(_asked_s(error))
        case status if status >= 500:
            return Unreachable(unsent=False)
        case status:
            unknown = Reason.TOO_BIG if status == 413 else Reason.OTHER
            return Refused(_REASONS.get(error.code, unknown))


def _asked_s(error: discord.HTTPException) -> float:
    try:
        return float(error.response.headers.get("Retry-After", UNSAID_PAUSE_S))
    except ValueError:
        return UNSAID_PAUSE_S
