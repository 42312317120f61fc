"""Shared pictures in feeds, and taking back what shows a picture."""

from adapters.discord.doors import ByChannel, MessageKey, door, parts_of
from adapters.discord.errors import Expired, Reason, Refused
from adapters.discord.layouts import Sheet, Shot
from adapters.discord.sender import Letter, Sender, nonce_of
from adapters.discord.where import read
from bot.cards import Address, Shown
from bot.exhibits import Exhibit, TakenBack


class Exhibiting:
    """Hangs and takes back, with one bot's hands."""

    def __init__(self, sender: Sender) -> None:
        """Work with this."""
        self._sender = sender

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:
        """One message, opened with a nonce of the share's, then edited."""
        shots = () if exhibit.picture is None else (Shot("picture.jpg", exhibit.picture.data, exhibit.words),)
        sheet = Sheet(exhibit.words, shots=shots)
        if address.message is None:
            nonce = nonce_of(f"{exhibit.share} {address.chat}")
            return Shown(await self._sender.send(Letter(read(address.context).channel, sheet, nonce)))
        await self._sender.put(ByChannel(*parts_of(address.message)), sheet)
        return Shown(address.message)

    async def take_back(self, address: Address) -> TakenBack:
        """Delete the message."""
        try:
            await self._sender.remove(door(MessageKey(address.message or ""), read(address.context)))
        except Expired:
            return TakenBack.REFUSED
        except Refused as error:
            return TakenBack.GONE if error.reason is Reason.MISSING else TakenBack.REFUSED
        return TakenBack.DELETED
