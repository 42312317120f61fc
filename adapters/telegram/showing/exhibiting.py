"""Shared pictures in feeds: text first, then the picture as an edit, by Telegram's id where it has one."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from telegram import InlineKeyboardMarkup

from adapters.telegram.api.budget import Rank
from adapters.telegram.api.errors import Moved, Reason, Refused, Unreachable
from adapters.telegram.api.pad import MessageKey, Sheet, parts_of
from adapters.telegram.api.sender import Letter
from adapters.telegram.showing.hands import Hands
from adapters.telegram.showing.keyboards import of_exhibit
from adapters.telegram.where import Where, chat_id, read
from adapters.telegram.wishes import start_link
from bot.cards import Address, Shown
from bot.errors import ChatGone, RightsMissing
from bot.exhibits import Exhibit
from bot.invites.payload import Invite
from bot.words import Words

RIGHTS_PAUSE_S = 600.0  # somebody has to give them
REMEMBERED = 256


class Exhibiting:
    """Hangs pictures with one bot's hands."""

    def __init__(self, hands: Hands, words: Words, username: Callable[[], str | None]) -> None:
        """Work with these; the bot's name is known once Telegram has told it."""
        self._hands = hands
        self._words = words
        self._username = username
        self._doubtful: OrderedDict[tuple[str, str, str], None] = OrderedDict()

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:
        """Open a message, or put the picture into the one that is open; an ambiguous answer makes no second.

        Raises:
            ChatGone: the bot is no more in the feed, or its topic is no more.
            DeliveryError: again later; where rights are missing, much later.
        """
        try:
            if address.message is None:
                return Shown(await self._opened(address, exhibit))
            return await self._filled(MessageKey(address.message), address, exhibit)
        except Refused as error:
            if error.reason is Reason.NO_RIGHTS:
                raise RightsMissing(RIGHTS_PAUSE_S) from error
            if error.reason is Reason.NO_THREAD:
                raise ChatGone from error
            raise

    async def _filled(self, key: MessageKey, address: Address, exhibit: Exhibit) -> Shown:
        try:
            return Shown(key, await self._put(key, exhibit))
        except Moved as error:
            self._hands.sender.moved(parts_of(key)[0], error.chat)
        except Refused as error:  # somebody in the feed has deleted it
            if error.reason is not Reason.MISSING:
                raise
        return Shown(await self._opened(address, exhibit))

    async def _put(self, key: MessageKey, exhibit: Exhibit) -> str | None:
        data, keyboard = exhibit.picture.data if exhibit.picture else None, self._keyboard(exhibit)
        rank = Rank.TAKING_BACK if exhibit.unnames else Rank.ORDINARY
        sheet = Sheet(exhibit.words, keyboard, data, rank=rank)
        if exhibit.picture_ref is None:
            return await self._hands.pad.edit(key, sheet)
        try:
            return await self._hands.pad.edit(key, replace(sheet, picture=exhibit.picture_ref))
        except Refused as error:
            if error.reason is not Reason.WRONG_FILE:
                raise
        return await self._hands.pad.edit(key, sheet)

    async def _opened(self, address: Address, exhibit: Exhibit) -> MessageKey:
        """A message that names nobody yet: the core doesn't know its id before this returns."""
        words, keyboard = self._words.say(exhibit.language, "feed-opening"), self._keyboard(exhibit)
        where, chat = Where(thread=read(address.context).thread), chat_id(address.chat)
        doubt = (exhibit.share, address.chat, address.context)
        try:
            sent = await self._hands.sender.send(chat, where, Letter(words, keyboard))
        except Unreachable as error:
            if not error.unsent:
                self._doubt(doubt)
            raise
        self._hands.pad.note_text(sent.key)
        if doubt in self._doubtful:
            del self._doubtful[doubt]
            search = self._hands.lost.clear(sent.key, parts_of(sent.key)[0], 0, keyboard)
            self._hands.errands.run(search, "a lost message in a feed")
        return sent.key

    def _doubt(self, doubt: tuple[str, str, str]) -> None:
        self._doubtful[doubt] = None
        if len(self._doubtful) > REMEMBERED:
            self._doubtful.popitem(last=False)

    def _keyboard(self, exhibit: Exhibit) -> InlineKeyboardMarkup:
        link = start_link(self._username(), Invite(style=exhibit.style))
        return of_exhibit(exhibit.share, link, self._words, exhibit.language)
