"""Fonts with cubic outlines (CFF), drawn again with TrueType's quadratic splines.

fontTools' cu2qu draws them at most a thousandth of an em beside the original; advances stay as they are.
"""

from collections.abc import Iterator

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

CUBIC_TABLES = ("CFF ", "VORG")
TRUETYPE = "\0\1\0\0"
MAXP, POST = 0x00010000, 3.0  # maxp as TrueType has it, post without glyph names
NO_INSTRUCTIONS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)


def make_truetype(font: TTFont) -> None:
    """Draw the font's outlines again, and leave its cubic ones out."""
    glyphs = dict(_redrawn(font))
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs = glyphs
    for table in CUBIC_TABLES:
        if table in font:
            del font[table]
    _describe(font)
    font.sfntVersion = TRUETYPE


def _redrawn(font: TTFont) -> Iterator[tuple[str, Glyph]]:
    outlines = font.getGlyphSet()
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, max_err=font["head"].unitsPerEm / 1000, reverse_direction=True))
        yield name, pen.glyph()


def _describe(font: TTFont) -> None:
    """The tables that tell of TrueType's own outlines; fontTools counts what else maxp says."""
    maxp, glyphs = font["maxp"], font["glyf"]
    maxp.tableVersion, font["post"].formatType, maxp.maxZones = MAXP, POST, 1
    for field in NO_INSTRUCTIONS:
        setattr(maxp, field, 0)
    glyphs.compile(font)  # works the boxes out
    font["hmtx"].metrics = {
        name: (advance, getattr(glyphs[name], "xMin", 0))
        for name, (advance, _) in font["hmtx"].metrics.items()
    }
