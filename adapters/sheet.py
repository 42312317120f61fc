"""The style sheet: previews with their names, as one picture. Pure; bytes in, bytes out."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from PIL import Image, ImageDraw

from bot.pixels.fonts import Lettering, printable

NIGHT, PAPER, CYAN, PINK = "#11121e", "#faf7f0", "#22d3ee", "#ff3b7b"


@dataclass(frozen=True, slots=True)
class Tile:
    """One style: what it is called, and an encoded preview where there is one."""

    name: str
    preview: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """How a sheet is laid out; all but ``columns`` and ``quality`` in pixels.

    Attributes:
        label: Height of the strip below a tile that its name stands in.
        quality: Of the file; chats compress it again.
        kind: How it is encoded; WebP is a quarter smaller, for who reads it.
    """

    columns: int = 3
    tile: int = 300
    gap: int = 18
    label: int = 54
    quality: int = 74
    kind: Literal["JPEG", "WEBP"] = "JPEG"

    @property
    def letters(self) -> int:
        """Size of the names."""
        return round(self.label * 5 / 9)

    @property
    def corner(self) -> int:
        """Radius of the tiles' corners."""
        return round(self.tile / 21)


def draw_sheet(tiles: Sequence[Tile], grid: Grid | None = None) -> bytes:
    """The tiles as one file, in the order in which they are read."""
    grid = grid or Grid()
    rows = max(1, -(-len(tiles) // grid.columns))
    width = grid.columns * grid.tile + (grid.columns + 1) * grid.gap
    height = rows * (grid.tile + grid.label) + (rows + 1) * grid.gap
    sheet = Image.new("RGB", (width, height), NIGHT)
    for number, tile in enumerate(tiles):
        row, column = divmod(number, grid.columns)
        x = grid.gap + column * (grid.tile + grid.gap)
        y = grid.gap + row * (grid.tile + grid.label + grid.gap)
        _draw_tile(sheet, tile, (x, y), grid, accent=(CYAN, PINK)[number % 2])
    out = io.BytesIO()
    if grid.kind == "WEBP":
        sheet.save(out, "WEBP", quality=grid.quality, method=5)
    else:
        sheet.save(out, "JPEG", quality=grid.quality, optimize=True, progressive=True)
    return out.getvalue()


def _draw_tile(sheet: Image.Image, tile: Tile, place: tuple[int, int], grid: Grid, *, accent: str) -> None:
    sheet.paste(_face(tile, grid, accent), place, _rounded(grid))
    lettering = Lettering("heavy", grid.letters)
    name = lettering.shortened(printable(tile.name), grid.tile)
    left = place[0] + (grid.tile - lettering.width(name)) / 2
    baseline = place[1] + grid.tile + grid.label - round(grid.label * 0.3)
    lettering.draw(ImageDraw.Draw(sheet), left, baseline, name, PAPER)


def _face(tile: Tile, grid: Grid, accent: str) -> Image.Image:
    size = (grid.tile, grid.tile)
    if tile.preview is not None:
        with Image.open(io.BytesIO(tile.preview)) as preview:
            return preview.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    face = Image.new("RGB", size, accent)
    lettering, initial = Lettering("heavy", grid.tile // 2), printable(tile.name)[:1]
    left = (grid.tile - lettering.width(initial)) / 2
    lettering.draw(ImageDraw.Draw(face), left, (grid.tile + lettering.cap_height) / 2, initial, NIGHT)
    return face


def _rounded(grid: Grid) -> Image.Image:
    mask = Image.new("L", (grid.tile, grid.tile), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, grid.tile - 1, grid.tile - 1), grid.corner, fill=255)
    return mask
