"""What a child process does for the embedded renderer: a photo in, a filter's picture out.

A file of its own, so that a child imports what draws and nothing else: it starts in half the time and takes
less memory.
"""

import importlib
import io

from PIL import Image

from bot.nouns import StyleId
from workflows.filters import apply_filter

JPEG_QUALITY = 97
PREVIEW_QUALITY = 85


def draw(style: StyleId, photo: bytes, seed: int, preview_px: int | None) -> bytes:
    """Decode, filter, encode: one picture, or a small preview of it.

    Raises:
        UnknownFilterError: no filter has the style's name.
    """
    image = Image.open(io.BytesIO(photo), formats=["JPEG"])
    if preview_px is not None:
        image.thumbnail((preview_px, preview_px))
    picture = apply_filter(style, image, seed)
    out = io.BytesIO()
    quality = JPEG_QUALITY if preview_px is None else PREVIEW_QUALITY
    picture.save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()


def warm_up() -> None:
    """Take the cold start before a guest does: importing the looks is most of it, codecs the rest."""
    Image.preinit()
    importlib.import_module("workflows.filters.looks")
