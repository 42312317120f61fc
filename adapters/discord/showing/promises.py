"""Edits that are promised: for sure, as large as their place takes them, through whichever door is open."""

import time
from collections import OrderedDict
from dataclasses import replace

from adapters.discord.api.calls import courtesy
from adapters.discord.api.doors import ByToken, MessageKey, by_token, is_open, parts_of
from adapters.discord.api.errors import Reason, Refused
from adapters.discord.api.pad import Pad
from adapters.discord.api.permissions import missing, told
from adapters.discord.api.sender import Letter, Sender, nonce_of
from adapters.discord.layouts import NIGHT, Sheet
from adapters.discord.showing.cards import of_card
from adapters.discord.showing.shrink import fitting
from adapters.discord.showing.tokens import Tokens, remember
from adapters.discord.where import UPLOAD_LIMIT, Where
from bot.cards import Card
from bot.nouns import JobId
from bot.words import Words

REQUEST_LIMIT = 24 << 20  # bytes; Discord takes 25 MiB a request, its other parts included
FITS_TRIED = 3  # times that a picture is halved where Discord finds it too big all the same


class Promises:
    """Keeps them with one bot's hands."""

    def __init__(self, sender: Sender, pad: Pad, words: Words, tokens: Tokens) -> None:
        """Work with these."""
        self._sender = sender
        self._pad = pad
        self._words = words
        self._tokens = tokens
        self._lacking: OrderedDict[JobId, bool] = OrderedDict()  # have said which permission is missing

    def sheet(self, where: Where, card: Card) -> Sheet:
        """A card as it is shown in this place."""
        return of_card(card, where, self._words, time.time())

    async def keep(self, key: MessageKey, where: Where, card: Card) -> None:
        """Show a card for sure, as large as its place takes it.

        Raises:
            DeliveryError: it may not be shown; repeating it is harmless.
        """
        channel, _ = parts_of(key)
        limit = min(REQUEST_LIMIT, where.upload_limit if channel == where.channel else UPLOAD_LIMIT)
        for _ in range(FITS_TRIED):
            try:
                await self._edit(key, where, self.sheet(where, await _small(card, limit)))
            except Refused as error:
                if error.reason is Reason.NO_PERMISSION and card.picture is not None:
                    await self._lacks(key, where, card)
                if error.reason is not Reason.TOO_BIG or card.picture is None:
                    raise
                limit = min(limit, len(card.picture.data)) // 2
            else:
                return
        raise Refused(Reason.TOO_BIG)

    async def _edit(self, key: MessageKey, where: Where, sheet: Sheet) -> None:
        """Through the channel; where that refuses, through the token, while there is one."""
        place = self._tokens.door(key, where)
        try:
            await self._pad.edit(key, place, sheet)
        except Refused as error:
            newest = self._tokens.newest(key, where)
            if error.reason is not Reason.NO_PERMISSION or isinstance(place, ByToken) or not newest.thinking:
                raise
            if not is_open(newest):
                raise
            await self._pad.edit(key, by_token(newest), sheet)

    async def _lacks(self, key: MessageKey, where: Where, card: Card) -> None:
        """Say in the job's own message, once, which permission its picture waits for."""
        if card.job in self._lacking:
            return
        remember(self._lacking, card.job, value=True)
        named = told(missing(where, picture=True), self._words, where.language)
        sheet = Sheet(
            self._words.say(where.language, "discord-no-permission", permissions=named), accent=NIGHT
        )
        if not await courtesy(self._edit(key, where, sheet)):
            await courtesy(self._say_directly(where, card, sheet))

    async def _say_directly(self, where: Where, card: Card, sheet: Sheet) -> None:
        channel = await self._sender.direct(where.user)
        await self._sender.send(Letter(channel, sheet, nonce_of(f"permission {card.job}")))


async def _small(card: Card, limit: int) -> Card:
    return card if card.picture is None else replace(card, picture=await fitting(card.picture, limit))
