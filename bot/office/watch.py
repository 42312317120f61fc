"""The watch: how the booth stands just now, as values and as one small picture."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from bot.bench import ServerHealth, StyleBench
from bot.nouns import GuestKey, Picture
from bot.office.crew import Crew
from bot.pixels.charts import Bar, Chart, Tile, chart_png
from bot.pixels.children import Children
from bot.ports import Renderer
from bot.states import JobState
from bot.store.counts import HOUR_S, CountStore
from bot.store.house import HouseStore, Rules
from bot.underway.lines import Lines
from bot.words import Words

CHART_HOURS = 12
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class LineReport:
    """One renderer's line; ``eta_s`` is when a photo that came now would be done."""

    renderer: str
    waiting: int
    rendering: int
    slots: int
    eta_s: float


@dataclass(frozen=True, slots=True)
class UplinkReport:
    """How one platform reaches us, as its adapter knows it.

    Attributes:
        via: ``webhook``, ``polling`` or ``gateway``.
        up: Whether it works just now, as far as is known.
        heard_s: Seconds since something came in; None when nothing has.
        backlog: What the platform still holds for us, where it says so.
        trouble: A short code of the last error, empty when there was none; never an address.
        answers: Whether the platform itself can be reached, even if it refuses us, as far as is known.
    """

    platform: str
    via: str
    up: bool
    heard_s: float | None = None
    backlog: int | None = None
    trouble: str = ""
    answers: bool = True


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes on the disk that holds database and pictures."""

    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Status:
    """Everything at one glance. ``troubles`` are the last hour's, by kind; ``up_s`` is since the start."""

    version: str
    up_s: float
    rules: Rules
    database: str
    disk: Disk | None
    lines: Sequence[LineReport]
    servers: Sequence[ServerHealth]
    uplinks: Sequence[UplinkReport]
    troubles: Mapping[str, int]
    pictures_by_hour: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Instruments:
    """What the watch looks at. ``disk`` and ``uplinks`` come from the rims."""

    crew: Crew
    house: HouseStore
    counts: CountStore
    lines: Lines
    renderers: Sequence[Renderer]
    bench: StyleBench
    words: Words
    children: Children
    database: str
    disk: Callable[[], Disk | None] = lambda: None
    uplinks: Callable[[], Awaitable[Sequence[UplinkReport]]] | None = None


class Watch:
    """Looks at everything. Every method asks the crew first."""

    def __init__(self, instruments: Instruments) -> None:
        """Look at these; the time counts from now."""
        self._at = instruments
        self._started = time.monotonic()

    async def status(self, actor: GuestKey) -> Status:
        """How the booth stands."""
        at = self._at
        await at.crew.check(actor)
        return Status(
            version=version("petaflop"),
            up_s=time.monotonic() - self._started,
            rules=await at.house.rules(),
            database=at.database,
            disk=await asyncio.to_thread(at.disk),
            lines=[await self._line(renderer) for renderer in at.renderers],
            servers=await at.bench.health(),
            uplinks=[] if at.uplinks is None else await at.uplinks(),
            troubles=await at.counts.troubles(HOUR_S),
            pictures_by_hour=await self._hours(),
        )

    async def chart(self, status: Status, language: str) -> Picture:
        """A status as a picture, PNG, in the maintainer's language."""
        return Picture(await self._at.children.run(chart_png, self._chart(status, language)), "image/png")

    async def _line(self, renderer: Renderer) -> LineReport:
        snapshot = await self._at.lines.snapshot(renderer.name)
        states = [job.state for job in snapshot.jobs if job.kind == "guest"]
        places = [place.eta_s for place in snapshot.places.values()]
        return LineReport(
            renderer.name,
            states.count(JobState.WAITING),
            states.count(JobState.RENDERING),
            renderer.slots,
            max(places, default=0.0),
        )

    async def _hours(self) -> Sequence[tuple[int, int]]:
        this = int(time.time() // HOUR_S)
        first = this - CHART_HOURS + 1
        pictures = dict.fromkeys(range(first, this + 1), 0)
        for count in await self._at.counts.since(first * HOUR_S):
            pictures[count.hour] = pictures.get(count.hour, 0) + count.pictures
        return sorted(pictures.items())

    def _chart(self, status: Status, language: str) -> Chart:
        say = self._at.words.say
        waiting = sum(line.waiting for line in status.lines)
        eta_s = max((line.eta_s for line in status.lines), default=0.0)
        return Chart(
            heading=say(language, "status-heading"),
            tiles=(
                Tile(str(waiting), say(language, "status-waiting")),
                Tile(f"{eta_s:.0f} s", say(language, "status-eta")),
                Tile(str(sum(status.troubles.values())), say(language, "status-troubles")),
            ),
            columns_title=say(language, "stats-by-hour"),
            columns=tuple(
                (time.strftime("%H", time.localtime(hour * HOUR_S)), number)
                for hour, number in status.pictures_by_hour
            ),
            bars_title=say(language, "status-memory") if _gauges(status) else "",
            bars=_gauges(status),
        )


def _gauges(status: Status) -> tuple[Bar, ...]:
    """How full disks and GPUs are."""
    gauges = [
        _gauge(server.name, server.memory_total - server.memory_free, server.memory_total)
        for server in status.servers
        if server.memory_total and server.memory_free is not None
    ]
    disk = status.disk
    return tuple(gauges if disk is None else [*gauges, _gauge("disk", disk.total - disk.free, disk.total)])


def _gauge(label: str, used: int, total: int) -> Bar:
    return Bar(label, used / total, f"{used / GIB:.0f}/{total / GIB:.0f} GiB")
