"""Telegram's errors, translated once into those that the core and this adapter act on.

::

    DeliveryError (the core's: again later)
    ├── ChatGone (the core's)    blocked, kicked, or the chat is no more
    ├── Flooded                  Telegram has asked for `retry_after_s` seconds of silence in this chat
    ├── Unreachable              `unsent` says whether the call surely had no effect
    ├── Moved                    the group is a supergroup now, with the id `chat`
    ├── TokenRefused             nothing will work with this token
    └── Refused                  Telegram has said no, for a `reason`
"""

from datetime import timedelta
from enum import Enum, auto

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.errors import ChatGone, DeliveryError


class Reason(Enum):
    """Why Telegram refused; what is told apart is what is acted on."""

    UNCHANGED = auto()
    MISSING = auto()
    FIXED = auto()
    NO_THREAD = auto()
    NO_CAPTION = auto()
    NO_TEXT = auto()
    NO_RIGHTS = auto()
    TOO_BIG = auto()
    WRONG_FILE = auto()
    UNKNOWN = auto()
    OTHER = auto()


class Flooded(DeliveryError):
    """Silence is asked for; ``retry_after_s`` holds how long."""


class Unreachable(DeliveryError):
    """No answer, or none of Telegram's own: a send may have happened unless ``unsent``."""

    def __init__(self, *, unsent: bool) -> None:
        """Take whether the request surely never left."""
        super().__init__(unsent=unsent)


class Moved(DeliveryError):
    """The group lives on under another id."""

    def __init__(self, chat: int) -> None:
        """Take the new id."""
        super().__init__()
        self.chat = chat


class TokenRefused(DeliveryError):
    """Telegram doesn't know the token; where that isn't ``surely`` so, it may be the method."""

    def __init__(self, *, surely: bool = True) -> None:
        """Take whether it surely is the token."""
        super().__init__()
        self.surely = surely


class Refused(DeliveryError):
    """Telegram understood, and won't."""

    def __init__(self, reason: Reason) -> None:
        """Take the reason."""
        super().__init__()
        self.reason = reason


# Telegram's descriptions, as its server (tdlib/telegram-bot-api) writes them, lower case.
_REASONS = (
    ("message is not modified", Reason.UNCHANGED),
    ("not enough rights", Reason.NO_RIGHTS),
    ("no rights to send", Reason.NO_RIGHTS),
    ("chat_write_forbidden", Reason.NO_RIGHTS),
    ("chat_send_", Reason.NO_RIGHTS),
    ("chat_restricted", Reason.NO_RIGHTS),
    ("topic_closed", Reason.NO_RIGHTS),
    ("need administrator rights", Reason.NO_RIGHTS),
    ("chat_admin_required", Reason.NO_RIGHTS),
    ("message to edit not found", Reason.MISSING),
    ("message can't be edited", Reason.FIXED),
    ("message_id_invalid", Reason.MISSING),
    ("message to delete not found", Reason.MISSING),
    ("message can't be deleted", Reason.FIXED),  # "… for everyone" in a private chat
    ("message thread not found", Reason.NO_THREAD),
    ("no caption in the message", Reason.NO_CAPTION),
    ("no text in the message", Reason.NO_TEXT),
    ("file is too big", Reason.TOO_BIG),
    ("wrong file", Reason.WRONG_FILE),
    ("wrong remote file", Reason.WRONG_FILE),
    ("invalid file", Reason.WRONG_FILE),
    ("file_id", Reason.WRONG_FILE),
)
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "group chat was deactivated")


def translated(error: TelegramError) -> DeliveryError:
    """Ours for one of the library's. Order matters: ``BadRequest`` is a ``NetworkError`` there."""
    match error:
        case RetryAfter():
            return Flooded(seconds(error.retry_after))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case InvalidToken():
            return TokenRefused(surely="unauthorized" in error.message.casefold())
        case BadRequest() | Forbidden():
            return _refused(error)
        case _:
            return Unreachable(unsent=_surely_unsent(error))


def seconds(value: float | timedelta) -> float:
    """The library gives either, depending on its switch."""
    return value.total_seconds() if isinstance(value, timedelta) else float(value)


def _refused(error: BadRequest | Forbidden) -> DeliveryError:
    said = error.message.casefold()
    reason = next((reason for part, reason in _REASONS if part in said), None)
    if reason is None and (isinstance(error, Forbidden) or any(part in said for part in _GONE)):
        return ChatGone()
    return Refused(reason or Reason.OTHER)


def _surely_unsent(error: TelegramError) -> bool:
    return isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
