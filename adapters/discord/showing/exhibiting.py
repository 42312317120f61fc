"""Shared pictures in feeds: a message is opened with words, then the picture is edited into it."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from discord import ButtonStyle

from adapters.discord.api.calls import courtesy
from adapters.discord.api.doors import ByChannel, MessageKey, parts_of
from adapters.discord.api.errors import Reason, Refused
from adapters.discord.api.pad import Pad
from adapters.discord.api.sender import (
    NONCE_S,
    Data,
    Letter,
    Sender,
    Trace,
    bears,
    custom_ids,
    key_of,
    nonce_of,
)
from adapters.discord.buttons import Verb, Wish, packed, unpacked
from adapters.discord.layouts import PINK, Push, Row, Sheet, Shot, plain
from adapters.discord.showing.shrink import fitting
from adapters.discord.showing.tokens import remember
from adapters.discord.where import UPLOAD_LIMIT, chat_id, read
from bot.cards import Address, Shown
from bot.errors import ChatGone, RightsMissing
from bot.exhibits import Exhibit, ShareId
from bot.nouns import ChatKey, JobId, Picture
from bot.words import Words

RIGHTS_PAUSE_S = 600.0  # somebody has to give them
REMEMBERED = 256

_KEPT = Picture(b"")


class Exhibiting:
    """Hangs pictures with one bot's hands."""

    def __init__(self, sender: Sender, pad: Pad, words: Words, me: Callable[[], int]) -> None:
        """Work with these; ``me`` tells the bot's own id."""
        self._sender = sender
        self._pad = pad
        self._words = words
        self._me = me
        self._tried: OrderedDict[str, float] = OrderedDict()
        self._empty: OrderedDict[str, None] = OrderedDict()
        self._known: set[ChatKey] = set()

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:
        """Open a message, or put the picture into the one that is open; where it is no more, open another.

        Raises:
            ChatGone: the channel is no more, or we aren't on its server any more.
            DeliveryError: again later; where permissions are missing, much later.
        """
        try:
            if address.message is None:
                return Shown(await self._opened(address.chat, exhibit))
            return Shown(await self._filled(MessageKey(address.message), exhibit))
        except Refused as error:
            if error.reason is not Reason.NO_PERMISSION:
                raise
            if not await self._sender.is_on(read(address.context).guild):
                raise ChatGone from error
            raise RightsMissing(RIGHTS_PAUSE_S) from error

    async def _filled(self, key: MessageKey, exhibit: Exhibit) -> MessageKey:
        try:
            await self._put(key, exhibit)
        except Refused as error:  # somebody in the feed has deleted it, or its thread has gone to sleep
            if error.reason not in (Reason.MISSING, Reason.ARCHIVED):
                raise
            channel, _ = parts_of(key)
            opening = await self._sheet(exhibit, opening=True)
            before = ByChannel(*parts_of(key))
            key = await self._sender.send(Letter(channel, opening, nonce_of(f"anew {key}")))
            await courtesy(self._sender.remove(before))
            remember(self._empty, key, None, REMEMBERED)
        return key

    async def _put(self, key: MessageKey, exhibit: Exhibit) -> None:
        """Edit the picture in; a message that has it already keeps its file, under the words of now."""
        place = ByChannel(*parts_of(key))
        if key not in self._empty:
            try:
                await self._pad.edit(key, place, await self._sheet(replace(exhibit, picture=_KEPT)))
            except Refused as error:  # it hasn't: this process was started between opening and filling it
                if error.reason is not Reason.OTHER:
                    raise
            else:
                return
        await self._pad.edit(key, place, await self._sheet(exhibit))
        self._empty.pop(key, None)

    async def _opened(self, chat: ChatKey, exhibit: Exhibit) -> MessageKey:
        """The message of an earlier try where there is one: Discord knows a nonce for some minutes only.

        A feed's posts come one after the other, so only a process's first can have been tried by another.
        """
        channel, name = chat_id(chat), exhibit.key or f"{exhibit.share} {chat}"
        first = self._tried.get(name, time.monotonic())
        remember(self._tried, name, first, REMEMBERED)
        found = None
        if chat not in self._known or time.monotonic() - first > NONCE_S:
            found = await self._earlier(channel, exhibit.share)
        self._known.discard(chat)  # until its answer is heard
        opening = await self._sheet(exhibit, opening=True)
        key = found or await self._sender.send(Letter(channel, opening, nonce_of(name)))
        self._known.add(chat)
        self._tried.pop(name, None)
        remember(self._empty, key, None, REMEMBERED)
        return key

    async def _earlier(self, channel: int, share: ShareId) -> MessageKey | None:
        """What an earlier try has opened for this share; what was opened for others comes down.

        All posts before this one are up or given up, so nobody knows of those, and no picture comes.
        """
        found = None
        for message in await self._sender.history(channel):
            key = key_of(message, channel)
            if bears(message, Trace(share)):
                found = found or key
            elif self._is_left(message):
                await courtesy(self._sender.remove(ByChannel(*parts_of(key))))
        return found

    def _is_left(self, message: Data) -> bool:
        if int(message["author"]["id"]) != self._me():  # another booth's may look the same
            return False
        parts = message.get("components") or ()
        wishes = [unpacked(custom_id) for custom_id in custom_ids(parts)]
        openings = {self._words.say(language, "feed-opening") for language in self._words.languages}
        of_a_share = any(wish is not None and wish.verb is Verb.REPORT for wish in wishes)
        return of_a_share and not openings.isdisjoint(_texts(parts))

    async def _sheet(self, exhibit: Exhibit, *, opening: bool = False) -> Sheet:
        rows = (self._buttons(exhibit),)
        if opening or exhibit.picture is None:
            return Sheet(self._words.say(exhibit.language, "feed-opening"), rows=rows)
        words = plain(exhibit.words)
        shot = await _shot(exhibit, exhibit.picture)
        return Sheet(f"### {words}", (shot,), rows, accent=PINK)

    def _buttons(self, exhibit: Exhibit) -> Row:
        say, language = self._words.say, exhibit.language
        yours = packed(Wish(Verb.YOURS, value=exhibit.style))
        report = packed(Wish(Verb.REPORT, JobId(exhibit.share)))
        return (
            Push(say(language, "discord-button-yours"), yours, ButtonStyle.primary, "🎨"),
            Push(say(language, "discord-button-report"), report, ButtonStyle.secondary, "🚩"),
        )


async def _shot(exhibit: Exhibit, picture: Picture) -> Shot:
    """Named after the share: whoever sees it learns nothing of the job."""
    small = await fitting(picture, UPLOAD_LIMIT)
    return Shot(f"petaflop-{exhibit.share}.jpg", small.data, exhibit.words)


def _texts(parts: Iterable[Data]) -> Iterator[str]:
    for part in parts:
        if "content" in part:
            yield str(part["content"])
        yield from _texts(part.get("components") or ())
