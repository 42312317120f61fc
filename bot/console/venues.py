"""The venues: in which chats a style is offered."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console import data
from bot.console.duties import Arguments, Duties, Outcome, Step
from bot.console.rack import Rack
from bot.console.speech import fitted, rows_of, shortened
from bot.console.which import found
from bot.nouns import ChatKey, StyleId
from bot.office.wardrobe import Venue
from bot.replies import Key, Reply, Seat

ADD, REMOVE = "+", "-"
IN_ROW, MOST = 5, 15  # keys
MOST_TITLE = 60  # characters
MOST_MARK = 5  # characters of a chat's mark: its key holds a style's id, too
_PLACES = {"here": "only", "hier": "only", "everywhere": "open", "überall": "open"}


@dataclass(frozen=True, slots=True)
class Venues:
    """Shows and changes the chats of a style."""

    rack: Rack

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            views={"chats": self.chats},
            acts={"only": self.here, "open": self.everywhere, ADD: self.add, REMOVE: self.remove},
            typed={"restrict": self.restrict},
        )

    async def restrict(self, seat: Seat, rest: str) -> Step:
        """``/restrict STYLE here|everywhere``; with the style alone it shows where that is offered."""
        if not rest.strip():
            return Step(data.to("styles", 0))
        name, _, place = rest.strip().rpartition(" ")
        verb = _PLACES.get(place.casefold())
        reports = await self.rack.reports(seat)
        return Step(data.to(verb or "chats", found(reports, name if verb else rest).style))

    async def chats(self, seat: Seat, arguments: Arguments) -> Reply:
        """The chats that it is kept to, each with the key that takes it out, and those that it could be."""
        report = found(await self.rack.reports(seat), data.text(arguments))
        venues = (await self.rack.office.wardrobe.venues(seat.actor, report.style))[:MOST]
        say, language, style = self.rack.speech.say, seat.language, report.style
        kept = [venue for venue in venues if venue.chosen]
        lines = [say(language, "view-chats", style=report.name, number=len(kept))]
        lines += [self._line(seat, at, venue) for at, venue in enumerate(kept, 1)]
        if others := venues[len(kept) :]:
            lines += ["", say(language, "view-chats-others")]
            lines += [self._line(seat, at, venue) for at, venue in enumerate(others, len(kept) + 1)]
        lines += ["", say(language, "view-chats-how", style=style)]
        ways = self.rack.speech.way_back(language, ("style", data.to("s", style)))
        rows = (*rows_of(_keys(style, venues), IN_ROW), self._ends(seat, style, kept), ways)
        return Reply(fitted("\n".join(lines)), tuple(row for row in rows if row))

    async def here(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Offer it in this chat: only here where it was offered everywhere, else here as well."""
        style = StyleId(data.text(arguments))
        kept = await self._kept(seat, style)
        await self.rack.office.wardrobe.restrict(seat.actor, style, {*kept, seat.chat})
        said = "told-also-here" if set(kept) - {seat.chat} else "told-only-here"
        return Outcome(said, data.to("s", style), {"style": style})

    async def everywhere(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Offer it in every chat."""
        style = StyleId(data.text(arguments))
        await self.rack.office.wardrobe.restrict(seat.actor, style, None)
        return Outcome("told-everywhere", data.to("s", style), {"style": style})

    async def add(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Offer it in one more chat."""
        style, venue = await self._pressed(seat, arguments, chosen=False)
        kept = await self._kept(seat, style)
        await self.rack.office.wardrobe.restrict(seat.actor, style, {*kept, venue.chat})
        return Outcome("told-changed", data.to("chats", style))

    async def remove(self, seat: Seat, arguments: Arguments) -> Outcome:
        """Offer it in one chat less; the last one stays."""
        style, venue = await self._pressed(seat, arguments, chosen=True)
        kept = set(await self._kept(seat, style)) - {venue.chat}
        if not kept:
            raise data.OldKey
        await self.rack.office.wardrobe.restrict(seat.actor, style, kept)
        return Outcome("told-changed", data.to("chats", style))

    # -- inside -----------------------------------------------------------------------------------------

    def _line(self, seat: Seat, at: int, venue: Venue) -> str:
        platform = venue.chat.partition(":")[0].capitalize()
        named = f"{shortened(venue.title, MOST_TITLE)} · {platform}" if venue.title else venue.chat
        if venue.chat != seat.chat:
            return f"{at}. {named}"
        return f"{at}. {named} · {self.rack.speech.say(seat.language, 'mark-this-chat')}"

    def _ends(self, seat: Seat, style: StyleId, kept: Sequence[Venue]) -> tuple[Key, ...]:
        key, chats = self.rack.speech.key, [venue.chat for venue in kept]
        keys = []
        if seat.chat not in chats:
            keys.append(key(seat.language, "also-here" if kept else "only-here", data.to("only", style)))
        if kept:
            keys.append(key(seat.language, "everywhere", data.to("open", style)))
        return tuple(keys)

    async def _kept(self, seat: Seat, style: StyleId) -> Sequence[ChatKey]:
        report = found(await self.rack.reports(seat), style)
        return sorted(report.placing.chats or ())

    async def _pressed(self, seat: Seat, arguments: Arguments, *, chosen: bool) -> tuple[StyleId, Venue]:
        style, mark = StyleId(data.text(arguments)), data.text(arguments, 1)
        for venue in await self.rack.office.wardrobe.venues(seat.actor, style):
            if venue.chosen is chosen and _mark(venue.chat) == mark:
                return style, venue
        raise data.OldKey


def _keys(style: StyleId, venues: Sequence[Venue]) -> Sequence[Key]:
    """``✕`` takes a chat off, unless it is the only one; ``+`` adds one."""
    alone = sum(venue.chosen for venue in venues) == 1
    return [
        Key(f"{'✕' if venue.chosen else '+'} {at}", _target(style, venue))
        for at, venue in enumerate(venues, 1)
        if not (venue.chosen and alone)
    ]


def _target(style: StyleId, venue: Venue) -> str:
    return data.to(REMOVE if venue.chosen else ADD, style, _mark(venue.chat))


def _mark(chat: ChatKey) -> str:
    return data.short(chat)[:MOST_MARK]
