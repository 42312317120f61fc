"""The gauges: how the booth stands and what it has done, in words, as a picture and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.bench import ServerHealth
from bot.console import data
from bot.console.duties import Arguments, Duties, Step
from bot.console.menu import state_of
from bot.console.speech import Speech, fitted
from bot.office.office import Office
from bot.office.watch import GIB, LineReport, Status, UplinkReport
from bot.replies import Document, Reply, Seat

MOST_STYLES, MOST_PLACES, MOST_TROUBLES = 12, 8, 6


@dataclass(frozen=True, slots=True)
class Gauges:
    """Reads what the watch and the statistics know."""

    office: Office
    speech: Speech

    def duties(self) -> Duties:
        """What is done here."""
        return Duties(
            views={"status": self.status, "stats": self.stats, "csv": self.csv, "scans": self.scans},
            typed={"status": self.typed_status, "stats": self.typed_stats},
        )

    async def typed_status(self, _seat: Seat, _rest: str) -> Step:
        """``/status``."""
        return Step("status")

    async def typed_stats(self, _seat: Seat, rest: str) -> Step:
        """``/stats [today|all]``; without a word it is today."""
        whole = rest.strip().lower() in ("all", "alles")
        return Step(data.to("stats", "all" if whole else "today"))

    async def status(self, seat: Seat, _arguments: Arguments) -> Reply:
        """Everything at one glance."""
        status = await self.office.watch.status(seat.actor)
        lines = [
            self._house(seat, status),
            "",
            *(self._line(seat, line) for line in status.lines),
            *(self._server(seat, server) for server in status.servers),
            *(self._uplink(seat, uplink) for uplink in status.uplinks),
            *self._troubles(seat, status),
        ]
        picture = await self.office.watch.chart(status, seat.language)
        again = ("refresh", "status")
        return Reply(fitted("\n".join(lines)), (self.speech.way_back(seat.language, again),), picture)

    async def stats(self, seat: Seat, arguments: Arguments) -> Reply:
        """Guests, pictures, styles and places since midnight, or of all time."""
        whole = data.text(arguments) == "all"
        since = 0.0 if whole else _midnight()
        figures = await self.office.stats.figures(seat.actor, since)
        say, language = self.speech.say, seat.language
        values = {"guests": figures.guests, "pictures": figures.pictures, "failures": figures.failures}
        head = say(language, "view-stats", span="all" if whole else "today", **values)
        names = {one.style: one.name for one in await self.office.wardrobe.styles(seat.actor, language)}
        loved = list(figures.by_style.items())[:MOST_STYLES]
        lines = [head, "", *(f"{names.get(style, style)}: {number}" for style, number in loved)]
        lines += await self._places(seat, since)
        picture = await self.office.stats.chart(seat.actor, language, since)
        other = ("stats-today", "stats:today") if whole else ("stats-all", "stats:all")
        rows = (self.speech.way_back(language, other, ("csv", "csv"), ("scans", "scans")),)
        return Reply(fitted("\n".join(lines)), rows, picture)

    async def csv(self, seat: Seat, _arguments: Arguments) -> Reply:
        """All counts as a table for spreadsheets."""
        table = await self.office.stats.csv(seat.actor)
        document = Document("petaflop-stats.csv", "text/csv", table)
        words = self.speech.say(seat.language, "view-csv")
        return Reply(words, (self.speech.way_back(seat.language, ("stats", "stats:all")),), document=document)

    async def scans(self, seat: Seat, _arguments: Arguments) -> Reply:
        """Where codes were scanned, as a table for spreadsheets."""
        table = await self.office.stats.scans_csv(seat.actor)
        document = Document("petaflop-scans.csv", "text/csv", table)
        words = self.speech.say(seat.language, "view-scans")
        return Reply(words, (self.speech.way_back(seat.language, ("stats", "stats:all")),), document=document)

    # -- words ------------------------------------------------------------------------------------------

    async def _places(self, seat: Seat, since: float) -> Sequence[str]:
        places = await self.office.stats.places(seat.actor, since)
        if not places:
            return []
        head = self._say(seat, "view-places-scanned")
        return ["", head, *(f"{one.label}: {one.scans}" for one in places[:MOST_PLACES])]

    def _house(self, seat: Seat, status: Status) -> str:
        house = self._say(
            seat,
            "view-status",
            version=status.version,
            up=_span(status.up_s),
            database=status.database,
            state=state_of(status.rules),
        )
        disk = status.disk
        if disk is None:
            return house
        return f"{house}\n{self._say(seat, 'status-disk', free=_gib(disk.free), total=_gib(disk.total))}"

    def _line(self, seat: Seat, line: LineReport) -> str:
        return self._say(
            seat,
            "status-line",
            renderer=line.renderer,
            waiting=line.waiting,
            rendering=line.rendering,
            slots=line.slots,
            eta=f"{line.eta_s:.0f}",
        )

    def _server(self, seat: Seat, server: ServerHealth) -> str:
        doing = self._say(seat, f"doing-{server.doing}")
        told = [f"{server.name}: {doing}", server.device]
        if server.memory_total and server.memory_free is not None:
            used = server.memory_total - server.memory_free
            told.append(f"{_gib(used)}/{_gib(server.memory_total)} GiB")
        if server.version:
            told.append(f"ComfyUI {server.version}")
        if server.seen_s is not None and server.doing == "away":
            told.append(self._say(seat, "status-seen", ago=_span(server.seen_s)))
        return " · ".join(part for part in told if part)

    def _uplink(self, seat: Seat, uplink: UplinkReport) -> str:
        state = self._say(seat, "uplink-up" if uplink.up else "uplink-down")
        told = [f"{uplink.platform} ({uplink.via}): {state}"]
        if uplink.heard_s is not None:
            told.append(self._say(seat, "status-heard", ago=_span(uplink.heard_s)))
        if uplink.backlog is not None:
            told.append(self._say(seat, "status-backlog", number=uplink.backlog))
        return " · ".join([*told, uplink.trouble] if uplink.trouble else told)

    def _troubles(self, seat: Seat, status: Status) -> list[str]:
        found = list(status.troubles.items())[:MOST_TROUBLES]
        kinds = ", ".join(
            f"{self._say(seat, 'trouble-why', cause=kind)} ({number})" for kind, number in found
        )
        return ["", self._say(seat, "status-had", kinds=kinds) if kinds else self._say(seat, "status-well")]

    def _say(self, seat: Seat, key: str, **values: str | float) -> str:
        return self.speech.say(seat.language, key, **values)


def _midnight() -> float:
    """When today began, by the booth's clock."""
    return datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def _gib(size: int) -> str:
    return f"{size / GIB:.1f}"


def _span(seconds: float) -> str:
    """A span as people say it: 42 s, 5 min, 3 h, 2 d."""
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
