"""Pillow alone: the reduced decode and encode, and the plain decode and encode."""

import io
import math

from PIL import Image


def reduced(photo: bytes, pixels: int, quality: int) -> bytes:
    """Decode no larger than needed, shrink to about ``pixels``, encode."""
    image = Image.open(io.BytesIO(photo))
    scale = math.sqrt(pixels / (image.width * image.height))
    target = math.ceil(image.width * scale), math.ceil(image.height * scale)
    image.draft(None, target)
    return _jpeg(image.resize(target, Image.Resampling.LANCZOS, reducing_gap=2.0), quality)


def recoded(photo: bytes, quality: int) -> bytes:
    """Decode and encode."""
    image = Image.open(io.BytesIO(photo))
    image.load()
    return _jpeg(image, quality)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()
