"""Small copies: whole, never larger than they were, and without anything that isn't the picture."""

import io

import pytest
from PIL import Image

from bot.errors import RenderCrashed
from bot.pixels.thumbnail import small_webp


def encoded(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 90).save(out, kind, exif=b"Exif\0\0secret")
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((1024, 1024), (320, 320)),
        ((1024, 512), (320, 160)),
        ((512, 1024), (320, 640)),
        ((400, 4000), (64, 640)),
        ((200, 100), (200, 100)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_copy_keeps_its_shape(size: tuple[int, int], small: tuple[int, int], kind: str) -> None:
    with Image.open(io.BytesIO(small_webp(encoded(size, kind), 320))) as image:
        assert (image.format, image.mode) == ("WEBP", "RGB")
        assert image.size == small
        assert not image.getexif()


def test_a_copy_of_a_kind_without_colours_has_some() -> None:
    with Image.open(io.BytesIO(small_webp(encoded((90, 60), "PNG", "L"), 32))) as image:
        assert (image.mode, image.width) == ("RGB", 32)


@pytest.mark.parametrize("data", [b"", b"no picture", encoded((64, 64))[:200], b"GIF89a" + bytes(40)])
def test_what_is_no_picture_is_said_so(data: bytes) -> None:
    with pytest.raises(RenderCrashed):
        small_webp(data, 320)
