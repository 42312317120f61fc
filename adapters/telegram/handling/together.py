"""What the guests of one chat do together: one style for all for a while, and a collage of the hour."""

import logging

from adapters.telegram.api.calls import courtesy
from adapters.telegram.api.pad import MessageKey, Sheet
from adapters.telegram.api.sender import Letter
from adapters.telegram.events import Command
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.where import chat_key
from adapters.wishes import style_in
from bot.cards import Address
from bot.errors import DeliveryError, GuestError
from bot.guests.moments import STYLE_MINUTES, Collage
from bot.nouns import ChatKey, GuestKey, StyleId

OFF = frozenset({"off", "aus"})

log = logging.getLogger(__name__)


class Together:
    """Handles ``/groupstyle`` and ``/collage``."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def groupstyle(self, command: Command, guest: GuestKey, language: str) -> None:
        """``/groupstyle [STYLE|off]``: for some minutes photos that name no style take this one.

        Raises:
            DeliveryError: it may be said later; doing it again is harmless.
        """
        foyer, chat = self._foyer, chat_key(command.spot.chat)
        if command.words.strip().casefold() in OFF:
            await foyer.booth.moments.end(chat)
            await foyer.say(command.spot, language, "telegram-groupstyle-off")
            return
        names = await self._names(chat, language)
        style = style_in(command.words, {one: (name,) for one, name in names.items()})
        if style is None:
            now = await foyer.booth.moments.style_of(chat)
            key = "telegram-groupstyle-how" if now is None else "telegram-groupstyle-now"
            await foyer.say(command.spot, language, key, style="" if now is None else names.get(now, now))
            return
        try:
            await foyer.booth.moments.set_style(chat, guest, style)
        except GuestError as error:
            await foyer.say(command.spot, language, error.key, **error.values)
            return
        name = names[style]
        await foyer.say(command.spot, language, "telegram-groupstyle-on", style=name, minutes=STYLE_MINUTES)

    async def collage(self, command: Command, guest: GuestKey, language: str) -> None:
        """``/collage``: the pictures that this chat has made within the hour.

        Its message is written down before a face is in it, so that it comes down with the first of them.

        Raises:
            DeliveryError: it may be said later.
        """
        foyer, chat = self._foyer, chat_key(command.spot.chat)
        try:
            collage = await foyer.booth.moments.collage(guest, chat, language)
        except GuestError as error:
            await foyer.say(command.spot, language, error.key, **error.values)
            return
        letter = Letter(foyer.words.say(language, "telegram-one-moment"))
        sent = await foyer.answers.say(command.spot, letter)
        if sent is None:
            return
        foyer.hands.pad.note_text(sent.key)
        if await foyer.booth.moments.placed(collage, Address(chat, sent.key), language):
            await self._show(sent.key, collage, language)

    async def _show(self, key: MessageKey, collage: Collage, language: str) -> None:
        say, pad = self._foyer.words.say, self._foyer.hands.pad
        try:
            await pad.edit(key, Sheet(say(language, "telegram-collage"), None, collage.picture.data))
        except DeliveryError as error:
            log.info("a collage was not shown: %s", type(error).__name__)
            await courtesy(pad.edit(key, Sheet(say(language, "collage-not-now"))))

    async def _names(self, chat: ChatKey, language: str) -> dict[StyleId, str]:
        return {offer.id: offer.name for offer in await self._foyer.booth.styles(language, chat)}
