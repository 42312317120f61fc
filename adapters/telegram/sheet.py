"""The style sheet: a page of previews with their names, as one picture. Pure; bytes in, bytes out."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from bot.fonts import Lettering, printable

COLUMNS, ROWS = 3, 3
A_PAGE = COLUMNS * ROWS
TILE_PX, GAP_PX, LABEL_PX = 300, 18, 54
NIGHT, PAPER, CYAN, PINK = "#11121e", "#faf7f0", "#22d3ee", "#ff3b7b"
CORNER_PX = 14
QUALITY = 74  # Telegram compresses it again; this is what goes up, once
_LABEL = Lettering("heavy", 30)
_INITIAL = Lettering("heavy", 150)


@dataclass(frozen=True, slots=True)
class Tile:
    """One style: what it is called, and an encoded preview where there is one."""

    name: str
    preview: bytes | None = field(default=None, repr=False)


def draw_sheet(tiles: Sequence[Tile]) -> bytes:
    """A JPEG of at most :data:`A_PAGE` tiles, in the order in which they are read."""
    rows = max(1, -(-len(tiles) // COLUMNS))
    width = COLUMNS * TILE_PX + (COLUMNS + 1) * GAP_PX
    sheet = Image.new("RGB", (width, rows * (TILE_PX + LABEL_PX) + (rows + 1) * GAP_PX), NIGHT)
    for number, tile in enumerate(tiles[:A_PAGE]):
        row, column = divmod(number, COLUMNS)
        x = GAP_PX + column * (TILE_PX + GAP_PX)
        y = GAP_PX + row * (TILE_PX + LABEL_PX + GAP_PX)
        _draw_tile(sheet, tile, x, y, accent=(CYAN, PINK)[number % 2])
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _draw_tile(sheet: Image.Image, tile: Tile, x: int, y: int, *, accent: str) -> None:
    sheet.paste(_face(tile, accent), (x, y), _rounded())
    name = _LABEL.shortened(printable(tile.name), TILE_PX)
    left = x + (TILE_PX - _LABEL.width(name)) / 2
    _LABEL.draw(ImageDraw.Draw(sheet), left, y + TILE_PX + LABEL_PX - 16, name, PAPER)


def _face(tile: Tile, accent: str) -> Image.Image:
    if tile.preview is not None:
        with Image.open(io.BytesIO(tile.preview)) as preview:
            return preview.convert("RGB").resize((TILE_PX, TILE_PX), Image.Resampling.LANCZOS)
    face = Image.new("RGB", (TILE_PX, TILE_PX), accent)
    initial = printable(tile.name)[:1]
    left = (TILE_PX - _INITIAL.width(initial)) / 2
    _INITIAL.draw(ImageDraw.Draw(face), left, (TILE_PX + _INITIAL.cap_height) / 2, initial, NIGHT)
    return face


def _rounded() -> Image.Image:
    mask = Image.new("L", (TILE_PX, TILE_PX), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, TILE_PX - 1, TILE_PX - 1), CORNER_PX, fill=255)
    return mask
