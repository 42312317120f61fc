"""The porch: codes and posters that lead guests in, for a place and with a style to begin with."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.console import data
from bot.console.duties import Arguments, Duties, Outcome, Step
from bot.console.speech import Speech, fitted
from bot.console.which import found
from bot.invites.links import Link
from bot.invites.payload import MOST_PLACE, place_name
from bot.office.office import Office
from bot.replies import Answers, Document, Field, Form, Reply, Seat

PLACE_CHARACTERS = 2 * MOST_PLACE  # as people write it
_STYLE = re.compile(r"(?:^|\s)(?:style|stil)=(.+)", re.IGNORECASE)
_A4, _LETTER = "pa4", "plt"
"""Verbs of keys, short: beside them stands a place of 24 characters."""


@dataclass(frozen=True, slots=True)
class Porch:
    """Hands out invitations."""

    office: Office
    speech: Speech

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            views={
                "invite": self.invite,
                _A4: partial(self.poster, "a4"),
                _LETTER: partial(self.poster, "letter"),
            },
            forms={"inviting": self.form},
            takers={"inviting": self.take},
            typed={"invite": self.typed},
        )

    async def typed(self, seat: Seat, rest: str) -> Step:
        """``/invite [PLACE] [style=STYLE]``."""
        named = _STYLE.search(rest)
        style = await self._style(seat, named[1]) if named else ""
        place = await self.office.invitations.place(seat.actor, _STYLE.sub(" ", rest)[:PLACE_CHARACTERS])
        return Step(data.to("invite", place, style))

    async def invite(self, seat: Seat, arguments: Arguments) -> Reply:
        """All links, and their codes as one picture."""
        place, style = await self._said(seat, arguments)
        links = await self.office.invitations.links(seat.actor, place, style)
        picture = await self.office.invitations.card(seat.actor, links, seat.language)
        ways = self.speech.way_back(seat.language, ("invite-place", data.opening("inviting")))
        posters = tuple(
            self.speech.key(seat.language, name, data.to(verb, place, data.short(style) if style else ""))
            for name, verb in (("poster-a4", _A4), ("poster-letter", _LETTER))
        )
        words = await self._words(seat, links, place, style)
        return Reply(words, (posters, ways), picture)

    async def poster(self, size: str, seat: Seat, arguments: Arguments) -> Reply:
        """A poster as a file to print."""
        place, style = await self._said(seat, arguments)
        links = await self.office.invitations.links(seat.actor, place, style)
        pdf = await self.office.invitations.poster(seat.actor, links, size, seat.language)
        name = "-".join(filter(None, ("petaflop-poster", size, place)))
        words = self.speech.say(seat.language, "view-poster")
        ways = self.speech.way_back(seat.language, ("invite", data.to("invite", place, style)))
        return Reply(words, (ways,), document=Document(f"{name}.pdf", "application/pdf", pdf))

    async def form(self, seat: Seat, _arguments: Arguments) -> Form:
        """Where it will hang, and what guests begin with."""
        await self.office.crew.check(seat.actor)
        return Form(
            "inviting",
            self._say(seat, "form-invite"),
            (
                self._field(seat, "place", PLACE_CHARACTERS),
                self._field(seat, "style", 40),
            ),
        )

    async def take(self, seat: Seat, _arguments: Arguments, answers: Answers) -> Outcome:
        """Codes for that place."""
        place = await self.office.invitations.place(seat.actor, answers.get("place", ""))
        named = answers.get("style", "").strip()
        style = await self._style(seat, named) if named else ""
        await self.office.invitations.links(seat.actor, place, style)  # a code may be too small for them
        return Outcome("told-invite", data.to("invite", place, style))

    # -- inside -----------------------------------------------------------------------------------------

    async def _said(self, seat: Seat, arguments: Arguments) -> tuple[str, str]:
        """Place and style of a key; a style whose name is too long for one is told by its checksum."""
        place, style, *_ = (*arguments, "", "")
        if style:
            reports = await self.office.wardrobe.styles(seat.actor, seat.language)
            style = next((one.style for one in reports if style in (one.style, data.short(one.style))), "")
        return place_name(place), style

    async def _style(self, seat: Seat, named: str) -> str:
        return found(await self.office.wardrobe.styles(seat.actor, seat.language), named).style

    async def _words(self, seat: Seat, links: Sequence[Link], place: str, style: str) -> str:
        called = await self.office.invitations.unspelled(seat.actor, place)
        head = self._say(seat, "view-invite", place=called.get(place, place) or "–", style=style or "–")
        named = (f"{self._network(seat, one)}: {one.url}" for one in links)
        return fitted("\n".join([head, *self._doubts(seat, called), "", *named]))

    def _doubts(self, seat: Seat, called: Mapping[str, str]) -> Iterator[str]:
        """What codes, cards and posters can't say as it is written."""
        for said, name in called.items():
            yield self._say(seat, "view-invite-unspelled", name=name, said=said)
        if letters := self.office.invitations.undrawn():
            yield self._say(seat, "view-invite-undrawn", letters=letters)

    def _network(self, seat: Seat, link: Link) -> str:
        return self._say(seat, f"invite-{link.network}")

    def _field(self, seat: Seat, name: str, limit: int) -> Field:
        label, hint = self._say(seat, f"ask-invite-{name}"), self._say(seat, f"ask-invite-{name}-hint")
        return Field(name, label, hint, required=False, limit=limit)

    def _say(self, seat: Seat, key: str, **values: str | float) -> str:
        return self.speech.say(seat.language, key, **values)
