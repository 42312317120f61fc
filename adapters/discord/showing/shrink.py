"""Makes a picture small enough for its place. Bytes in, bytes out.

Our own pictures only, of at most a few megapixels: some tenths of a second, for which a thread is bounded
enough.
"""

import asyncio
import io
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from bot.nouns import Picture

QUALITIES = (88, 80, 70)
SCALE = 0.75  # of each side, where quality alone doesn't do it
LEAST_PX = 256


async def fitting(picture: Picture, limit: int) -> Picture:
    """The picture, or a smaller one of at most ``limit`` bytes.

    Raises:
        OSError: it can't be read.
    """
    if len(picture.data) <= limit:
        return picture
    data = await asyncio.to_thread(fitted, picture.data, limit)
    return replace(picture, data=data, media_type="image/jpeg")


def fitted(picture: bytes, limit: int) -> bytes:
    """The picture, or a JPEG of it with at most ``limit`` bytes; smaller than 256 pixels it never gets.

    Raises:
        OSError: it can't be read.
    """
    if len(picture) <= limit:
        return picture
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    smaller = picture
    for smaller in _smaller(image):
        if len(smaller) <= limit:
            break
    return smaller


def _smaller(image: Image.Image) -> Iterator[bytes]:
    while max(image.size) >= LEAST_PX:
        yield from (_jpeg(image, quality) for quality in QUALITIES)
        size = (max(1, round(image.width * SCALE)), max(1, round(image.height * SCALE)))
        image = image.resize(size, Image.Resampling.LANCZOS)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
