from io import BytesIO

import pytest
from PIL import Image

from bot.nouns import Picture
from comfy.pictures import NotAPictureError, check_picture


def encoded(image: Image.Image, kind: str) -> Picture:
    data = BytesIO()
    image.save(data, kind)
    return Picture(data.getvalue(), f"image/{kind.lower()}")


def test_pictures_pass() -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        check_picture(encoded(Image.new("RGB", (1024, 768), "#202020"), kind))


def test_a_dark_picture_with_one_light_passes() -> None:
    night = Image.new("RGB", (512, 512))
    night.paste("white", (100, 100, 120, 120))
    check_picture(encoded(night, "JPEG"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_black_is_a_failure(kind: str) -> None:
    with pytest.raises(NotAPictureError) as caught:
        check_picture(encoded(Image.new("RGB", (512, 512)), kind))
    assert caught.value.cause == "black"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"500 Internal Server Error",
        encoded(Image.effect_noise((256, 256), 50), "JPEG").data[:900],
        encoded(Image.new("RGB", (8, 8), "white"), "PNG").data,
        encoded(Image.new("RGB", (64, 64), "white"), "BMP").data,
    ],
)
def test_what_is_no_picture_is_a_failure(data: bytes) -> None:
    with pytest.raises(NotAPictureError) as caught:
        check_picture(Picture(data))
    assert caught.value.cause == "unreadable"
