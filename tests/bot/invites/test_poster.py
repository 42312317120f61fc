"""The poster: its codes are read back from print and from PDF, and nothing on it runs into anything else."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import product

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from bot.invites.card import Card, card_png, card_sheet
from bot.invites.marks import CAP_HEIGHT, Box, Code, Patch, Photo, Sheet, Text
from bot.invites.pdf import sheet_pdf
from bot.invites.pixels import draw_sheet, sheet_png
from bot.invites.poster import MARGIN, SIZES, poster_sheet
from bot.pixels.qr import QUIET_ZONE, qr_matrix, sturdiest
from tests.bot.invites.made import LINKS, poster, read

EVENTS = ("PyCon DE 2026", "W" * 80, "日本のイベント", "Ж", "🎉")
SHOWN = (LINKS[:1], LINKS[:2], LINKS)
URLS = sorted(link.url for link in LINKS)


def rendered(pdf: bytes, dpi: float) -> Image.Image:
    """A PDF's page as a reader draws it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn: Image.Image = document[0].render(scale=dpi / 72).to_pil()
        return drawn
    finally:
        document.close()


def sheets() -> Iterator[Sheet]:
    for size, shown, language, event in product(SIZES, SHOWN, ("en", "de"), EVENTS):
        yield poster_sheet(poster(shown, size=size, language=language, event=event))
    for shown, event in product(SHOWN, EVENTS):
        yield card_sheet(Card(event, "Scan", shown, ["Telegram", "Discord", "Web"][: len(shown)]))


@cache
def every_sheet() -> tuple[Sheet, ...]:
    return tuple(sheets())


def extent(mark: Patch | Text | Photo | Code) -> Box:
    if isinstance(mark, Text):
        top = mark.baseline - CAP_HEIGHT * mark.size
        return Box(mark.left, top, mark.width, mark.baseline - top)
    return mark.box


def quiet(code: Code) -> Box:
    zone = code.box.width / len(qr_matrix(code.url, correction=sturdiest(code.url))) * QUIET_ZONE
    return Box(
        code.box.left - zone, code.box.top - zone, code.box.width + 2 * zone, code.box.height + 2 * zone
    )


def apart(one: Box, other: Box) -> bool:
    sideways = one.right <= other.left + 1e-6 or other.right <= one.left + 1e-6
    return sideways or one.bottom <= other.top + 1e-6 or other.bottom <= one.top + 1e-6


def within(inner: Box, outer: Box) -> bool:
    across = outer.left <= inner.left + 1e-6 and inner.right <= outer.right + 1e-6
    return across and outer.top <= inner.top + 1e-6 and inner.bottom <= outer.bottom + 1e-6


def test_every_code_on_paper_is_read_back() -> None:
    png = Image.open(BytesIO(sheet_png(poster_sheet(poster()))))
    assert png.size == (2480, 3508)
    assert png.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert sorted(read(png)) == URLS


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shown", SHOWN, ids=len)
def test_every_code_in_the_pdf_is_read_back(size: str, shown: tuple[object, ...]) -> None:
    links = LINKS[: len(shown)]
    page = rendered(sheet_pdf(poster_sheet(poster(links, size=size))), 110)
    assert sorted(read(page)) == sorted(link.url for link in links)


def test_the_pdf_has_its_words_as_text_and_its_codes_as_links() -> None:
    document = pypdfium2.PdfDocument(sheet_pdf(poster_sheet(poster(size="letter", event="Größe 日本 2026"))))
    page = document[0]
    text = page.get_textpage().get_text_range()
    for words in ("Größe 日本 2026", "Become the picture.", "Telegram", "Discord", "t.me/PetaflopBoothBot"):
        assert words in text
    assert page.get_size() == pytest.approx((612, 792), abs=0.1)
    assert document.get_metadata_dict()["Title"] == "Größe 日本 2026 · Become the picture."
    document.close()


def test_the_same_poster_is_the_same_file() -> None:
    first, second = (sheet_pdf(poster_sheet(poster())) for _ in range(2))
    assert first == second


def test_paper_and_pdf_look_alike() -> None:
    whole = poster_sheet(poster(event="Größe 日本 2026"))
    # Codes aside: in pixels, their modules are whole ones.
    sheet = replace(whole, marks=[mark for mark in whole.marks if not isinstance(mark, Code)])
    drawn, page = (
        np.asarray(image.convert("RGB").resize((105, 148), Image.Resampling.BOX), dtype=int)
        for image in (draw_sheet(sheet, 150), rendered(sheet_pdf(sheet), 150))
    )
    assert np.abs(drawn - page).mean() < 2


def test_everything_is_on_the_sheet_and_words_keep_to_its_margins() -> None:
    for sheet in every_sheet():
        whole = Box(0, 0, sheet.width, sheet.height)
        margin = min(MARGIN, 9.0)
        column = Box(margin, margin, sheet.width - 2 * margin, sheet.height - 2 * margin + 3)
        assert all(within(extent(mark), whole) for mark in sheet.marks)
        assert all(within(extent(mark), column) for mark in sheet.marks if isinstance(mark, Text))


def test_words_and_pictures_leave_each_other_alone() -> None:
    for sheet in every_sheet():
        texts = [extent(mark) for mark in sheet.marks if isinstance(mark, Text) and mark.text]
        codes = [quiet(mark) for mark in sheet.marks if isinstance(mark, Code)]
        photos = [mark.box for mark in sheet.marks if isinstance(mark, Photo)]
        boxes = [*texts, *codes]
        for at, one in enumerate(boxes):
            assert all(apart(one, other) for other in boxes[at + 1 :])
        for photo in photos:
            assert all(apart(photo, box) or within(box, photo) for box in boxes)
            assert photo.height > 45


def test_a_card_is_read_back_as_chats_show_it() -> None:
    card = Card("PyCon DE 2026", "Scan", LINKS, ("Telegram", "Discord", "In the browser"))
    image = Image.open(BytesIO(card_png(card))).convert("RGB")
    image.thumbnail((1280, 1280))
    sent = BytesIO()
    image.save(sent, "JPEG", quality=60)
    assert sorted(read(Image.open(sent))) == URLS
