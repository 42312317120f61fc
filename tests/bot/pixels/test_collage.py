"""Collages: every picture is on the sheet, none over another, each in its own shape."""

import io
import itertools

import pytest
from PIL import Image

from bot.errors import RenderCrashed
from bot.pixels.collage import GAP, MARGIN, WIDTH, Box, Headline, collage_jpeg, compose, lay_out, rows

SHAPES = {
    "squares": (900, 900),
    "upright": (600, 1200),
    "wide": (1280, 720),
    "narrow": (128, 640),
    "panorama": (4000, 800),
}
LONG = "Ein Ereignis, dessen Name länger ist als alles, was auf ein Blatt passt, und noch ein wenig länger"


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("size", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("number", [2, 3, 5, 7, 12])
def test_all_pictures_stand_side_by_side(number: int, size: tuple[int, int]) -> None:
    height, boxes = lay_out([size] * number)
    assert len(boxes) == number
    assert not any(overlap(one, other) for one, other in itertools.combinations(boxes, 2))
    for left, top, right, bottom in boxes:
        assert MARGIN <= left < right <= WIDTH - MARGIN
        assert MARGIN < top < bottom < height
    assert 0.3 < WIDTH / height < 3.5


def test_shapes_are_kept_but_for_the_oddest() -> None:
    sizes = [(900, 900), (600, 1200), (1280, 720), (1000, 800), (600, 1200)]
    for (width, height), (left, top, right, bottom) in zip(sizes, lay_out(sizes)[1], strict=True):
        assert (right - left) / (bottom - top) == pytest.approx(width / height, rel=0.02)


def test_rows_are_filled_in_order() -> None:
    shapes = (1.0, 0.7, 1.5, 1.0, 1.0, 0.5)
    broken = rows(shapes, 500.0)
    assert tuple(shape for row in broken for shape in row) == shapes
    edges = {box[2] for box in lay_out([(100, 100)] * 12)[1]}
    assert WIDTH - MARGIN in edges
    assert GAP > 0


def test_every_picture_is_seen_in_its_own_place() -> None:
    shades = [(20 * number, 255 - 20 * number, 128) for number in range(12)]
    sheet = compose([Image.new("RGB", (64, 64), shade) for shade in shades], Headline(LONG, LONG))
    for shade, box in zip(shades, lay_out([(64, 64)] * 12)[1], strict=True):
        assert sheet.getpixel(((box[0] + box[2]) // 2, (box[1] + box[3]) // 2)) == shade


def test_a_damaged_picture_is_named() -> None:
    with pytest.raises(RenderCrashed, match="unreadable-picture"):
        collage_jpeg([b"no picture", b"neither"], Headline("Event", "Two"))


def test_it_is_a_jpeg_without_metadata() -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, "JPEG", comment=b"secret")
    jpeg = collage_jpeg([out.getvalue()] * 2, Headline("Event", "Two"))
    with Image.open(io.BytesIO(jpeg)) as sheet:
        assert (sheet.format, sheet.width) == ("JPEG", WIDTH)
    assert b"secret" not in jpeg
