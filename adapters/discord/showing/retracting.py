"""Takes messages back that show a picture: deleted, or where Discord doesn't, without the picture.

Through the channel a message of ours can be deleted for ever. What only a token reaches can be changed for as
long as one lives: a quarter of an hour after the last press under it.
"""

from adapters.discord.api.doors import ByChannel, Door, MessageKey, by_token, door, is_open, parts_of
from adapters.discord.api.errors import Expired, Reason, Refused
from adapters.discord.api.pad import Pad
from adapters.discord.api.sender import Sender
from adapters.discord.layouts import NIGHT, Sheet
from adapters.discord.where import Where
from bot.errors import DeliveryError
from bot.exhibits import TakenBack
from bot.words import Words

RIGHTS_PAUSE_S = 600.0  # somebody has to give them


class Retracting:
    """Takes back with one bot's hands."""

    def __init__(self, sender: Sender, pad: Pad, words: Words) -> None:
        """Work with these."""
        self._sender = sender
        self._pad = pad
        self._words = words

    async def take_back(self, key: MessageKey, where: Where, language: str) -> TakenBack:
        """Delete the message, or leave nothing in it but a plain sentence; nothing is shown in it after that.

        Args:
            where: The newest that is known of the place.

        Raises:
            DeliveryError: again later; where permissions are missing, much later.
        """
        return await self._pad.last(key, lambda: self._taken(key, where, language))

    async def _taken(self, key: MessageKey, where: Where, language: str) -> TakenBack:
        doors = _doors(key, where)
        lacking = False
        for way in doors:
            try:
                await self._sender.remove(way)
            except Refused as error:
                if error.reason is Reason.MISSING:
                    return TakenBack.GONE
                lacking = lacking or error.reason is Reason.NO_PERMISSION
            except Expired:
                continue
            else:
                return TakenBack.DELETED
        if any([await self._emptied(way, language) for way in doors]):
            return TakenBack.REPLACED
        if lacking and await self._sender.is_on(where.guild):
            raise DeliveryError(RIGHTS_PAUSE_S)
        return TakenBack.REFUSED

    async def _emptied(self, way: Door, language: str) -> bool:
        sheet = Sheet(self._words.say(language, "discord-taken-back"), accent=NIGHT)
        try:
            await self._sender.put(way, sheet)
        except (Refused, Expired):
            return False
        return True


def _doors(key: MessageKey, where: Where) -> list[Door]:
    """All ways to a message, the surest first."""
    doors: list[Door] = []
    try:
        doors.append(door(key, where))
    except Expired:
        return []
    channel, message = parts_of(key)
    if isinstance(doors[0], ByChannel) and channel == where.channel and is_open(where):
        doors.append(by_token(where, 0 if where.thinking else message))
    return doors
