"""Makes the fonts of page, wall and gallery anew: ``python -m tests.make_web_fonts``.

Inter's two weights, each in two files (WOFF2): what English and German are written with, which every page
loads, and the other letters it has, which a browser asks for when a name needs them (``unicode-range`` in
``fonts.css``, written here, too). Outlines are TrueType's (``tests/truetype.py``): WOFF2 makes them a sixth
smaller than cubic ones. Of the layout features only kerning and the placing of accents are kept.
The same input and libraries give the same files. fontTools packs WOFF2 with the package ``brotli``,
which has to be installed for it by hand: httpx takes it up wherever it is there, and tests would ask servers
for other bytes than the booth does.
"""

from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from tests.truetype import make_truetype

SOURCES = Path("bot/pixels/fonts")
TARGET = Path("adapters/web/static/fonts")


@dataclass(frozen=True, slots=True)
class Face:
    """One of Inter's weights: where it comes from, its name here, and for which weights of CSS it stands."""

    source: str
    name: str
    weights: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a face's characters, in a file of their own: ranges of code points, both ends included."""

    suffix: str
    ranges: tuple[tuple[int, int], ...]

    @property
    def codes(self) -> list[int]:
        """All of them."""
        return [code for first, last in self.ranges for code in range(first, last + 1)]


FACES = (
    Face("Inter-Medium.otf", "inter-medium", "100 599"),
    Face("InterDisplay-ExtraBold.otf", "inter-display-extrabold", "600 900"),
)
FEATURES = ("kern", "mark", "mkmk", "ccmp")
NAMES = (0, 1, 2, 5, 13)  # whose it is, family, style, version, licence
SURPLUS = ("DSIG", "meta", "STAT", "BASE")
BLOCKS = ((0x100, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x214F))
"""Latin of the rest of the world, accents by themselves, Greek, Cyrillic, Vietnamese, more punctuation."""
SIGNS = "ıŒœŠšŽžŸẞ–—‘’‚“”„•…‹›€™→≈✓⌫"
"""Windows' few letters beside Latin-1, and the signs that our sentences hold."""
PARTS = (
    Part("-more", BLOCKS),
    Part("", ((0x20, 0x7E), (0xA0, 0xFF), *((ord(sign), ord(sign)) for sign in SIGNS))),
)

_HEAD = """/* Written by tests/make_web_fonts.py: our own letters, the same on every system.
   Where ranges overlap, browsers take the rule that comes last. */
"""
_RULE = """
@font-face {{
  font-family: "Inter";
  src: url("{file}") format("woff2");
  font-weight: {weights};
  font-display: swap;
  unicode-range: {ranges};
}}
"""


def make_web_fonts(sources: Path, target: Path) -> list[Path]:
    """Write four fonts, and the style sheet that names them."""
    target.mkdir(parents=True, exist_ok=True)
    sheet = target / "fonts.css"
    sheet.write_text(_HEAD + "".join(_rule(face, part) for part in PARTS for face in FACES), "utf-8")
    return [*(_subset(sources, target, face, part) for part in PARTS for face in FACES), sheet]


def _rule(face: Face, part: Part) -> str:
    ranges = ", ".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in part.ranges)
    return _RULE.format(file=f"{face.name}{part.suffix}.woff2", weights=face.weights, ranges=ranges)


def _subset(sources: Path, target: Path, face: Face, part: Part) -> Path:
    font = TTFont(sources / face.source, recalcTimestamp=False)
    subsetter = subset.Subsetter(_options())
    subsetter.populate(unicodes=part.codes)
    subsetter.subset(font)
    make_truetype(font)
    font.flavor = "woff2"
    made = target / f"{face.name}{part.suffix}.woff2"
    font.save(made)
    return made


def _options() -> subset.Options:
    options = subset.Options(layout_features=list(FEATURES), hinting=False, name_IDs=list(NAMES))
    options.drop_tables += SURPLUS
    return options


if __name__ == "__main__":
    for made in make_web_fonts(SOURCES, TARGET):
        print(made.name, made.stat().st_size)  # noqa: T201 # this script's result
