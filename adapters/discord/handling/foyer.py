"""What all handlers share: the booth, ways to say something, and the guest's language."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from adapters.discord.api.calls import courtesy
from adapters.discord.api.doors import MessageKey, message_key
from adapters.discord.api.errors import Expired, Reason, Refused, Unreachable
from adapters.discord.api.fetching import Fetching
from adapters.discord.api.permissions import may_attach
from adapters.discord.api.sender import Letter, Sender, nonce_of
from adapters.discord.events import Event, Filled, Press
from adapters.discord.layouts import NIGHT, Sheet, Shot
from adapters.discord.showing.chat import DiscordChat
from adapters.discord.showing.choosing import A_MENU, Choice, of_styles, paged
from adapters.discord.showing.showcase import Showcase
from adapters.discord.where import Where, guest_key
from adapters.terms import Terms
from bot.booth import Booth, StyleOffer
from bot.errors import GuestError
from bot.nouns import GuestKey, StyleId
from bot.words import Words

STYLES_FILE = "styles.webp"


@dataclass(frozen=True, slots=True)
class Foyer:
    """Shared by the handlers of one bot.

    Attributes:
        deferred: Waits until the interaction of this id is deferred, where this process does that.
        previews: Whether menus of styles come with pictures.
    """

    booth: Booth
    chat: DiscordChat
    sender: Sender
    fetching: Fetching
    showcase: Showcase
    words: Words
    terms: Terms
    deferred: Callable[[int], Awaitable[None]]
    previews: bool

    async def language(self, event: Event) -> str:
        """What the guest's app speaks; after a message, what it spoke last, or else what the server does."""
        guest, spoken = guest_key(event.guest.user), self.words.negotiate(event.guest.locales)
        known = await self.booth.language_of(guest)
        if not event.where.interaction:
            return known or spoken
        if known != spoken:
            await self.booth.set_language(guest, spoken)
        return spoken

    async def recent(self, guest: GuestKey) -> Sequence[StyleId]:
        """The styles that the guest chose last."""
        return await self.booth.recent_styles(guest)

    # -- saying -----------------------------------------------------------------------------------------

    async def say(self, event: Event, words: str) -> None:
        """Answer in words; in a server for the guest's own eyes, unless everybody sees that we think.

        Raises:
            DeliveryError: it surely wasn't said, and may be later.
        """
        await self.tell(event, Sheet(words, accent=NIGHT))

    async def apologise(self, event: Event, language: str, error: GuestError) -> None:
        """Say what is wrong.

        Raises:
            DeliveryError: as :meth:`say`.
        """
        await self.say(event, self.words.say(language, error.key, **error.values))

    async def tell(self, event: Event, sheet: Sheet) -> MessageKey | None:
        """Answer with what belongs to no job, once: what may have arrived is not said again.

        Returns:
            The message; None where there is none, or it isn't known.

        Raises:
            DeliveryError: it surely wasn't said, and may be later.
        """
        try:
            return await self._told(event, sheet)
        except Refused as error:
            if error.reason is Reason.NO_PERMISSION and sheet.shots:  # words alone need less
                return await self.tell(event, replace(sheet, shots=()))
        except Expired:
            return None  # the guest sees Discord's own sentence, and asks again
        except Unreachable as error:
            if error.unsent:
                raise
        return None

    async def _told(self, event: Event, sheet: Sheet) -> MessageKey:
        where = event.where
        try:
            if where.thinking:  # whatever else is said first takes this answer's place
                return await self.sender.answer(where, sheet)
            if where.token:
                return await self.sender.follow_up(where, sheet, ephemeral=not where.private)
        except Expired:  # after an outage; the channel is left for what everybody may see
            if where.ephemeral or not where.member:
                raise
        reply = 0 if where.private else where.reply
        return await self.sender.send(Letter(where.channel, sheet, nonce_of(event.key), reply=reply))

    async def turn(self, press: Press | Filled, sheet: Sheet) -> None:
        """Show this in place of the message that has the button; where it fails, the guest presses again."""
        await courtesy(self.chat.turn(message_key(press.where.channel, press.message), press.where, sheet))

    # -- styles -----------------------------------------------------------------------------------------

    async def menu(self, choice: Choice, number: int, where: Where, language: str) -> Sheet:
        """A page of styles to choose from, without words; with pictures where they may be shown."""
        offers = await self.booth.styles(language, choice.chat)
        page = paged(offers, number, A_MENU)
        sheet = of_styles(page, offers, choice, self.words, language)
        if not (self.previews and page.offers and may_attach(where)):
            return sheet
        return replace(sheet, shots=(await self._shot(page.offers, language),))

    async def _shot(self, offers: Sequence[StyleOffer], language: str) -> Shot:
        names = ", ".join(offer.name for offer in offers)
        alt = self.words.say(language, "discord-alt-styles", names=names)
        return Shot(STYLES_FILE, await self.showcase.sheet(offers), alt)

    # -- inside -----------------------------------------------------------------------------------------

    def kept(self, language: str) -> dict[str, str]:
        """How long photos and pictures are kept, in words."""
        return self.terms.kept(self.words, language)


def place(event: Event, language: str) -> Where:
    """Where a job that begins with this event belongs."""
    return event.where.of(event.guest.user, language)
