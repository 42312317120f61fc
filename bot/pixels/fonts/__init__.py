"""Lettering with the fonts beside this file: nothing comes from the system, nothing is drawn as a box.

Two weights of Inter (Latin, Greek, Cyrillic, Vietnamese) set the text; characters they lack come from Droid
Sans Fallback (Chinese, Japanese, Korean), and characters that no font has, such as most emoji, are left out
by `printable`. Pillow's basic layout places one glyph after another, so scripts that join or stack their
letters cannot be set: Arabic, Hebrew, Thai and the Indic scripts have no glyphs here and are left out, too.

Which font has a character is asked of the font itself, by comparing the character's bitmap with the one of
U+10FFFF, which Unicode promises never to assign: always true for the files that are shipped, a fraction of a
millisecond a new character, remembered afterwards, and no coverage table that could go stale.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import groupby
from typing import Literal

from PIL import ImageDraw, ImageFont

Weight = Literal["heavy", "medium"]

_FILES: dict[Weight, str] = {"heavy": "InterDisplay-ExtraBold.otf", "medium": "Inter-Medium.otf"}
FALLBACK = "DroidSansFallback.ttf"
FALLBACK_STROKE = {"heavy": 1 / 45, "medium": 0.0}  # em; the fallback has one, light weight
_NEVER_ASSIGNED = "\U0010ffff"
_PROBE_PX = 32
_UNDRAWABLE = {
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
    "Me",
}  # controls, joiners … and enclosing marks
_ELLIPSIS = "…"


def print_file(name: str) -> bytes:
    """The TrueType file that stands for a font file in a PDF, with the same advances.

    Inter's are made by ``tests/make_print_fonts.py``: few libraries put CFF outlines into a PDF.
    """
    return files(__name__).joinpath(f"{name.rpartition('.')[0]}.ttf").read_bytes()


def printable(text: str) -> str:
    """The text as it can be drawn: composed (NFC), white space collapsed, glyphless characters left out."""
    composed = unicodedata.normalize("NFC", text)
    kept = (character if _is_drawable(character) else " " * character.isspace() for character in composed)
    return re.sub(r"\s+", " ", "".join(kept)).strip()


def undrawn(text: str) -> str:
    """The letters of a text that no font here has, each once, as they come."""
    letters = filter(str.isalpha, unicodedata.normalize("NFC", text))
    return "".join(dict.fromkeys(letter for letter in letters if not _is_drawable(letter)))


@dataclass(frozen=True, slots=True)
class Lettering:
    """A weight at a size; measures and draws text that went through `printable`.

    Attributes:
        weight: which of the two weights.
        size: pixels an em, at least 1.
    """

    weight: Weight
    size: int

    def width(self, text: str) -> float:
        """The advance of the text in pixels."""
        return sum(_font(name, self.size).getlength(run) for name, run in self.runs(text))

    @property
    def cap_height(self) -> int:
        """The height of a capital letter in pixels."""
        _, top, _, bottom = _font(_FILES[self.weight], self.size).getbbox("H", anchor="ls")
        return round(bottom - top)

    def shortened(self, text: str, room: float) -> str:
        """The text, or its longest beginning that fits ``room`` pixels with an ellipsis; "" if none does."""
        if self.width(text) <= room:
            return text
        fitting = bisect_right(
            range(len(text)), room, key=lambda length: self.width(text[:length].rstrip() + _ELLIPSIS)
        )
        return text[: fitting - 1].rstrip() + _ELLIPSIS if fitting else ""

    def draw(self, canvas: ImageDraw.ImageDraw, x: float, baseline: float, text: str, fill: str) -> None:
        """Draw the text from ``x`` on, standing on ``baseline`` (pixels of the canvas)."""
        for name, run in self.runs(text):
            font = _font(name, self.size)
            stroke = FALLBACK_STROKE[self.weight] * self.size if name == FALLBACK else 0
            canvas.text((x, baseline), run, fill=fill, font=font, anchor="ls", stroke_width=stroke)
            x += font.getlength(run)

    def runs(self, text: str) -> Iterator[tuple[str, str]]:
        """Neighbouring characters of one font: (font file, characters)."""
        primary = _FILES[self.weight]
        by_font = groupby(text, key=lambda char: primary if _has_glyph(primary, char) else FALLBACK)
        return ((name, "".join(characters)) for name, characters in by_font)


def _is_drawable(character: str) -> bool:
    if unicodedata.category(character) in _UNDRAWABLE:
        return False
    return _has_glyph(FALLBACK, character) or all(_has_glyph(name, character) for name in _FILES.values())


@lru_cache(maxsize=4096)
def _has_glyph(name: str, character: str) -> bool:
    return _bitmap(name, character) != _bitmap(name, _NEVER_ASSIGNED)


def _bitmap(name: str, character: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(name, _PROBE_PX).getmask(character)
    return mask.size, bytes(mask)


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # Out of a zip archive the path is a temporary one; FreeType keeps the file open beyond it.
    with as_file(files(__name__).joinpath(name)) as path:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
