"""Through which door a message of ours is reached: its channel, or an interaction's token while it lives.

Where the bot is a member, the channel is the door: it stays open. Where a guest has brought the bot along,
and for what only one guest sees, there is nothing but the token.
"""

import time
from dataclasses import dataclass, field
from typing import NewType

from adapters.discord.api.errors import Expired
from adapters.discord.where import Where

TOKEN_MARGIN_S = 20.0  # an upload that begins before the end may arrive after it

MessageKey = NewType("MessageKey", str)
"""``channel/message``: a picture may have moved to its guest's direct messages."""


@dataclass(frozen=True, slots=True)
class ByChannel:
    """A message of ours in a channel that we are in."""

    channel: int
    message: int


@dataclass(frozen=True, slots=True)
class ByToken:
    """An interaction's answer; ``message`` is 0 for the first one (``@original``)."""

    application: int
    token: str = field(repr=False)
    message: int = 0


Door = ByChannel | ByToken


def message_key(channel: int, message: int) -> MessageKey:
    """How a message is named towards the core."""
    return MessageKey(f"{channel}/{message}")


def parts_of(key: str) -> tuple[int, int]:
    """Channel and message of a key."""
    channel, _, message = key.partition("/")
    return int(channel), int(message)


def is_open(where: Where) -> bool:
    """Whether the interaction's token can still be used."""
    return bool(where.token) and time.time() < where.expires - TOKEN_MARGIN_S


def by_token(where: Where, message: int = 0) -> ByToken:
    """The interaction's own door.

    Raises:
        Expired: it is closed for good.
    """
    if not is_open(where):
        raise Expired
    return ByToken(where.application, where.token, message)


def door(key: MessageKey, where: Where) -> Door:
    """The door to a job's message.

    Args:
        where: The newest that is known of the place; its token may be that of a press under the message.

    Raises:
        Expired: there is none any more.
    """
    channel, message = parts_of(key)
    if channel != where.channel or (where.member and not where.ephemeral):
        return ByChannel(channel, message)
    return by_token(where, 0 if where.thinking else message)
