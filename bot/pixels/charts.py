"""Charts in the house's look: figures as tiles, columns for hours, bars for styles, servers and the like.

One drawing serves `/stats` and `/status`. It is drawn for a phone: large letters, few numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from bot.pixels.before_after import CYAN, MUTED, NIGHT, PAPER, PINK
from bot.pixels.fonts import Lettering, printable

WIDTH = 1080  # px; a phone's
MARGIN = 56
ROOM = WIDTH - 2 * MARGIN
TRACK = "#23253a"
"""Night, lifted: what a bar could fill."""

_HEADING = Lettering("heavy", 60)
_TITLE = Lettering("heavy", 34)
_FIGURE = Lettering("heavy", 72)
_TEXT = Lettering("medium", 30)
_SMALL = Lettering("medium", 22)
_TILE_HEIGHT, _COLUMNS_HEIGHT, _BAR_HEIGHT = 150, 260, 62
_SECTION_GAP = 48
_MOST_COLUMNS, _MOST_BARS = 24, 8


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with what it counts."""

    figure: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled length, 0..1 of the room; ``text`` says the number."""

    label: str
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, in words already; empty parts are left out.

    Attributes:
        columns: (label, number) by time, the oldest first; the last 24 are drawn.
        bars: At most eight are drawn.
        more: As many bars for something else.
    """

    heading: str
    tiles: tuple[Tile, ...] = ()
    columns_title: str = ""
    columns: tuple[tuple[str, int], ...] = ()
    bars_title: str = ""
    bars: tuple[Bar, ...] = ()
    more_title: str = ""
    more: tuple[Bar, ...] = ()

    @property
    def lists(self) -> Sequence[tuple[str, tuple[Bar, ...]]]:
        """What is drawn as bars: title and bars of each list that has some."""
        both = ((self.bars_title, self.bars), (self.more_title, self.more))
        return [(title, bars[:_MOST_BARS]) for title, bars in both if bars]


def chart_png(chart: Chart) -> bytes:
    """Draw a chart as PNG, 1080 pixels wide; for a child process."""
    out = BytesIO()
    draw_chart(chart).save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_chart(chart: Chart) -> Image.Image:
    """Draw a chart, 1080 pixels wide and as high as it has parts."""
    image = Image.new("RGB", (WIDTH, _height(chart)), NIGHT)
    canvas = ImageDraw.Draw(image)
    y = MARGIN + _HEADING.cap_height
    _HEADING.draw(canvas, MARGIN, y, _HEADING.shortened(printable(chart.heading), ROOM), PAPER)
    canvas.rectangle((MARGIN, y + 24, MARGIN + 95, y + 31), fill=PINK)
    y += 32 + _SECTION_GAP
    if chart.tiles:
        _tiles(canvas, chart.tiles, y)
        y += _TILE_HEIGHT + _SECTION_GAP
    if chart.columns:
        y = _title(canvas, chart.columns_title, y)
        _columns(canvas, chart.columns[-_MOST_COLUMNS:], y)
        y += _COLUMNS_HEIGHT + _SECTION_GAP
    for title, bars in chart.lists:
        y = _title(canvas, title, y)
        for bar in bars:
            _bar(canvas, bar, y)
            y += _BAR_HEIGHT
        y += _SECTION_GAP
    return image


def _height(chart: Chart) -> int:
    height = MARGIN + _HEADING.cap_height + 32 + _SECTION_GAP
    title = _TITLE.cap_height + 28
    height += (_TILE_HEIGHT + _SECTION_GAP) * bool(chart.tiles)
    height += (title + _COLUMNS_HEIGHT + _SECTION_GAP) * bool(chart.columns)
    height += sum(title + _BAR_HEIGHT * len(bars) for _, bars in chart.lists)
    height += _SECTION_GAP * max(0, len(chart.lists) - 1)
    return height + MARGIN


def _title(canvas: ImageDraw.ImageDraw, text: str, y: int) -> int:
    _TITLE.draw(canvas, MARGIN, y + _TITLE.cap_height, _TITLE.shortened(printable(text), ROOM), PAPER)
    return y + _TITLE.cap_height + 28


def _tiles(canvas: ImageDraw.ImageDraw, tiles: Sequence[Tile], y: int) -> None:
    width = ROOM / len(tiles)
    for place, tile in enumerate(tiles):
        x = MARGIN + place * width
        figure = _FIGURE.shortened(printable(tile.figure), width - 16)
        _FIGURE.draw(canvas, x, y + _FIGURE.cap_height, figure, CYAN)
        label = _TEXT.shortened(printable(tile.label), width - 16)
        _TEXT.draw(canvas, x, y + _TILE_HEIGHT - 22, label, MUTED)


def _columns(canvas: ImageDraw.ImageDraw, columns: Sequence[tuple[str, int]], y: int) -> None:
    step = ROOM / max(len(columns), 8)
    most = max((number for _, number in columns), default=0) or 1
    foot = y + _COLUMNS_HEIGHT - 40
    full = _COLUMNS_HEIGHT - 84
    for place, (label, number) in enumerate(columns):
        left = MARGIN + place * step
        top = foot - max(3, round(full * number / most))
        canvas.rectangle((left, top, left + step - 8, foot), fill=CYAN if number else TRACK)
        if number:
            _centred(canvas, str(number), left, step - 8, top - 10, PAPER)
        _centred(canvas, label, left, step - 8, foot + 32, MUTED)


def _centred(
    canvas: ImageDraw.ImageDraw, text: str, left: float, width: float, baseline: float, colour: str
) -> None:
    words = printable(text)
    if (wide := _SMALL.width(words)) <= width + 8:  # a number cut short would be another number
        _SMALL.draw(canvas, left + (width - wide) / 2, baseline, words, colour)


def _bar(canvas: ImageDraw.ImageDraw, bar: Bar, y: int) -> None:
    label_room, text_room = ROOM * 0.34, ROOM * 0.18
    _TEXT.draw(canvas, MARGIN, y + 36, _TEXT.shortened(printable(bar.label), label_room - 20), PAPER)
    left, width = MARGIN + label_room, ROOM - label_room - text_room
    canvas.rectangle((left, y + 14, left + width, y + 38), fill=TRACK)
    share = min(1.0, max(0.0, bar.share))
    if share > 0:
        canvas.rectangle((left, y + 14, left + max(3, width * share), y + 38), fill=PINK)
    _TEXT.draw(canvas, left + width + 20, y + 36, _TEXT.shortened(printable(bar.text), text_room - 20), MUTED)
