"""A collage: the pictures of a group on one sheet of paper, each whole, in rows of one height.

`lay_out` decides in numbers only; `compose` draws what it decided. Rows are filled as in a book of photos
(a justified layout): every row is as wide as the sheet, and as high as its pictures' shapes then ask for; of
all ways to break the pictures into rows, the one is taken whose rows are closest to one height.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from bot.pixels.bare import bare
from bot.pixels.fonts import Lettering, printable

NIGHT, CYAN, PINK, PAPER = "#11121e", "#22d3ee", "#ff3b7b", "#faf7f0"

WIDTH = 1600  # px; chats show 1280 of it, and it still prints
MARGIN, GAP = 48, 16
ROOM = WIDTH - 2 * MARGIN
CORNER = 10  # px
LEAST_SHAPE, MOST_SHAPE = 0.5, 2.2  # width / height; beyond, a picture's ends are cut off
_HEADING, _NOTE = Lettering("heavy", 64), Lettering("medium", 30)
_RULE = (96, 8)
_HEAD = 176
_HEIGHTS = {1: 1000.0, 2: 820.0, 3: 620.0, 4: 620.0, 5: 560.0, 6: 520.0}
_MANY = 460.0
"""Rows of about that height, by the number of pictures: the sheet stays a little higher than wide."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are the first ones outside."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The words of a collage, in the group's language: the event's name, and what is seen."""

    event: str
    note: str


def collage_jpeg(pictures: Sequence[bytes], words: Headline) -> bytes:
    """Compose a collage; for a child process, as it keeps a processor busy.

    Args:
        pictures: PNG, JPEG or WebP, the first ones at the top; our frames are left off.
        words: What stands above them.

    Returns:
        A progressive JPEG without metadata.

    Raises:
        RenderCrashed: a picture can't be decoded; its cause is ``unreadable-picture``.
    """
    out = BytesIO()
    compose([bare(data) for data in pictures], words).save(out, "JPEG", quality=88, progressive=True)
    return out.getvalue()


def lay_out(sizes: Sequence[tuple[int, int]]) -> tuple[int, Sequence[Box]]:
    """The sheet's height, and where each picture of these sizes (width, height) goes."""
    shapes = tuple(min(MOST_SHAPE, max(LEAST_SHAPE, width / height)) for width, height in sizes)
    boxes: list[Box] = []
    top = _HEAD
    for row in rows(shapes, _HEIGHTS.get(len(shapes), _MANY)):
        height = round(_row_height(row))
        boxes += _row_boxes(row, top, height)
        top += height + GAP
    return top - GAP + MARGIN, boxes


def rows(shapes: tuple[float, ...], height: float) -> Sequence[tuple[float, ...]]:
    """Break shapes (width / height) into rows across the sheet that come closest to a height, in order."""

    @cache
    def best(start: int) -> tuple[float, tuple[int, ...]]:
        if start == len(shapes):
            return 0.0, ()
        ways = []
        for end in range(start + 1, len(shapes) + 1):
            off = (_row_height(shapes[start:end]) / height - 1.0) ** 2
            rest, breaks = best(end)
            ways.append((off + rest, (end, *breaks)))
        return min(ways)

    ends = best(0)[1]
    return [shapes[start:end] for start, end in zip((0, *ends), ends, strict=False)]


def compose(pictures: Sequence[Image.Image], words: Headline) -> Image.Image:
    """Draw the collage."""
    height, boxes = lay_out([picture.size for picture in pictures])
    sheet = Image.new("RGB", (WIDTH, height), NIGHT)
    canvas = ImageDraw.Draw(sheet)
    base = MARGIN + _HEADING.cap_height
    _HEADING.draw(canvas, MARGIN, base, _HEADING.shortened(printable(words.event), ROOM), PAPER)
    rule = base + 36
    canvas.rectangle((MARGIN, rule, MARGIN + _RULE[0] - 1, rule + _RULE[1] - 1), fill=PINK)
    note = _NOTE.shortened(printable(words.note), ROOM - _RULE[0] - 24)
    _NOTE.draw(canvas, MARGIN + _RULE[0] + 24, rule + (_RULE[1] + _NOTE.cap_height) // 2, note, CYAN)
    for picture, box in zip(pictures, boxes, strict=True):
        _place(sheet, picture, box)
    return sheet


def _row_height(row: Sequence[float]) -> float:
    return (ROOM - GAP * (len(row) - 1)) / sum(row)


def _row_boxes(row: Sequence[float], top: int, height: int) -> Iterator[Box]:
    left = float(MARGIN)
    for shape in row:
        width = shape * _row_height(row)
        yield round(left), top, round(left + width), top + height
        left += width + GAP


def _place(sheet: Image.Image, picture: Image.Image, box: Box) -> None:
    size = (box[2] - box[0], box[3] - box[1])
    fitted = ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS)
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), CORNER, fill=255)
    sheet.paste(fitted, box[:2], mask)
