"""Photos that guests have sent, as the core keeps them, and their bytes."""

from pydantic import TypeAdapter, ValidationError

from adapters.discord.api.cdn import MIB, Cdn
from adapters.discord.api.errors import Reason, Refused
from adapters.discord.api.sender import Sender
from adapters.discord.events import Attached
from bot.errors import ChatGone, PhotoOutOfReach, PhotoTooManyBytes
from bot.nouns import PhotoRef

_refs = TypeAdapter(Attached)


def photo_ref(attached: Attached) -> PhotoRef:
    """A picture on Discord, as the core keeps it."""
    return PhotoRef(_refs.dump_json(attached).decode())


class Fetching:
    """Fetches photos; where an address is over, it is looked up anew in its message."""

    def __init__(self, cdn: Cdn, sender: Sender) -> None:
        """Fetch from this server for files."""
        self._cdn = cdn
        self._sender = sender

    def check(self, attached: Attached) -> None:
        """Look at the size that Discord tells, before anything is fetched.

        Raises:
            PhotoTooManyBytes: it is over the limit.
        """
        if attached.size > self._cdn.limit:
            raise PhotoTooManyBytes(limit_mib=self._cdn.limit // MIB)

    async def fetch(self, ref: PhotoRef) -> bytes:
        """A photo's bytes.

        Raises:
            PhotoError: no try can succeed.
            DeliveryError: Discord can't be reached just now.
        """
        try:
            attached = _refs.validate_json(ref)
        except ValidationError:
            raise PhotoOutOfReach from None
        self.check(attached)
        try:
            return await self._cdn.get(attached.url)
        except Refused as error:
            if error.reason is not Reason.MISSING or not attached.message:
                raise PhotoOutOfReach from error
        try:
            return await self._cdn.get(await self._address(attached))
        except Refused as error:
            raise PhotoOutOfReach from error

    async def _address(self, attached: Attached) -> str:
        try:
            data = await self._sender.message(attached.channel, attached.message)
        except (Refused, ChatGone) as error:
            raise PhotoOutOfReach from error
        for found in data.get("attachments", ()):
            if found.get("id") == str(attached.id):
                return str(found["url"])
        raise PhotoOutOfReach
