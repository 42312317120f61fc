"""Makes the fonts for PDF anew: ``python -m tests.make_print_fonts``.

Inter comes as OpenType with cubic outlines (CFF), which reportlab does not embed: they are drawn again
(``tests/truetype.py``), and tables that a PDF has no use for are left out. The same input gives the same
files.
"""

from pathlib import Path

from fontTools.ttLib import TTFont

from tests.truetype import make_truetype

FONTS = Path("bot/pixels/fonts")
NAMES = ("Inter-Medium", "InterDisplay-ExtraBold")
SURPLUS = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "meta", "STAT")


def make_print_fonts(folder: Path) -> list[Path]:
    """Write a TrueType file beside each of Inter's."""
    return [_converted(folder / f"{name}.otf", folder / f"{name}.ttf") for name in NAMES]


def _converted(source: Path, target: Path) -> Path:
    font = TTFont(source, recalcTimestamp=False)
    for table in SURPLUS:
        if table in font:
            del font[table]
    make_truetype(font)
    font.save(target)
    return target


if __name__ == "__main__":
    for made in make_print_fonts(FONTS):
        print(made.name, made.stat().st_size)  # noqa: T201 # this script's result
