"""Codes survive what printers, chats and cameras do to them."""

import math
import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from reportlab.pdfbase import pdfmetrics

from bot.invites import pdf
from bot.invites.colours import LARGE_TEXT, contrast, legible, mixed, text_on
from bot.invites.links import Link
from bot.invites.marks import Box, Code, Sheet, fitting, width_of, wrapped
from bot.invites.pixels import draw_sheet
from bot.pixels.fonts import Lettering, Weight
from bot.pixels.qr import QUIET_ZONE, qr_matrix, qr_svg, sturdiest
from tests.bot.invites.made import LINKS, read

SMALL_MM = 20.0
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PATH = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")


def printed(url: str) -> Image.Image:
    """A code two centimetres wide with its quiet zone, at 300 dots an inch."""
    modules = len(qr_matrix(url, correction=sturdiest(url)))
    quiet = SMALL_MM * QUIET_ZONE / (modules + 2 * QUIET_ZONE)
    box = Box(quiet, quiet, SMALL_MM - 2 * quiet, SMALL_MM - 2 * quiet)
    return draw_sheet(Sheet("", SMALL_MM, SMALL_MM, "#ffffff", [Code(box, url, "#11121e")]))


def compressed(image: Image.Image) -> Image.Image:
    out = BytesIO()
    image.save(out, "JPEG", quality=40)
    return Image.open(out)


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.network)
@pytest.mark.parametrize("degrees", [0, 7, -13])
def test_two_centimetres_are_read_after_jpeg_blur_and_rotation(link: Link, degrees: float) -> None:
    image = printed(link.url)
    assert image.size == (236, 236)
    turned = image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="#ffffff")
    assert read(compressed(turned.filter(ImageFilter.GaussianBlur(1.2)))) == [link.url]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.network)
def test_more_correction_comes_only_for_nothing(link: Link) -> None:
    url = link.url
    chosen = sturdiest(url)
    assert len(qr_matrix(url, correction=chosen)) == len(qr_matrix(url, correction="M"))
    if chosen != "H":
        assert len(qr_matrix(url, correction="H")) > len(qr_matrix(url, correction="M"))


def test_a_torn_corner_is_made_good() -> None:
    url = "https://t.me/PetaflopBoothBot"
    assert sturdiest(url) == "Q"
    image = printed(url)
    image.paste("#ffffff", (130, 130, 175, 175))
    assert read(image) == [url]


def test_svg_says_the_same_as_the_picture() -> None:
    svg = qr_svg(LINKS[0].url, correction="Q")
    side = int(re.findall(r'viewBox="0 0 (\d+) ', svg)[0])
    image = Image.new("L", (side, side), 255)
    for left, top, width in (tuple(map(int, found)) for found in PATH.findall(svg)):
        image.paste(0, (left, top, left + width, top + 1))
    assert read(image.resize((side * 4, side * 4), Image.Resampling.NEAREST)) == [LINKS[0].url]


@given(colour=COLOURS, ground=COLOURS)
def test_text_is_legible_in_all_colours(colour: str, ground: str) -> None:
    assert contrast(legible(colour, ground), ground) >= LARGE_TEXT
    assert contrast(text_on(ground), ground) >= LARGE_TEXT
    assert contrast(colour, ground) == contrast(ground, colour) >= 1


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # their own example of enough
    assert mixed("#ffffff", "#000000", 0.5) == "#808080"


@given(st.text("abc ABCÄÖÜß.", max_size=60), st.floats(3, 30), st.floats(20, 200))
def test_a_line_fits_into_its_room(words: str, size: float, room: float) -> None:
    text, fitted = fitting(words, "heavy", size, room)
    assert fitted <= size + 1e-9
    assert width_of(text, "heavy", fitted) <= room + 0.05


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=12), max_size=30))
def test_wrapping_keeps_every_word_that_fits(words: list[str]) -> None:
    lines = wrapped(" ".join(words), "medium", 3.0, 40.0)
    assert " ".join(lines).split() == words
    assert all(width_of(line, "medium", 3.0) <= 40.0 for line in lines)


@pytest.mark.parametrize(
    ("weight", "name"), [("medium", "Inter-Medium.otf"), ("heavy", "InterDisplay-ExtraBold.otf")]
)
def test_fonts_for_pdf_run_as_long_as_the_others(weight: Weight, name: str) -> None:
    words = "Become the picture. ÄÖÜß ćłż Việt Ελλάδα Привет 0123456789 & …"
    measured = Lettering(weight, 1000).width(words)
    assert math.isclose(pdfmetrics.stringWidth(words, pdf.embedded(name), 1000), measured, rel_tol=0.001)
