"""Invitations: links, a card of codes and posters, for whoever runs the booth."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import MaintainerError
from bot.invites.card import Card, card_png
from bot.invites.colours import HOUSE, Colours
from bot.invites.halves import Example
from bot.invites.links import Link, Ways, links
from bot.invites.payload import Invite, event_name, place_name
from bot.invites.poster import Poster, poster_sheet
from bot.invites.wording import network_names, poster_words
from bot.nouns import GuestKey, Picture
from bot.office.crew import Crew
from bot.office.spellings import Spellings
from bot.pixels.children import Children
from bot.pixels.fonts import undrawn
from bot.words import Words


class NoWayIn(MaintainerError):
    """No network knows the bot yet, and the page has no address that others reach."""

    key = "slip-no-way-in"


@dataclass(frozen=True, slots=True)
class Inviting:
    """What invitations are made of.

    Attributes:
        event: The event's name.
        kept_s: How long photos and pictures are kept, in seconds.
        colours: Those of posters and cards.
        ways: The ways in, as they are known just now.
        examples: Draws what posters show; for a child process.
    """

    event: str = ""
    kept_s: tuple[float, float] = (3600.0, 86_400.0)
    colours: Colours = HOUSE
    ways: Callable[[], Ways] = Ways
    examples: Callable[[], Sequence[Example]] = tuple


class Invitations:
    """Makes invitations. Every method asks the crew first."""

    def __init__(
        self, crew: Crew, inviting: Inviting, words: Words, children: Children, spellings: Spellings
    ) -> None:
        """Work with these; everything is drawn in the children."""
        self._crew = crew
        self._spellings = spellings
        self._inviting = inviting
        self._words = words
        self._children = children
        self._examples: Sequence[Example] | None = None
        self._drawing = asyncio.Lock()

    async def links(self, actor: GuestKey, place: str = "", style: str = "") -> Sequence[Link]:
        """A link for each network; they name the event, the place as people call it, and the style's id.

        Raises:
            NoWayIn: there is none.
            InviteTooLong: no code can say that.
        """
        await self._crew.check(actor)
        inviting = self._inviting
        invite = Invite(event_name(inviting.event), style, place_name(place))
        if not (found := links(inviting.ways(), invite)):
            raise NoWayIn
        return found

    async def place(self, actor: GuestKey, words: str) -> str:
        """A place as codes say it; what people call it is kept where codes can't spell it."""
        await self._crew.check(actor)
        return await self._spellings.keep(words)

    async def unspelled(self, actor: GuestKey, place: str) -> Mapping[str, str]:
        """What people call the event and a place, by what codes say instead; only where that differs."""
        await self._crew.check(actor)
        known = await self._spellings.known()
        return {said: known[said] for said in (event_name(self._inviting.event), place) if said in known}

    def undrawn(self) -> str:
        """The letters of the event's name that cards and posters lack."""
        return undrawn(self._inviting.event)

    async def card(self, actor: GuestKey, shown: Sequence[Link], language: str) -> Picture:
        """The codes side by side, PNG."""
        await self._crew.check(actor)
        names = network_names(self._words, language)
        lead = self._words.say(language, "invite-card")
        inviting = self._inviting
        card = Card(inviting.event, lead, shown, [names[link.network] for link in shown], inviting.colours)
        return Picture(await self._children.run(card_png, card), "image/png")

    async def poster(self, actor: GuestKey, shown: Sequence[Link], size: str, language: str) -> bytes:
        """A poster with these codes, PDF; its size is one of :data:`~bot.invites.poster.SIZES`."""
        await self._crew.check(actor)
        inviting, examples = self._inviting, await self._drawn()
        said = poster_words(self._words, language, inviting.event, inviting.kept_s, examples)
        poster = Poster(size, said, shown, examples, inviting.colours)
        return await self._children.run(_pdf, poster)

    async def _drawn(self) -> Sequence[Example]:
        """The examples: drawn once, 0.8 MB."""
        async with self._drawing:
            if self._examples is None:
                self._examples = await self._children.run(self._inviting.examples)
            return self._examples


def _pdf(poster: Poster) -> bytes:
    from bot.invites.pdf import sheet_pdf  # noqa: PLC0415 # reportlab is for the child alone

    return sheet_pdf(poster_sheet(poster))
