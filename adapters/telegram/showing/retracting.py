"""Takes messages back that show a picture: deleted, or with a neutral picture where Telegram deletes no more.

Telegram deletes a message of ours for two days, and none that was sent inline. Editing knows no such limit.
Both come before whatever else waits for its turn in a chat.
"""

from functools import partial

from telegram import InputMediaPhoto

from adapters.telegram.api.budget import Rank
from adapters.telegram.api.calls import courtesy
from adapters.telegram.api.errors import Moved, Reason, Refused
from adapters.telegram.api.pad import MessageKey, Sheet, parts_of
from adapters.telegram.api.sender import Letter
from adapters.telegram.showing.hands import Hands
from adapters.telegram.where import PLATFORM, Where, read
from bot.cards import Address
from bot.errors import ChatGone, DeliveryError
from bot.exhibits import TakenBack
from bot.nouns import ChatKey

INLINE = ChatKey(f"{PLATFORM}:inline")
"""In place of a chat where a message was sent inline: Telegram tells its id alone, and never where it is."""
RIGHTS_PAUSE_S = 600.0  # somebody has to give them


class Retracting:
    """Takes back with one bot's hands."""

    def __init__(self, hands: Hands) -> None:
        """Work with these."""
        self._hands = hands

    async def take_back(self, address: Address, language: str) -> TakenBack:
        """Delete the message, or put a neutral picture into it, without words and buttons.

        Raises:
            DeliveryError: again later; where rights are missing, much later.
        """
        try:
            if address.chat == INLINE:
                return await self._inline(address, language)
            return await self._of_chat(MessageKey(address.message or ""), language)
        except Refused as error:
            if error.reason is Reason.NO_RIGHTS:
                raise DeliveryError(RIGHTS_PAUSE_S) from error
            return TakenBack.GONE if error.reason is Reason.MISSING else TakenBack.REFUSED

    async def ready(self, language: str, home: int) -> str:
        """Telegram's id of the neutral picture; it goes up once, to a guest's own chat, and is deleted there.

        Inline messages take no uploads, so this is asked for before one of them may have to be taken back.

        Raises:
            DeliveryError: there is none yet.
        """
        neutral, sender = self._hands.neutral, self._hands.sender
        known = await neutral.id(language)
        if known is not None:
            return known
        letter = Letter("", None, await neutral.bytes(language), silent=True)
        sent = await sender.send(home, Where(), letter)
        await neutral.sent(language, sent.picture)
        delete = partial(sender.bot.delete_message, *parts_of(sent.key))
        await courtesy(sender.calls.repeated(home, delete, Rank.DELETION))
        return sent.picture or ""

    async def _of_chat(self, key: MessageKey, language: str) -> TakenBack:
        chat, message = parts_of(key)
        calls, bot = self._hands.sender.calls, self._hands.sender.bot
        try:
            await calls.repeated(chat, lambda: bot.delete_message(chat, message), Rank.DELETION)
        except Refused as error:
            if error.reason is Reason.MISSING:
                return TakenBack.GONE
        except Moved:  # what was said in a group before it became a supergroup is beyond every bot
            return TakenBack.REFUSED
        except ChatGone:  # a guest's own chat has gone with the guest; in a group it stays for the others
            return TakenBack.GONE if chat > 0 else TakenBack.REFUSED
        else:
            return TakenBack.DELETED
        await self._replaced(key, language)
        return TakenBack.REPLACED

    async def _replaced(self, key: MessageKey, language: str) -> None:
        neutral, pad = self._hands.neutral, self._hands.pad
        picture = await neutral.picture(language)
        try:
            shown = await pad.edit(key, Sheet("", None, picture, rank=Rank.TAKING_BACK))
        except Refused as error:
            if error.reason is not Reason.WRONG_FILE or isinstance(picture, bytes):
                raise
            await neutral.refused(language)
            drawn = await neutral.bytes(language)
            shown = await pad.edit(key, Sheet("", None, drawn, rank=Rank.TAKING_BACK))
        await neutral.sent(language, shown)

    async def _inline(self, address: Address, language: str) -> TakenBack:
        try:
            await self._neutralised(address.message or "", language, read(address.context).home)
        except ChatGone:  # there is nowhere to upload a neutral picture to
            return TakenBack.REFUSED
        return TakenBack.REPLACED

    async def _neutralised(self, inline: str, language: str, home: int) -> None:
        try:
            await self._put(inline, await self.ready(language, home))
        except Refused as error:
            if error.reason is not Reason.WRONG_FILE:
                raise
            await self._hands.neutral.refused(language)
            await self._put(inline, await self.ready(language, home))

    async def _put(self, inline: str, picture: str) -> None:
        bot, calls = self._hands.sender.bot, self._hands.sender.calls
        media = InputMediaPhoto(picture)
        edit = partial(bot.edit_message_media, media, inline_message_id=inline)
        try:
            await calls.repeated(None, edit, Rank.TAKING_BACK)
        except Refused as error:
            if error.reason is not Reason.UNCHANGED:
                raise
