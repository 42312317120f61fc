"""Makes the fonts for PDF anew: ``python -m tests.make_print_fonts``.

Inter comes as OpenType with cubic outlines (CFF), which reportlab does not embed. Its outlines are drawn
again as quadratic splines (fontTools' cu2qu), at most a thousandth of an em beside the original; advances
stay as they are, and tables that a PDF has no use for are left out. The same input gives the same files.
"""

from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

FONTS = Path("bot/fonts")
NAMES = ("Inter-Medium", "InterDisplay-ExtraBold")
SURPLUS = ("CFF ", "GSUB", "GPOS", "GDEF", "VORG", "BASE", "DSIG", "meta", "STAT")
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


def make_print_fonts(folder: Path) -> list[Path]:
    """Write a TrueType file beside each of Inter's."""
    return [_converted(folder / f"{name}.otf", folder / f"{name}.ttf") for name in NAMES]


def _converted(source: Path, target: Path) -> Path:
    font = TTFont(source, recalcTimestamp=False)
    glyphs = dict(_redrawn(font))
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs = glyphs
    for table in SURPLUS:
        if table in font:
            del font[table]
    _describe(font)
    font.sfntVersion = TRUETYPE
    font.save(target)
    return target


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


if __name__ == "__main__":
    for made in make_print_fonts(FONTS):
        print(made.name, made.stat().st_size)  # noqa: T201 # this script's result
