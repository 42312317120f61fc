"""The rack: looks at the styles that are there."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console import data
from bot.console.duties import Arguments, Duties
from bot.console.moments import told
from bot.console.speech import Row, Speech, page_of, rows_of, shortened, turning
from bot.console.which import found
from bot.office.office import Office
from bot.office.wardrobe import StyleReport
from bot.replies import Key, Reply, Seat

PAGE = 8  # styles: four rows of two
MOST_KEY_WORDS = 30  # characters: two keys beside each other on a phone
VERSIONS = 9


@dataclass(frozen=True, slots=True)
class Rack:
    """Shows styles, with the keys to what can be done to them."""

    office: Office
    speech: Speech

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(views={"styles": self.styles, "s": self.style, "vs": self.versions})

    async def styles(self, seat: Seat, arguments: Arguments) -> Reply:
        """All styles, a page at a time."""
        reports = await self.reports(seat)
        page, pages = page_of(data.number(arguments), PAGE, len(reports))
        shown = list(enumerate(reports, 1))[page * PAGE : (page + 1) * PAGE]
        head = self.speech.say(seat.language, "view-styles", number=len(reports))
        lines = [head, "", *(f"{at}. {self._line(seat, report)}" for at, report in shown)]
        keys = [_key(report) for _, report in shown]
        ways = self.speech.way_back(seat.language, ("new-style", data.opening("new")))
        return Reply("\n".join(lines), (*rows_of(keys, 2), turning("styles", page, pages) + ways))

    async def style(self, seat: Seat, arguments: Arguments) -> Reply:
        """One style."""
        report = found(await self.reports(seat), data.text(arguments))
        version = report.placing.version
        lines = [
            f"{report.emoji} {report.name} ({report.style})",
            self.speech.say(seat.language, "view-style-version", version=version),
            self._figures(seat, report),
            *self._marks(seat, report),
        ]
        return Reply("\n".join(lines), self._keys(seat, report))

    async def versions(self, seat: Seat, arguments: Arguments) -> Reply:
        """A style's versions, the newest first, each with the key that brings it back."""
        report = found(await self.reports(seat), data.text(arguments))
        versions = (await self.office.wardrobe.versions(seat.actor, report.style))[:VERSIONS]
        say, language, present = self.speech.say, seat.language, report.placing.version
        lines = [say(language, "view-versions", style=report.name, version=present), ""]
        lines += [f"{one.number} · {told(one.created)} · {one.author}" for one in versions]
        keys = [
            Key(
                say(language, "key-back-to", version=str(one.number)),
                data.to("back", report.style, one.number),
            )
            for one in versions
            if one.number != present
        ]
        ways = self.speech.way_back(language, ("style", data.to("s", report.style)))
        return Reply("\n".join(lines), (*rows_of(keys, 3), ways))

    async def reports(self, seat: Seat) -> Sequence[StyleReport]:
        """All styles, in their places."""
        return await self.office.wardrobe.styles(seat.actor, seat.language)

    # -- words ------------------------------------------------------------------------------------------

    def _line(self, seat: Seat, report: StyleReport) -> str:
        marks = "".join(f" · {mark}" for mark in self._marks(seat, report))
        return f"{report.emoji} {report.name} ({report.style}) · {self._figures(seat, report)}{marks}"

    def _figures(self, seat: Seat, report: StyleReport) -> str:
        counted = self.speech.say(
            seat.language, "view-style-figures", uses=report.uses, failures=report.failures
        )
        return counted if report.seconds is None else f"{counted} · {report.seconds:.1f} s"

    def _marks(self, seat: Seat, report: StyleReport) -> list[str]:
        """What keeps guests from it, if anything does."""
        say, language, placing = self.speech.say, seat.language, report.placing
        marks = [] if report.available else [say(language, "mark-away")]
        if placing.hidden:
            marks.append(say(language, "mark-hidden"))
        if placing.set_aside is not None:
            marks.append(say(language, "mark-set-aside", cause=placing.set_aside))
        if placing.since is not None or placing.until is not None:
            since, until = (self._moment(seat, at) for at in (placing.since, placing.until))
            marks.append(say(language, "mark-planned", since=since, until=until))
        if placing.chats is not None:
            marks.append(say(language, "mark-restricted", number=len(placing.chats)))
        return marks

    def _moment(self, seat: Seat, at: float | None) -> str:
        return self.speech.say(seat.language, "mark-open") if at is None else told(at)

    def _keys(self, seat: Seat, report: StyleReport) -> tuple[Row, ...]:
        style, placing = report.style, report.placing
        is_off = placing.hidden or placing.set_aside is not None
        sight = "show" if is_off else "hide"
        place = ("only-here", "only") if placing.chats is None else ("everywhere", "open")
        rows = (
            (("edit", "edit"), (sight, sight)),
            (("versions", "vs"), ("plan", data.opening("plan"))),
            (("first", "first"), ("up", "up"), ("down", "down"), ("last", "last")),
            (place, ("chats", "chats")),
        )
        keys = tuple(
            tuple(self.speech.key(seat.language, name, data.to(verb, style)) for name, verb in row)
            for row in rows
        )
        page = data.to("styles", max(0, placing.position or 0) // PAGE)
        return (*keys, self.speech.way_back(seat.language, ("styles", page)))


def _key(report: StyleReport) -> Key:
    return Key(shortened(f"{report.emoji} {report.name}", MOST_KEY_WORDS), data.to("s", report.style))
