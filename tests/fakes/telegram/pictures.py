"""What Telegram makes of an uploaded photo: its limits, and the sizes in which it keeps it.

Limits: https://core.telegram.org/bots/api#sendphoto. Boxes: https://core.telegram.org/api/files#image-thumbnail-types.
"""

import io
from dataclasses import dataclass, field

from PIL import Image, ImageOps, ImageSequence

from tests.fakes.telegram.refusals import bad_request

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000  # width + height
MAX_PHOTO_RATIO = 20
BOXES = (90, 320, 800, 1280, 2560)
THUMBNAIL_BOX = 320
JPEG_QUALITY = 87


@dataclass(frozen=True, slots=True)
class Scaled:
    """A photo in one size, as JPEG without metadata; lengths in pixels."""

    width: int
    height: int
    jpeg: bytes = field(repr=False)


def sizes(upload: bytes) -> tuple[Scaled, ...]:
    """All sizes of a photo, smallest first.

    Raises:
        Refused: in Telegram's words: too big, too long or narrow, or not a picture.
    """
    if len(upload) > MAX_PHOTO_BYTES:
        raise bad_request(
            f"file of size {len(upload)} bytes is too big for a photo; "
            f"the maximum size is {MAX_PHOTO_BYTES} bytes"
        )
    return _in_boxes(_decoded(upload))


def thumbnail(upload: bytes) -> Scaled | None:
    """A small JPEG of a document that is a picture; None of everything else."""
    try:
        with Image.open(io.BytesIO(upload)) as image:
            return _scaled(image.convert("RGB"), THUMBNAIL_BOX)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def moving(upload: bytes) -> tuple[int, int, int]:
    """Width and height in pixels and whole seconds of a GIF.

    Raises:
        Refused: it is none, or doesn't move.
    """
    try:
        with Image.open(io.BytesIO(upload), formats=("GIF",)) as image:
            if getattr(image, "n_frames", 1) == 1:
                raise bad_request("IMAGE_PROCESS_FAILED")
            frames = [int(frame.info["duration"]) for frame in ImageSequence.Iterator(image)]
            return *image.size, round(sum(frames) / 1000)
    except OSError as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error


def _decoded(upload: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(upload)) as image:
            _check_sides(*image.size)
            return ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error


def _check_sides(width: int, height: int) -> None:
    if width + height > MAX_PHOTO_SIDES or max(width, height) > MAX_PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _in_boxes(image: Image.Image) -> tuple[Scaled, ...]:
    longest = min(max(image.size), BOXES[-1])
    return tuple(_scaled(image, box) for box in [*(box for box in BOXES if box < longest), longest])


def _scaled(image: Image.Image, box: int) -> Scaled:
    fitting = image.copy()
    fitting.thumbnail((box, box))
    out = io.BytesIO()
    fitting.save(out, "JPEG", quality=JPEG_QUALITY)
    return Scaled(*fitting.size, out.getvalue())
