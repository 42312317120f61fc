"""What the booth has done: guests, pictures, styles, hours and places, as values, as CSV and as a picture."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.charts import Bar, Chart, Tile, chart_png
from bot.children import Children
from bot.crew import Crew
from bot.nouns import GuestKey, Picture, StyleId
from bot.shelf import Shelf
from bot.store.counts import HOUR_S, Count, CountStore
from bot.store.scans import ScanStore
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


class Stats:
    """Tells what was counted. Every method asks the crew first."""

    def __init__(
        self,
        crew: Crew,
        counts: CountStore,
        scans: ScanStore,
        shelf: Shelf,
        words: Words,
        children: Children,
    ) -> None:
        """Work with these; charts are drawn in the children."""
        self._crew = crew
        self._scans = scans
        self._counts = counts
        self._shelf = shelf
        self._words = words
        self._children = children

    async def figures(self, actor: GuestKey, since: float = 0.0) -> Figures:
        """The sums since a moment, in seconds since the epoch; by default of all time."""
        await self._crew.check(actor)
        return sums(await self._counts.since(since))

    async def places(self, actor: GuestKey) -> Sequence[tuple[str, int]]:
        """How often the codes of each place were scanned, the busiest place first; "" names none."""
        await self._crew.check(actor)
        found: Counter[str] = Counter()
        for scans in await self._scans.all():
            found[scans.place] += scans.count
        return found.most_common()

    async def csv(self, actor: GuestKey) -> bytes:
        """Everything that was counted: hour (UTC), style, platform, guests, pictures, failures."""
        await self._crew.check(actor)
        return as_csv(await self._counts.since(0.0))

    async def chart(self, actor: GuestKey, language: str, since: float = 0.0) -> Picture:
        """The figures as a picture, PNG, in the maintainer's language."""
        figures = await self.figures(actor, since)
        chart = self._chart(figures, language)
        return Picture(await self._children.run(chart_png, chart), "image/png")

    def _chart(self, figures: Figures, language: str) -> Chart:
        say = self._words.say
        most = max(figures.by_style.values(), default=0) or 1
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
                Bar(self._shelf.name(style, language), number / most, str(number))
                for style, number in figures.by_style.items()
            ),
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


def as_csv(counted: Sequence[Count]) -> bytes:
    """The counts as a table for spreadsheets. Pure."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["hour", "style", "platform", "guests", "pictures", "failures"])
    for count in counted:
        hour = datetime.fromtimestamp(count.hour * HOUR_S, UTC).strftime("%Y-%m-%dT%H:00Z")
        writer.writerow([hour, count.style, count.platform, count.guests, count.pictures, count.failures])
    return out.getvalue().encode()


def _hour(hour: int) -> str:
    """The hour as the booth's own clock shows it."""
    return datetime.fromtimestamp(hour * HOUR_S, UTC).astimezone().strftime("%H")
