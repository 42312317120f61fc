"""Charts and before-and-after cards: nothing is drawn outside, everything is told that is there."""

import io

import pytest
from PIL import Image

from bot.errors import RenderCrashed
from bot.pixels.before_after import (
    CYAN,
    NIGHT,
    PANEL_HEIGHT,
    PINK,
    Comparison,
    before_after_jpeg,
    compose,
    lay_out,
)
from bot.pixels.charts import TRACK, WIDTH, Bar, Chart, Tile, chart_png, draw_chart
from bot.staff.finishing import PREVIEW_SIDE, small_webp

LONG = "Ein Stil mit einem Namen, der länger ist als alles, was auf ein Telefon passt, und noch länger"


def rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def picture(size: tuple[int, int], shade: int = 128, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (shade, shade, shade)).save(out, kind)
    return out.getvalue()


def amount(image: Image.Image, colour: str) -> int:
    """How many pixels have exactly this colour."""
    counted = image.getcolors(1 << 24) or []
    return sum(int(number) for number, found in counted if found == rgb(colour))


def test_a_chart_is_as_high_as_its_parts() -> None:
    empty = draw_chart(Chart("Heading"))
    tiles = draw_chart(Chart("Heading", tiles=(Tile("1", "guests"),)))
    whole = Chart("Heading", (Tile("1", "guests"),), "Hours", (("09", 3),), "Styles", (Bar("Oil", 1, "3"),))
    assert empty.height < tiles.height < draw_chart(whole).height
    assert empty.width == WIDTH
    with Image.open(io.BytesIO(chart_png(whole))) as drawn:
        assert drawn.format == "PNG"


def test_columns_and_bars_are_as_long_as_their_numbers() -> None:
    low = amount(draw_chart(Chart("", columns=(("09", 10), ("10", 1)))), CYAN)
    high = amount(draw_chart(Chart("", columns=(("09", 10), ("10", 10)))), CYAN)
    assert high > 1.7 * low
    half = amount(draw_chart(Chart("", bars=(Bar("a", 0.5, ""),))), PINK)
    full = amount(draw_chart(Chart("", bars=(Bar("a", 1.0, ""),))), PINK)
    assert 1.8 < full / half < 2.2
    none = draw_chart(Chart("", bars=(Bar("a", 0.0, ""),)))
    assert amount(none, TRACK) > 0


@pytest.mark.parametrize("share", [-1.0, 0.0, 1.0, 7.0])
def test_whatever_is_told_stays_on_the_picture(share: float) -> None:
    chart = Chart(
        LONG,
        tuple(Tile(LONG, LONG) for _ in range(3)),
        LONG,
        tuple((str(hour), hour * 10**6) for hour in range(40)),
        LONG,
        tuple(Bar(LONG, share, LONG) for _ in range(20)),
    )
    image = draw_chart(chart)
    edges = [(0, 0, 30, image.height), (WIDTH - 30, 0, WIDTH, image.height)]
    assert all(image.crop(edge).getcolors() == [(30 * image.height, rgb(NIGHT))] for edge in edges)


@pytest.mark.parametrize("after", [(96, 96), (1024, 1024), (64, 320), (320, 64)])
def test_photo_and_picture_stand_beside_each_other_unstretched(after: tuple[int, int]) -> None:
    jpeg = before_after_jpeg(picture((640, 480), 40), picture(after, 220), Comparison(LONG, "vorher", LONG))
    panels = lay_out((640, 480), after)
    with Image.open(io.BytesIO(jpeg)) as card:
        assert card.size == panels.size
        assert not card.getexif()
        grey = card.convert("L")
        middle = 128 + PANEL_HEIGHT // 2
        for (left, width), shade in ((panels.before, 40), (panels.after, 220)):
            assert abs(int(str(grey.getpixel((left + width // 2, middle)))) - shade) < 6


def test_a_card_is_night_around_its_pictures() -> None:
    card = compose(Image.new("RGB", (64, 64)), Image.new("RGBA", (64, 64)), Comparison("", "", ""))
    assert card.getpixel((5, 5)) == rgb(NIGHT)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_preview_is_small(kind: str) -> None:
    with Image.open(io.BytesIO(small_webp(picture((1024, 768), 90, kind)))) as preview:
        assert (preview.format, max(preview.size)) == ("WEBP", PREVIEW_SIDE)


def test_what_cannot_be_decoded_is_the_renderers_fault() -> None:
    with pytest.raises(RenderCrashed):
        small_webp(b"x")
    with pytest.raises(RenderCrashed):
        before_after_jpeg(picture((64, 64)), b"y", Comparison("", "", ""))


def test_a_second_list_stands_below_the_first() -> None:
    bars = tuple(Bar(str(number), 1.0, "1") for number in range(9))
    one = draw_chart(Chart("", bars_title="Styles", bars=bars))
    both = draw_chart(Chart("", bars_title="Styles", bars=bars, more_title="Places", more=bars))
    alone = draw_chart(Chart("", more_title="Places", more=bars))
    assert amount(both, PINK) == pytest.approx(2 * amount(one, PINK), rel=0.05)
    assert alone.height == one.height < both.height
