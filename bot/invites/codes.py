"""Codes with their networks' names on cards, and the steps beside or above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.invites.colours import Colours, text_on
from bot.invites.links import Link
from bot.invites.marks import CAP_HEIGHT, Box, Code, Mark, Patch, Text, fitting
from bot.pixels.qr import INK, QUIET_ZONE, qr_matrix, sturdiest

WHITE = "#ffffff"

_GAP = 6.0  # mm between cards
_FRAME = 1.2  # around a card's white
_HEAD, _HEAD_SIZE = 12.0, 6.4
_LABEL, _LABEL_SIZE = 7.0, 4.4
_RADIUS = 3.4
_SIDES = {1: 88.0, 2: 70.0, 3: 60.0}
"""Of a code with its quiet zone, at most, by the number of codes."""

_STEP, _STEP_SIZE, _STEP_SPACE = 11.0, 6.2, 8.0
_LARGE_STEP, _LARGE_STEP_SIZE = 18.0, 9.6
_BESIDE = 9.0  # between the one card and the steps


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that belong together, and where they begin."""

    top: float
    marks: Sequence[Mark]


def codes_and_steps(
    codes: Sequence[tuple[Link, str]], steps: Sequence[str], colours: Colours, column: Box, bottom: float
) -> Group:
    """One to three codes, each with its network's name, as a group that ends at ``bottom``.

    Raises:
        QrTextTooLong: no QR code holds one of the addresses.
    """
    if len(codes) == 1:
        return _beside(codes[0], steps, colours, column, bottom)
    cards = codes_abreast(codes, colours, column, bottom)
    row = Box(column.left, cards.top - _STEP_SPACE - _STEP, column.width, _STEP)
    return Group(row.top, (*_across(steps, row, colours), *cards.marks))


def codes_abreast(codes: Sequence[tuple[Link, str]], colours: Colours, column: Box, bottom: float) -> Group:
    """Cards side by side across the column.

    Raises:
        QrTextTooLong: no QR code holds one of the addresses.
    """
    width = (column.width - (len(codes) - 1) * _GAP) / len(codes)
    side = min(width - 2 * _FRAME, _SIDES[len(codes)])
    labelled = any(link.label for link, _ in codes)
    height = _HEAD + side + (_LABEL if labelled else 0.0) + _FRAME
    marks: list[Mark] = []
    for place, (link, name) in enumerate(codes):
        box = Box(column.left + place * (width + _GAP), bottom - height, width, height)
        marks += _card(link, name, box, side, colours)
    return Group(bottom - height, marks)


def _beside(
    code: tuple[Link, str], steps: Sequence[str], colours: Colours, column: Box, bottom: float
) -> Group:
    """One large card, and the steps down its side."""
    width = _SIDES[1] + 2 * _FRAME
    card = codes_abreast([code], colours, Box(column.left, 0.0, width, 0.0), bottom)
    left = column.left + width + _BESIDE
    side = Box(left, card.top, column.right - left, bottom - card.top)
    return Group(card.top, (*card.marks, *_down(steps, side, colours)))


def _card(link: Link, name: str, box: Box, side: float, colours: Colours) -> Iterator[Mark]:
    """A white card in a frame that widens to a head with the network's name."""
    yield Patch(box, colours.ground, _RADIUS)
    white = Box(box.left + _FRAME, box.top + _HEAD, box.width - 2 * _FRAME, box.height - _HEAD - _FRAME)
    yield Patch(white, WHITE, _RADIUS - _FRAME)
    yield _centred(name, _HEAD_SIZE, Box(box.left, box.top, box.width, _HEAD), text_on(colours.ground))
    modules = len(qr_matrix(link.url, correction=sturdiest(link.url)))
    quiet = side * QUIET_ZONE / (modules + 2 * QUIET_ZONE)
    left = box.left + (box.width - side) / 2
    yield Code(Box(left + quiet, white.top + quiet, side - 2 * quiet, side - 2 * quiet), link.url, INK)
    if link.label:
        foot = Box(white.left + 2.0, white.top + side, white.width - 4.0, _LABEL)
        yield _centred(link.label, _LABEL_SIZE, foot, INK)


def _centred(words: str, most: float, box: Box, colour: str) -> Text:
    text, size = fitting(words, "heavy", most, box.width - 2.0)
    line = Text(text, "heavy", size, 0.0, 0.0, colour)
    baseline = box.top + (box.height + CAP_HEIGHT * size) / 2
    return Text(text, "heavy", size, box.left + (box.width - line.width) / 2, baseline, colour)


def _across(steps: Sequence[str], box: Box, colours: Colours) -> Iterator[Mark]:
    width = (box.width - (len(steps) - 1) * _GAP) / len(steps)
    parts = [Box(box.left + at * (width + _GAP), box.top, width, box.height) for at in range(len(steps))]
    yield from _numbered(steps, parts, _STEP_SIZE, colours)


def _down(steps: Sequence[str], box: Box, colours: Colours) -> Iterator[Mark]:
    """Spread over the whole height, with the same space above, between and below."""
    space = (box.height - len(steps) * _LARGE_STEP) / (len(steps) + 1)
    tops = [box.top + space + at * (_LARGE_STEP + space) for at in range(len(steps))]
    parts = [Box(box.left, top, box.width, _LARGE_STEP) for top in tops]
    yield from _numbered(steps, parts, _LARGE_STEP_SIZE, colours)


def _numbered(steps: Sequence[str], parts: Sequence[Box], most: float, colours: Colours) -> Iterator[Mark]:
    """Discs with numbers, and beside each its words; all of one size."""
    indent = parts[0].height * 1.36
    fitted = [
        fitting(words, "heavy", most, part.width - indent) for words, part in zip(steps, parts, strict=True)
    ]
    size = min(size for _, size in fitted)
    for number, ((words, _), part) in enumerate(zip(fitted, parts, strict=True), 1):
        disc = Box(part.left, part.top, part.height, part.height)
        yield Patch(disc, colours.steps, part.height / 2)
        yield _centred(str(number), part.height * 0.56, disc, text_on(colours.steps))
        baseline = part.top + (part.height + CAP_HEIGHT * size) / 2
        yield Text(words, "heavy", size, part.left + indent, baseline, INK)
