"""What the booth has done: guests, pictures, styles, hours and places, as values, as CSV and as a picture."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.nouns import GuestKey, Picture, Scans, StyleId
from bot.office.crew import Crew
from bot.office.spellings import Spellings
from bot.pixels.charts import Bar, Chart, Tile, chart_png
from bot.pixels.children import Children
from bot.pixels.fonts import undrawn
from bot.store.counts import HOUR_S, Count, CountStore
from bot.store.scans import ScanStore
from bot.styles.shelf import Shelf
from bot.words import Words

CHART_HOURS = 24


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums since a moment.

    Attributes:
        guests: Whose first picture came since then.
        by_style: Pictures, the most loved style first.
        by_hour: Pictures by hour since the epoch, every hour from the first to the last.
    """

    guests: int
    pictures: int
    failures: int
    by_style: Mapping[StyleId, int]
    by_hour: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Footfall:
    """How often the codes of one place at one event were scanned; "" names none.

    Attributes:
        event, place: As the codes say them.
        called: What people call those that codes can't spell.
    """

    event: str
    place: str
    scans: int
    called: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def label(self) -> str:
        """The place as lists show it, with its event."""
        names = (self.called.get(name, name) for name in (self.place or "–", self.event))
        return " · ".join(filter(None, names))

    @property
    def drawn(self) -> str:
        """The same as pictures show it: what no font of ours has stands there as codes say it."""
        called = {said: name for said, name in self.called.items() if not undrawn(name)}
        return replace(self, called=called).label


@dataclass(frozen=True, slots=True)
class Books:
    """What was counted, and what it is called and drawn with."""

    counts: CountStore
    scans: ScanStore
    shelf: Shelf
    words: Words
    children: Children
    spellings: Spellings


class Stats:
    """Tells what was counted. Every method asks the crew first."""

    def __init__(self, crew: Crew, books: Books) -> None:
        """Read these; charts are drawn in the children."""
        self._crew = crew
        self._books = books

    async def figures(self, actor: GuestKey, since: float = 0.0) -> Figures:
        """The sums since a moment, in seconds since the epoch; by default of all time."""
        await self._crew.check(actor)
        return sums(await self._books.counts.since(since))

    async def places(self, actor: GuestKey, since: float = 0.0) -> Sequence[Footfall]:
        """How often the codes of each place were scanned, the busiest first.

        Scans are counted by day (UTC), so the day of the moment ``since`` counts whole.
        """
        await self._crew.check(actor)
        called = await self._books.spellings.known()
        return [replace(one, called=called) for one in footfalls(await self._books.scans.all(), since)]

    async def csv(self, actor: GuestKey) -> bytes:
        """Everything that was counted: hour (UTC), style, platform, guests, pictures, failures."""
        await self._crew.check(actor)
        return as_csv(await self._books.counts.since(0.0))

    async def scans_csv(self, actor: GuestKey) -> bytes:
        """Every scan that was counted: day (UTC), platform, event, place, scans."""
        await self._crew.check(actor)
        return scans_as_csv(await self._books.scans.all())

    async def chart(self, actor: GuestKey, language: str, since: float = 0.0) -> Picture:
        """The figures as a picture, PNG, in the maintainer's language."""
        figures = await self.figures(actor, since)
        chart = self._chart(figures, await self.places(actor, since), language)
        return Picture(await self._books.children.run(chart_png, chart), "image/png")

    def _chart(self, figures: Figures, places: Sequence[Footfall], language: str) -> Chart:
        say = self._books.words.say
        most = max(figures.by_style.values(), default=0) or 1
        most_scans = max((one.scans for one in places), default=0) or 1
        return Chart(
            heading=say(language, "stats-heading"),
            tiles=(
                Tile(str(figures.guests), say(language, "stats-guests")),
                Tile(str(figures.pictures), say(language, "stats-pictures")),
                Tile(str(figures.failures), say(language, "stats-failures")),
            ),
            columns_title=say(language, "stats-by-hour"),
            columns=tuple((_hour(hour), number) for hour, number in figures.by_hour[-CHART_HOURS:]),
            bars_title=say(language, "stats-by-style"),
            bars=tuple(
                Bar(self._books.shelf.name(style, language), number / most, str(number))
                for style, number in figures.by_style.items()
            ),
            more_title=say(language, "stats-by-place"),
            more=tuple(Bar(one.drawn, one.scans / most_scans, str(one.scans)) for one in places),
        )


def sums(counted: Sequence[Count]) -> Figures:
    """Add counts up. Pure."""
    styles: Counter[StyleId] = Counter()
    hours: Counter[int] = Counter()
    for count in counted:
        styles[count.style] += count.pictures
        hours[count.hour] += count.pictures
    span = range(min(hours), max(hours) + 1) if hours else range(0)
    return Figures(
        guests=sum(count.guests for count in counted),
        pictures=sum(count.pictures for count in counted),
        failures=sum(count.failures for count in counted),
        by_style=dict(styles.most_common()),
        by_hour=[(hour, hours[hour]) for hour in span],
    )


def footfalls(scanned: Sequence[Scans], since: float = 0.0) -> Sequence[Footfall]:
    """Scans by event and place, since the day of a moment, the busiest first. Pure."""
    first = datetime.fromtimestamp(since, UTC).date().isoformat()
    found: Counter[tuple[str, str]] = Counter()
    for scans in scanned:
        if scans.day >= first:
            found[scans.event, scans.place] += scans.count
    return [Footfall(event, place, number) for (event, place), number in found.most_common()]


def scans_as_csv(scanned: Sequence[Scans]) -> bytes:
    """The scans as a table for spreadsheets. Pure."""
    rows = ([one.day, one.platform, one.event, one.place, one.count] for one in scanned)
    return _table(("day", "platform", "event", "place", "scans"), rows)


def as_csv(counted: Sequence[Count]) -> bytes:
    """The counts as a table for spreadsheets. Pure."""
    rows = (
        [_hour_utc(one.hour), one.style, one.platform, one.guests, one.pictures, one.failures]
        for one in counted
    )
    return _table(("hour", "style", "platform", "guests", "pictures", "failures"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode()


def _hour_utc(hour: int) -> str:
    return datetime.fromtimestamp(hour * HOUR_S, UTC).strftime("%Y-%m-%dT%H:00Z")


def _hour(hour: int) -> str:
    """The hour as the booth's own clock shows it."""
    return datetime.fromtimestamp(hour * HOUR_S, UTC).astimezone().strftime("%H")
