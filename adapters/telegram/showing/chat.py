"""Telegram as a chat of the core's: each job's cards in its one message.

A message is *sent* by one hand only. While a guest chooses, that is the listener, who announces it here
(:meth:`TelegramChat.opening`); later cards are edits. When the message is gone, only the cards that exactly
one worker shows (the picture, an apology) may send a fresh one, text first: a picture is always an edit, so
that an ambiguous answer can be repeated and never makes a second one.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from adapters.telegram.api.calls import courtesy
from adapters.telegram.api.errors import Moved, Reason, Refused, Unreachable
from adapters.telegram.api.pad import MessageKey, Sheet, parts_of
from adapters.telegram.api.sender import Letter, Sent
from adapters.telegram.identity import Identity
from adapters.telegram.showing.exhibiting import Exhibiting
from adapters.telegram.showing.hands import Hands
from adapters.telegram.showing.keyboards import of_card, of_console
from adapters.telegram.showing.retracting import Retracting
from adapters.telegram.showing.sheets import Page
from adapters.telegram.showing.statuses import Statuses
from adapters.telegram.where import PLATFORM, Where, chat_id, read
from bot.cards import Address, Card, Shown
from bot.errors import DeliveryError, PhotoOutOfReach, PhotoTooManyBytes
from bot.exhibits import Exhibit, TakenBack
from bot.nouns import ChatKey, GuestKey, JobId, PhotoRef
from bot.replies import Key
from bot.states import JobState
from bot.words import Words

DOWNLOAD_LIMIT_MIB = 20  # Bot API: getFile
RIGHTS_PAUSE_S = 600.0  # Telegram says when rights change; this is for the replica that didn't hear it
REMEMBERED = 4096
BAR = 10  # blocks of a render's progress

Name = TypeVar("Name")
Value = TypeVar("Value")

_PASSING = frozenset({JobState.CHOOSING, JobState.WAITING, JobState.RENDERING})
_SHOWN_BY_ONE = frozenset({JobState.DELIVERING, JobState.DONE, JobState.FAILED})


@dataclass(frozen=True, slots=True)
class Opening:
    """A job's first message, ready to be sent.

    Attributes:
        letter: The message; with styles it is a picture, its page is ``page``.
        again: It may have been sent before: look for it first.
    """

    letter: Letter
    page: Page | None = None
    again: bool = False


class TelegramChat:
    """Implements :class:`bot.ports.Chat`."""

    name = PLATFORM

    def __init__(self, hands: Hands, words: Words, identity: Identity, *, previews: bool) -> None:
        """Show through these."""
        self._hands = hands
        self._sender = hands.sender
        self._pad = hands.pad
        self._sheets = hands.sheets
        self._words = words
        self._identity = identity
        self.statuses = Statuses(hands.pad, words, previews=previews)
        self._exhibiting = Exhibiting(hands, words, lambda: identity.me.username)
        self.retracting = Retracting(hands)
        self._openings: dict[JobId, Opening] = {}
        self._fresh: OrderedDict[JobId, MessageKey] = OrderedDict()
        self._doubtful: OrderedDict[JobId, bool] = OrderedDict()  # whether a send may have had an effect
        self._without_rights: dict[int, float] = {}  # not to be tried before
        self._waits_for_rights: OrderedDict[JobId, MessageKey] = OrderedDict()

    # -- the core's port --------------------------------------------------------------------------------

    async def show(self, address: Address, card: Card) -> Shown:
        """Edit the card into its message; statuses are thinned out and not waited for.

        Raises:
            DeliveryError, ChatGone: as the port says.
        """
        known = self._fresh.get(card.job) or address.message
        if known is None:
            return await self._first(address, card)
        key = MessageKey(known)
        if card.state in _PASSING:
            self.statuses.show(key, card, self._sheet(card, address), read(address.context).language)
            return Shown(key)
        if card.picture is not None and not self._may_send_pictures(parts_of(key)[0]):
            await self._say_rights(key, address, card)
            raise Refused(Reason.NO_RIGHTS)
        try:
            return Shown(key, await self._pad.edit(key, self._sheet(card, address)))
        except Moved as error:
            self._sender.moved(parts_of(key)[0], error.chat)
        except Refused as error:
            await self._only_missing(error, key, address, card)
        if card.state is JobState.DONE and card.picture is None:
            return Shown(key)  # its guest has deleted the picture: words about it need no message
        return await self._anew(address, card)

    async def nudge(self, address: Address, words: str, key: str) -> None:  # noqa: ARG002 # no keys here
        """A short answer to the job's message: the phone rings."""
        where = read(address.context)
        chat, message = parts_of(address.message) if address.message else (chat_id(address.chat), 0)
        await self._sender.send(chat, Where(message, where.thread, where.language), Letter(words))

    async def notify(self, guest: GuestKey, words: str, key: str, keys: Sequence[Key] = ()) -> None:  # noqa: ARG002 # no keys here
        """A message in the private chat, whose id is the guest's."""
        await self._sender.send(chat_id(ChatKey(guest)), Where(), Letter(words, of_console([keys])))

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:
        """Show a shared picture in a feed."""
        return await self._exhibiting.hang(address, exhibit)

    async def take_back(self, address: Address, language: str) -> TakenBack:
        """Take a message back that shows a picture."""
        return await self.retracting.take_back(address, language)

    async def title(self, chat: ChatKey) -> str | None:
        """A group's or channel's."""
        asked = self._sender.here(chat_id(chat))
        return (await self._sender.calls.repeated(None, lambda: self._sender.bot.get_chat(asked))).title

    async def fetch(self, ref: PhotoRef) -> bytes:
        """A photo's bytes, by its ``file_id``."""
        bot, calls = self._sender.bot, self._sender.calls
        silence_s = calls.patience.download_s
        try:
            file = await calls.repeated(None, lambda: bot.get_file(ref))
            data = await calls.repeated(None, lambda: file.download_as_bytearray(read_timeout=silence_s))
        except Refused as error:
            if error.reason is Reason.TOO_BIG:
                raise PhotoTooManyBytes(limit_mib=DOWNLOAD_LIMIT_MIB) from error
            raise PhotoOutOfReach from error
        return bytes(data)

    # -- the listener's side ----------------------------------------------------------------------------

    @contextmanager
    def opening(self, job: JobId, opening: Opening) -> Iterator[None]:
        """While the block runs, the job's first message may be sent, and looks like this."""
        self._openings[job] = opening
        try:
            yield
        finally:
            self._openings.pop(job, None)

    def rights_changed(self, chat: int) -> None:
        """Our standing in a chat has changed: what is missing may be said again."""
        self._without_rights.pop(chat, None)

    @property
    def shares(self) -> bool:
        """Whether inline mode is on, as far as is known."""
        return self._identity.me.inline

    def share_words(self, language: str) -> str | None:
        """What the button to another chat says; None while inline mode is off."""
        return self._words.say(language, "telegram-share") if self.shares else None

    # -- inside -----------------------------------------------------------------------------------------

    async def _first(self, address: Address, card: Card) -> Shown:
        opening = self._openings.get(card.job)
        if opening is not None:
            sent = await self._opened(address, card.job, opening)
            return Shown(sent.key)
        if card.state not in _SHOWN_BY_ONE:
            raise DeliveryError
        return await self._anew(address, card)

    async def _opened(self, address: Address, job: JobId, opening: Opening) -> Sent:
        chat, where = chat_id(address.chat), read(address.context)
        looked = self._doubtful.get(job, opening.again)
        if looked and (found := await self._found(chat, where, opening)):
            return found
        try:
            sent = await self._marked(job, self._sent(chat, where, opening.letter, opening.page))
        except Unreachable as error:
            if error.unsent:
                raise
            await asyncio.sleep(self._sender.calls.patience.lost_s)
            if found := await self._found(chat, where, opening):
                return found
            looked = True
            sent = await self._marked(job, self._sent(chat, where, opening.letter, opening.page))
        if looked:
            self._clear_lost(sent.key, chat, where, opening.letter)
        if sent.text:
            self._pad.note_text(sent.key)
        return sent

    async def _marked(self, job: JobId, send: Awaitable[Sent]) -> Sent:
        """Remember whether a send that failed may have had an effect."""
        try:
            sent = await send
        except DeliveryError as error:
            unsure = isinstance(error, Unreachable) and not error.unsent
            _remember(self._doubtful, job, unsure or self._doubtful.get(job, False))
            raise
        self._doubtful.pop(job, None)
        return sent

    def _clear_lost(self, fresh: MessageKey, chat: int, where: Where, letter: Letter) -> None:
        if letter.keyboard is not None:
            here = self._sender.here(chat)
            search = self._hands.lost.clear(fresh, here, where.reply, letter.keyboard)
            self._hands.errands.run(search, "a lost message")

    async def _found(self, chat: int, where: Where, opening: Opening) -> Sent | None:
        if opening.letter.keyboard is None:
            return None
        here = self._sender.here(chat)
        found = await self._hands.lost.after(here, where.reply, opening.letter.keyboard)
        return None if found is None else Sent(found)

    async def _sent(self, chat: int, where: Where, letter: Letter, page: Page | None) -> Sent:
        if page is None or not self._may_send_pictures(chat):
            return await self._sender.send(chat, where, Letter(letter.words, letter.keyboard))
        try:
            return await self._sent_page(chat, where, letter, page)
        except Refused as error:
            if error.reason is Reason.WRONG_FILE:
                return await self._sent_page(chat, where, letter, await self._sheets.refused(page))
            if error.reason is not Reason.NO_RIGHTS:
                raise
        words = self._with_missing_rights(chat, where, letter.words)
        return await self._sender.send(chat, where, Letter(words, letter.keyboard))

    async def _sent_page(self, chat: int, where: Where, letter: Letter, page: Page) -> Sent:
        async with self._sheets.turn(page) as ready:
            sent = await self._sender.send(chat, where, Letter(letter.words, letter.keyboard, ready.picture))
            await self._sheets.sent(ready, sent.picture)
        return sent

    def _with_missing_rights(self, chat: int, where: Where, words: str) -> str:
        if self._note_missing_rights(chat):
            return words
        return f"{words}\n\n{self._words.say(where.language, 'telegram-no-rights')}"

    async def _only_missing(self, error: Refused, key: MessageKey, address: Address, card: Card) -> None:
        """Return where the message is gone and may come anew; raise what was refused otherwise."""
        if error.reason is Reason.NO_RIGHTS:
            self._note_missing_rights(parts_of(key)[0])
            await self._say_rights(key, address, card)
        if error.reason not in (Reason.MISSING, Reason.FIXED) or card.state not in _SHOWN_BY_ONE:
            raise error

    async def _say_rights(self, key: MessageKey, address: Address, card: Card) -> None:
        """Say in the job's own message, once, what its picture waits for."""
        if card.job not in self._waits_for_rights:
            _remember(self._waits_for_rights, card.job, key)
            words = self._words.say(read(address.context).language, "telegram-no-rights")
            await courtesy(self._pad.edit(key, Sheet(words)))

    def _note_missing_rights(self, chat: int) -> bool:
        """Whether that was known already."""
        known = chat in self._without_rights
        self._without_rights[chat] = time.monotonic() + RIGHTS_PAUSE_S
        return known

    def _may_send_pictures(self, chat: int) -> bool:
        return self._without_rights.get(chat, 0.0) < time.monotonic()

    async def _anew(self, address: Address, card: Card) -> Shown:
        chat, where, sheet = chat_id(address.chat), read(address.context), self._sheet(card, address)
        letter = Letter(card.words, sheet.keyboard)
        doubtful = self._doubtful.get(card.job, False)
        sent = await self._marked(card.job, self._sender.send(chat, where, letter))
        if doubtful:
            self._clear_lost(sent.key, chat, where, letter)
        self._pad.note_text(sent.key)
        _remember(self._fresh, card.job, sent.key)
        return Shown(sent.key, await self._pad.edit(sent.key, sheet))

    def _sheet(self, card: Card, address: Address) -> Sheet:
        share = self.share_words(read(address.context).language)
        return Sheet(_with_progress(card), of_card(card, share), card.picture.data if card.picture else None)


def _with_progress(card: Card) -> str:
    if card.state is not JobState.RENDERING or card.progress <= 0:
        return card.words
    full = round(card.progress * BAR)
    return f"{card.words}\n{'▰' * full}{'▱' * (BAR - full)} {card.progress:.0%}"


def _remember(kept: OrderedDict[Name, Value], name: Name, value: Value) -> None:
    kept[name] = value
    if len(kept) > REMEMBERED:
        kept.popitem(last=False)
