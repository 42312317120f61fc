"""Commands. In a group only what harms nobody's privacy is answered there."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from adapters.telegram.events import Command, Spot
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.handling.giving import Giving
from adapters.telegram.handling.portfolio import Portfolio
from adapters.telegram.handling.together import Together
from adapters.telegram.showing.keyboards import of_catalogue, of_forget, of_languages
from adapters.telegram.where import PLATFORM, chat_key, guest_key
from adapters.wishes import style_in
from bot.invites.payload import Invite, invite_of
from bot.nouns import Arrival, GuestKey
from bot.states import UNFINISHED

Answer = Callable[[Command, GuestKey, str], Awaitable[None]]


class Commands:
    """Handles :class:`~adapters.telegram.events.Command`."""

    def __init__(self, foyer: Foyer, giving: Giving) -> None:
        """Work in this foyer; what is asked of the frame is handed on."""
        self._foyer = foyer
        portfolio = Portfolio(foyer)
        together = Together(foyer)
        everywhere: dict[str, Answer] = {
            "styles": self._styles,
            "cancel": self._cancel,
            "collage": together.collage,
            "groupstyle": together.groupstyle,
        }
        self._group: Mapping[str, Answer] = MappingProxyType(everywhere | {"start": self._start_in_group})
        self._private: Mapping[str, Answer] = MappingProxyType(
            everywhere
            | {
                "start": self._start,
                "style": self._style,
                "mine": portfolio.mine,
                "quality": portfolio.quality,
                "frame": giving.frame,
                "privacy": self._privacy,
                "forget": self._forget,
                "language": self._language,
            }
        )

    async def handle(self, command: Command) -> None:
        """Answer; what is unknown is answered with help."""
        guest, language = guest_key(command.sender.user), await self._foyer.language(command.sender)
        answers = self._private if command.spot.private else self._group
        await answers.get(command.name, self._help)(command, guest, language)

    async def greet(self, spot: Spot, language: str) -> None:
        """What a group is told when we have come."""
        await self._foyer.say(spot, language, "telegram-help-group")

    async def _help(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        key = "telegram-help" if command.spot.private else "telegram-help-group"
        await self._say(command, language, key)

    async def _say(self, command: Command, language: str, key: str, **values: str | float) -> None:
        await self._foyer.say(command.spot, language, key, **values)

    async def _start(self, command: Command, guest: GuestKey, language: str) -> None:
        event, invite = self._foyer.terms.event, invite_of(command.words)
        await self._foyer.booth.arrived(_arrival(command.spot, invite))
        name = await self._preferred(command, guest, invite.style, language)
        if name is None:
            await self._say(command, language, "telegram-welcome", event=event)
        else:
            await self._say(command, language, "telegram-welcome-style", event=event, style=name)

    async def _start_in_group(self, command: Command, guest: GuestKey, language: str) -> None:
        """A group that we were added to by a code has been greeted already."""
        invite = invite_of(command.words)
        await self._foyer.booth.arrived(_arrival(command.spot, invite))
        if invite == Invite():
            await self._help(command, guest, language)

    async def _style(self, command: Command, guest: GuestKey, language: str) -> None:
        name = await self._preferred(command, guest, command.words, language)
        if name is None:
            await self._styles(command, guest, language)
        else:
            await self._say(command, language, "telegram-preferred", style=name)

    async def _preferred(self, command: Command, guest: GuestKey, words: str, language: str) -> str | None:
        """Put the style that the words name first on the guest's list; return what it is called."""
        chat = chat_key(command.spot.chat)
        offers = await self._foyer.booth.styles(language, chat)
        style = style_in(words, {offer.id: (offer.name,) for offer in offers}) if words else None
        if style is None:
            return None
        await self._foyer.booth.prefer(guest, style, chat)
        return next(offer.name for offer in offers if offer.id == style)

    async def _styles(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        foyer = self._foyer
        offers = await foyer.booth.styles(language, chat_key(command.spot.chat))
        page = await foyer.hands.sheets.page(offers, 0)
        keyboard = of_catalogue(page, foyer.words, language)
        await foyer.answers.show(command.spot, page, foyer.words.say(language, "telegram-styles"), keyboard)

    async def _privacy(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        await self._say(command, language, "telegram-privacy", **self._foyer.kept(language))

    async def _language(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        await self._foyer.ask(command.spot, language, "telegram-language", of_languages(self._foyer.words))

    async def _forget(self, command: Command, guest: GuestKey, language: str) -> None:  # noqa: ARG002
        keyboard = of_forget(self._foyer.words, language)
        await self._foyer.ask(command.spot, language, "telegram-forget-ask", keyboard)

    async def _cancel(self, command: Command, guest: GuestKey, language: str) -> None:
        job = await self._foyer.booth.latest(guest, chat_key(command.spot.chat))
        if job is None or job.state not in UNFINISHED:
            await self._say(command, language, "telegram-cancel-none")
            return
        await self._foyer.booth.discard(guest, job.id)  # its own message says so
        await self._say(command, language, "telegram-cancelled")


def _arrival(spot: Spot, invite: Invite) -> Arrival:
    return Arrival(f"{PLATFORM}:{spot.chat}:{spot.message}", PLATFORM, invite.event, invite.place)
