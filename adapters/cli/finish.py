"""The last step, in a child process: a renderer's picture, framed and in the format that was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType
from typing import Any, Literal

from PIL import Image

from bot.errors import RenderCrashed
from bot.pixels.frame import FrameCaption, compose_frame

Format = Literal["JPEG", "PNG", "WEBP"]

FORMATS: Mapping[str, Format] = MappingProxyType(
    {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
)
"""File suffixes, lower case."""

# For a file that is kept, not for an uplink: hardly any loss.
_ENCODING: Mapping[Format, Mapping[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 92, "method": 4},
}


@dataclass(frozen=True, slots=True)
class Finished:
    """An encoded picture without metadata, and its size in pixels."""

    data: bytes = field(repr=False)
    width: int
    height: int


def finish(picture: bytes, caption: FrameCaption | None, target: Format) -> Finished:
    """Frame a picture (None leaves it bare) and encode it; bare and in the right format it stays as it is.

    Raises:
        RenderCrashed: the renderer's bytes can't be decoded; its cause is ``unreadable-picture``.
    """
    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG", "WEBP")) as opened:
            opened.load()
            if caption is None and opened.format == target:
                return Finished(picture, *opened.size)
            bare = opened.convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:
        raise RenderCrashed("unreadable-picture") from error
    image = compose_frame(bare, caption) if caption else bare
    encoded = BytesIO()
    image.save(encoded, target, **_ENCODING[target])
    return Finished(encoded.getvalue(), *image.size)
