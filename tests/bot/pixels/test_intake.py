"""The intake: every odd file gives its picture or its error, and never anything else."""

import io
import random
from functools import cache

import pytest
from PIL import Image

from bot.errors import PhotoError, PhotoTooManyBytes, PhotoTooManyPixels, PhotoTooSmall
from bot.nouns import Clean
from bot.pixels.intake import clean
from tests.bot.corpus import SHELVES, Odd
from tests.bot.pictures import SECRET, encoded, marked

LIMIT = 20 << 20
PIXELS = 1_048_576


@cache
def shelf(name: str) -> tuple[Odd, ...]:
    return tuple(SHELVES[name]())


def read(odd: Odd) -> Clean:
    return clean(odd.data, max_bytes=LIMIT)


@pytest.mark.parametrize("name", SHELVES)
def test_each_file_gives_its_picture_or_its_error(subtests: pytest.Subtests, name: str) -> None:
    for odd in shelf(name):
        with subtests.test(odd.name):
            if odd.error is None:
                photo = read(odd)
                assert_usable(photo, odd)
                assert_bare(photo.jpeg)
            else:
                with pytest.raises(odd.error):
                    read(odd)


def assert_usable(photo: Clean, odd: Odd) -> None:
    """An upright plain JPEG of the right size."""
    with Image.open(io.BytesIO(photo.jpeg)) as picture:
        picture.load()
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert picture.size == (photo.width, photo.height) == odd.size
    assert photo.width % 16 == photo.height % 16 == 0
    assert photo.width * photo.height <= PIXELS
    if odd.corners:
        assert_corners(picture, odd)


def assert_corners(picture: Image.Image, odd: Odd) -> None:
    assert odd.corners
    width, height = picture.size
    for index, expected in enumerate(odd.corners):
        x, y = width * (1 + index % 2 * 4) // 6, height * (1 + index // 2 * 4) // 6
        seen = picture.getpixel((x, y))
        assert isinstance(seen, tuple)
        assert max(abs(a - b) for a, b in zip(seen, expected, strict=True)) <= 12, (index, seen, expected)


def assert_bare(jpeg: bytes) -> None:
    """Nothing but pixels has survived."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not picture.getexif()
    assert SECRET not in jpeg
    assert all(
        marker not in jpeg for marker in (b"Exif", b"http://ns.adobe.com", b"ICC_PROFILE", b"Photoshop")
    )


def test_the_corpus_is_large_and_its_names_are_unique() -> None:
    names = [odd.name for name in SHELVES for odd in shelf(name)]
    assert len(set(names)) == len(names) >= 60


@pytest.mark.parametrize("name", SHELVES)
def test_flipped_bytes_give_a_photo_or_a_photo_error(subtests: pytest.Subtests, name: str) -> None:
    for odd in shelf(name):
        if odd.error is None and len(odd.data) < 9000:
            with subtests.test(odd.name):
                spoil(odd)


def spoil(odd: Odd) -> None:
    chance = random.Random(odd.name)
    for _ in range(12):
        spoiled = bytearray(odd.data)
        for _ in range(chance.choice((1, 4, 30))):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        try:
            photo = clean(bytes(spoiled), max_bytes=LIMIT)
        except PhotoError:
            continue
        assert photo.width * photo.height <= PIXELS


def test_too_many_bytes_are_not_even_looked_at() -> None:
    with pytest.raises(PhotoTooManyBytes) as refused:
        clean(bytes((1 << 20) + 1), max_bytes=1 << 20)
    assert refused.value.values == {"limit_mib": 1}


def test_the_errors_carry_their_limits() -> None:
    refusals = {odd.error: odd for name in ("sizes", "bombs") for odd in shelf(name) if odd.error}
    with pytest.raises(PhotoTooManyPixels) as many:
        read(refusals[PhotoTooManyPixels])
    with pytest.raises(PhotoTooSmall) as small:
        read(refusals[PhotoTooSmall])
    assert (many.value.values, small.value.values) == ({"limit_mp": 64}, {"limit_px": 64})


def test_pixels_are_asked_for() -> None:
    photo = clean(encoded(marked(1000, 1000), "JPEG"), max_bytes=LIMIT, pixels=256 * 256)
    assert (photo.width, photo.height) == (256, 256)


def test_a_photo_is_cropped_and_not_stretched() -> None:
    """A circle stays round: its width and height are counted in the result."""
    image = Image.new("RGB", (1997, 1203), "black")
    yy, xx = 600, 1000
    image.paste("white", (xx - 400, yy - 400, xx + 400, yy + 400))
    photo = clean(encoded(image, "PNG"), max_bytes=LIMIT)
    with Image.open(io.BytesIO(photo.jpeg)) as picture:
        box = picture.convert("L").point(lambda value: 255 * (value > 127)).getbbox()
    assert box
    assert abs((box[2] - box[0]) - (box[3] - box[1])) <= 1


def test_pillow_is_left_as_it_was() -> None:
    before = Image.MAX_IMAGE_PIXELS
    for odd in shelf("jpegs")[:5]:
        read(odd)
    assert before == Image.MAX_IMAGE_PIXELS
