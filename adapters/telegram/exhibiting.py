"""Shared pictures in feeds, and taking back what shows a picture."""

from adapters.telegram.errors import Moved, Reason, Refused
from adapters.telegram.pad import MessageKey, Pad, Sheet, parts_of
from adapters.telegram.sender import Letter, Sender
from adapters.telegram.where import chat_id, read
from bot.cards import Address, Shown
from bot.exhibits import Exhibit, TakenBack


class Exhibiting:
    """Hangs and takes back, with one bot's hands."""

    def __init__(self, sender: Sender, pad: Pad) -> None:
        """Work with these."""
        self._sender = sender
        self._pad = pad

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:
        """Text first, then the picture as an edit: an ambiguous answer never makes a second picture."""
        if address.message is None:
            letter = Letter(exhibit.words)
            sent = await self._sender.send(chat_id(address.chat), read(address.context), letter)
            self._pad.note_text(sent.key)
            return Shown(sent.key)
        key = MessageKey(address.message)
        picture = exhibit.picture_ref or (exhibit.picture.data if exhibit.picture else None)
        return Shown(key, await self._pad.edit(key, Sheet(exhibit.words, None, picture)))

    async def take_back(self, address: Address) -> TakenBack:
        """Delete the message."""
        chat, message = parts_of(address.message or "")
        chat = self._sender.here(chat)
        calls, bot = self._sender.calls, self._sender.bot
        try:
            await calls.repeated(chat, lambda: bot.delete_message(chat, message))
        except Moved:
            return TakenBack.GONE
        except Refused as error:
            return TakenBack.GONE if error.reason is Reason.MISSING else TakenBack.REFUSED
        return TakenBack.DELETED
