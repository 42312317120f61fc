"""The poster: a sheet with the event's name, what happens here, and a code for each network.

From top to bottom: a coloured band with the words, pictures that hang over its edge, then steps and codes.
One code is as large as the sheet allows, with the steps beside it; several stand side by side below them.
The pictures take the height that is left, so that the same poster fills A4 and Letter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.invites.codes import Group, codes_and_steps
from bot.invites.colours import HOUSE, Colours, legible, mixed, text_on
from bot.invites.halves import Example
from bot.invites.links import Link
from bot.invites.marks import CAP_HEIGHT, Box, Mark, Patch, Photo, Sheet, Text, fitting, wrapped
from bot.pixels.fonts import Weight, printable
from bot.pixels.qr import INK, PAPER

SIZES: Mapping[str, tuple[float, float]] = MappingProxyType({"a4": (210.0, 297.0), "letter": (215.9, 279.4)})
"""Width and height in millimetres (ISO 216; ANSI/ASME Y14.1)."""

MARGIN = 14.0  # mm; printers leave about 5 of them white
GAP = 6.0
PICTURES = 2
OVERHANG = 0.42  # of the pictures: what hangs below the band
_SPACE = 9.0  # mm between the parts
_EVENT, _HEADLINE, _LEAD, _LABEL, _SMALL = 8.0, 24.0, 7.2, 4.2, 3.3  # mm an em


@dataclass(frozen=True, slots=True)
class PosterWords:
    """All words of a poster, in its language.

    Attributes:
        event: The event's name, as its owner writes it.
        steps: Three, in a few words each.
        small_print: What becomes of photos.
        before: What the untouched half of a picture is called.
        networks: What each network is called: a name in letters, no mark of theirs.
        styles: What each example's style is called, by its id.
    """

    event: str
    headline: str
    lead: str
    steps: tuple[str, str, str]
    small_print: str
    before: str
    networks: Mapping[str, str]
    styles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster is made of.

    Attributes:
        size: One of :data:`SIZES`.
        links: One to three.
        examples: The first two are shown.
    """

    size: str
    words: PosterWords
    links: Sequence[Link]
    examples: Sequence[Example]
    colours: Colours = HOUSE


def poster_sheet(poster: Poster) -> Sheet:
    """Decide where everything stands.

    Raises:
        QrTextTooLong: no QR code holds one of the addresses.
    """
    width, height = SIZES[poster.size]
    column = Box(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN)
    head, foot = tuple(_head(poster, column)), tuple(_foot(poster, column))
    codes = _codes(poster, column, min(line.baseline for line in foot) - _SMALL - _SPACE)
    top = max(line.baseline for line in head) + _SPACE
    pictures = Box(column.left, top, column.width, codes.top - _SPACE - top)
    band = Patch(Box(0.0, 0.0, width, pictures.bottom - OVERHANG * pictures.height), poster.colours.ground)
    title = " · ".join((poster.words.event, poster.words.headline))
    marks = (band, *head, *_pictures(poster, pictures), *codes.marks, *foot)
    return Sheet(title, width, height, PAPER, marks)


def _head(poster: Poster, column: Box) -> Iterator[Text]:
    """The event's name, the headline across the sheet, and the line below it."""
    words, ground, baseline = poster.words, poster.colours.ground, column.top
    paper = text_on(ground)
    lines: tuple[tuple[str, Weight, float, str, float], ...] = (
        (words.event, "heavy", _EVENT, legible(poster.colours.name, ground), 0.0),
        (words.headline, "heavy", _HEADLINE, paper, 8.5),
        (words.lead, "medium", _LEAD, mixed(paper, ground, 0.78), 7.5),
    )
    for line, weight, most, colour, gap in lines:
        text, size = fitting(printable(line), weight, most, column.width)
        baseline += gap + CAP_HEIGHT * size
        yield Text(text, weight, size, column.left, baseline, colour)


def _codes(poster: Poster, column: Box, bottom: float) -> Group:
    words = poster.words
    codes = [(link, printable(words.networks[link.network])) for link in poster.links]
    steps = [printable(step) for step in words.steps]
    return codes_and_steps(codes, steps, poster.colours, column, bottom)


def _pictures(poster: Poster, box: Box) -> Iterator[Mark]:
    """Photo and picture in one, twice, each with its style's name."""
    width = (box.width - GAP) / PICTURES
    for place, example in enumerate(poster.examples[:PICTURES]):
        part = Box(box.left + place * (width + GAP), box.top, width, box.height)
        yield Photo(part, example)
        yield from _label(printable(poster.words.styles[example.style]), part.left + 3.0, part.bottom - 3.0)
        before = printable(poster.words.before)
        wide = Text(before, "heavy", _LABEL, 0.0, 0.0, PAPER).width + _LABEL * 1.4
        yield from _label(before, part.right - 3.0 - wide, part.bottom - 3.0)


def _label(words: str, left: float, bottom: float) -> Iterator[Mark]:
    """Words on a dark patch."""
    width = Text(words, "heavy", _LABEL, 0.0, 0.0, PAPER).width + _LABEL * 1.4
    height = _LABEL * 1.9
    yield Patch(Box(left, bottom - height, width, height), INK, 1.6)
    baseline = bottom - (height - CAP_HEIGHT * _LABEL) / 2
    yield Text(words, "heavy", _LABEL, left + _LABEL * 0.7, baseline, PAPER)


def _foot(poster: Poster, column: Box) -> Iterator[Text]:
    """What becomes of photos, at the bottom."""
    lines = wrapped(printable(poster.words.small_print), "medium", _SMALL, column.width)
    colour = mixed(INK, PAPER, 0.72)
    for above, line in enumerate(reversed(lines)):
        yield Text(line, "medium", _SMALL, column.left, column.bottom + 2.0 - above * _SMALL * 1.45, colour)
