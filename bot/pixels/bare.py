"""A picture without its frame: a framed JPEG says in a comment where the picture lies within it.

So nothing but the one file has to be kept for a guest who would like the picture alone, and no later change
of event, style or words moves what is cut out.
"""

import re
from io import BytesIO

from PIL import Image, ImageOps

from bot.errors import RenderCrashed

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are the first ones outside."""

PAPER = "#faf7f0"
QUALITY = 92  # JPEG; what is cut out was compressed once before

_COMMENT = re.compile(rb"picture ([0-9]{1,5}) ([0-9]{1,5}) ([0-9]{1,5}) ([0-9]{1,5})")


def whereabouts(picture: Box) -> bytes:
    """The comment of a framed JPEG (ITU-T T.81 § B.2.4.5)."""
    return b"picture %d %d %d %d" % picture


def bare(picture_bytes: bytes) -> Image.Image:
    """The picture alone; whole where nothing says that it has a frame.

    Args:
        picture_bytes: PNG, JPEG or WebP, with or without a frame of ours.

    Returns:
        An RGB picture that carries nothing of the file's metadata.

    Raises:
        RenderCrashed: the bytes can't be decoded; its cause is ``unreadable-picture``.
    """
    picture = decoded(picture_bytes)
    alone = Image.new("RGB", picture.size, PAPER)
    box = _box(picture)
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        alone.paste(rgba, mask=rgba)
    else:
        alone.paste(picture.convert("RGB"))
    return alone if box is None else alone.crop(box)


def bare_jpeg(picture_bytes: bytes) -> bytes:
    """The picture alone, encoded anew; for a child process.

    Returns:
        A progressive JPEG without metadata.

    Raises:
        RenderCrashed: as :func:`bare`.
    """
    jpeg = BytesIO()
    bare(picture_bytes).save(jpeg, "JPEG", quality=QUALITY, progressive=True)
    return jpeg.getvalue()


def decoded(picture_bytes: bytes) -> Image.Image:
    """A renderer's picture, or one of ours, upright and fully decoded.

    Raises:
        RenderCrashed: the bytes can't be decoded; its cause is ``unreadable-picture``.
    """
    try:
        with Image.open(BytesIO(picture_bytes), formats=("PNG", "JPEG", "WEBP")) as picture:
            return ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RenderCrashed("unreadable-picture") from error


def _box(picture: Image.Image) -> Box | None:
    """Where the comment says that the picture lies, if it does and that is within the file."""
    comment = picture.info.get("comment")
    found = _COMMENT.fullmatch(comment) if isinstance(comment, bytes) else None
    if found is None:
        return None
    left, top, right, bottom = (int(number) for number in found.groups())
    inside = left < right <= picture.width and top < bottom <= picture.height
    return (left, top, right, bottom) if inside else None
