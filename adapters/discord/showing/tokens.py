"""Tokens of presses: whatever was pressed last under a message of ours opens it for a while."""

from collections import OrderedDict
from dataclasses import replace
from typing import TypeVar

from adapters.discord.api.doors import Door, MessageKey, door
from adapters.discord.where import Where

REMEMBERED = 4096

Name = TypeVar("Name")
Value = TypeVar("Value")


class Tokens:
    """The newest that is known of the places of messages."""

    def __init__(self) -> None:
        """Nothing was pressed yet."""
        self._wheres: OrderedDict[MessageKey, Where] = OrderedDict()

    def pressed(self, key: MessageKey, where: Where) -> None:
        """Something under this message of a job was pressed: the press's token opens it for a while."""
        if not where.thinking:
            remember(self._wheres, key, replace(where, thinking=True))

    def newest(self, key: MessageKey, where: Where) -> Where:
        """The place of the last press, or the one that is known from the beginning."""
        return self._wheres.get(key, where)

    def door(self, key: MessageKey, where: Where) -> Door:
        """The door to a job's message, where one is open.

        Raises:
            Expired: there is none.
        """
        return door(key, self.newest(key, where))


def remember(kept: OrderedDict[Name, Value], name: Name, value: Value, most: int = REMEMBERED) -> None:
    """Keep one more of the newest, and drop the oldest of too many."""
    kept[name] = value
    if len(kept) > most:
        kept.popitem(last=False)
