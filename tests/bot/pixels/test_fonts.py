"""Lettering: every promised script has real glyphs, and what has none is left out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from bot.pixels.fonts import Lettering, Weight, printable

SCRIPTS = {
    "Polish": "ĄĆĘŁŃÓŚŹŻąćęłńóśźż",
    "German": "ÄÖÜäöüß",
    "Turkish": "ĞğİıŞş",
    "Vietnamese": "ĂÂĐÊÔƠƯẢẪỄỮỰợẵđ",
    "Greek": "ΑΒΓΔΩάέήίόύώϊ",
    "Cyrillic": "АБЖЩЫЭЮЯїєґўђћ",
    "Chinese": "技术会议東京臺灣",
    "Japanese": "ひらがなカタシミ",
    "Korean": "안녕하세요서울",
    "signs": "·–—…“”„«»€№→★!?&@#",
}
TOFU = "\U0010ffff"
WEIGHTS: tuple[Weight, ...] = ("heavy", "medium")


def ink(lettering: Lettering, text: str) -> bytes:
    """The pixels that a text leaves on a canvas of fixed size."""
    canvas = Image.new("L", (lettering.size * 3, lettering.size * 2))
    lettering.draw(ImageDraw.Draw(canvas), lettering.size, lettering.size * 1.4, text, "white")
    return canvas.tobytes()


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_letter_has_a_glyph_of_its_own(script: str, weight: Weight) -> None:
    letters = SCRIPTS[script]
    lettering = Lettering(weight, 40)
    drawn = {ink(lettering, letter) for letter in letters}
    assert printable(letters) == letters
    assert len(drawn) == len(letters)
    assert not drawn & {ink(lettering, TOFU), ink(lettering, " ")}


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("DevFest 🎉 Hall 2026 🚀", "DevFest Hall 2026"),
        ("👩‍🚀🇵🇱", ""),
        ("I ❤️ QR", "I ❤ QR"),
        ("  two\n\twords ", "two words"),
        ("Ha\u0300 No\u0323\u0302i", "Hà Nội"),
        ("مرحبا Berlin שלום", "Berlin"),
        ("\u202etxet\ud800", "txet"),
        ("", ""),
    ],
)
def test_what_no_font_has_is_left_out(written: str, drawn: str) -> None:
    assert printable(written) == drawn


@given(st.text(max_size=40))
def test_printable_text_stays_as_it_is_and_can_be_measured(text: str) -> None:
    kept = printable(text)
    assert printable(kept) == kept
    assert (Lettering("heavy", 24).width(kept) > 0) == bool(kept)


@given(st.text("WilŁ 技·", min_size=1, max_size=40), st.integers(0, 400))
def test_a_shortened_text_fits_and_begins_like_the_whole(text: str, room: int) -> None:
    lettering = Lettering("medium", 24)
    shortened = lettering.shortened(text, room)
    assert lettering.width(shortened) <= room
    assert shortened == text or text.startswith(shortened.removesuffix("…"))
    assert shortened or room < lettering.width("W…")


def test_a_mixed_line_keeps_its_fonts_side_by_side() -> None:
    lettering = Lettering("heavy", 40)
    parts = ["技術", "Hall ", "서울", " 2026"]
    assert lettering.width("".join(parts)) == pytest.approx(sum(map(lettering.width, parts)))


def test_the_heavy_weight_leaves_more_ink_in_both_fonts() -> None:
    for letter in "H技":
        heavy, medium = (np.frombuffer(ink(Lettering(weight, 48), letter), np.uint8) for weight in WEIGHTS)
        assert heavy.sum() > 1.1 * medium.sum()


def test_capitals_stand_on_the_baseline() -> None:
    lettering = Lettering("heavy", 50)
    canvas = Image.new("L", (100, 100))
    lettering.draw(ImageDraw.Draw(canvas), 10, 80, "H", "white")
    box = canvas.getbbox()
    assert box is not None
    assert (box[3], box[3] - box[1]) == (80, lettering.cap_height)
