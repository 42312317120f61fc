"""Those who look at somebody else's picture: they make their own, or say that it shouldn't be shown."""

from dataclasses import replace

from adapters.discord.events import Press
from adapters.discord.handling.foyer import Foyer
from adapters.discord.showing.choosing import Choice
from adapters.discord.where import chat_key, guest_key
from bot.exhibits import ShareId
from bot.nouns import JobId, StyleId


class Visitors:
    """Answers their presses, for their own eyes."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def report(self, press: Press, share: JobId) -> None:
        """The crew is told of a picture in a feed; the answer is the same whether it is there or not.

        Raises:
            DeliveryError: the answer surely wasn't given, and may be later.
        """
        language = await self._foyer.language(press)
        await self._foyer.booth.sharing.report(guest_key(press.guest.user), ShareId(share))
        await self._foyer.say(press, self._foyer.words.say(language, "discord-reported"))

    async def make_theirs(
        self, press: Press, style: StyleId | None, language: str, *, feed: bool = False
    ) -> None:
        """Offer styles for the photo that they sent last, this one first; or say how to send one.

        Raises:
            DeliveryError: the answer surely wasn't given, and may be later.
        """
        foyer, me = self._foyer, guest_key(press.guest.user)
        own = next((job for job in await foyer.booth.mine(me) if job.has_photo), None)
        if own is None:
            await foyer.say(press, await self._how(press, style, language, feed=feed))
            return
        seen = () if style is None else (style,)
        recent = (*seen, *await foyer.recent(me))
        choice = Choice(own.id, press.guest.user, own.chat, again=True, recent=recent)
        menu = await foyer.menu(choice, 0, press.where, language)
        told = foyer.words.say(language, "discord-make-this" if feed else "discord-make-yours")
        await foyer.tell(press, replace(menu, words=told))

    async def _how(self, press: Press, style: StyleId | None, language: str, *, feed: bool) -> str:
        if not feed:
            return self._foyer.words.say(language, "discord-not-yours")
        offers = await self._foyer.booth.styles(language, chat_key(press.where.channel))
        name = next((offer.name for offer in offers if offer.id == style), None)
        if name is None:
            return self._foyer.words.say(language, "discord-yours")
        return self._foyer.words.say(language, "discord-yours-in", style=name)
