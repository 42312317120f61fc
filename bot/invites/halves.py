"""One picture of two: below a slanted edge the photo as it was, above it what the booth made of it."""

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from bot.errors import RenderCrashed

SLANT = 0.16  # of the width: how far the edge leans to each side
EDGE = 0.011  # of the width
EDGE_COLOUR = "#ffffff"
SMOOTHING = 4  # pixels of the mask a pixel, for an edge without steps
QUALITY = 92


@dataclass(frozen=True, slots=True)
class Example:
    """A photo and its picture, encoded and of one size, and the style's id."""

    photo: bytes = field(repr=False)
    picture: bytes = field(repr=False)
    style: str


def halves_jpeg(example: Example, size: tuple[int, int]) -> bytes:
    """The example as an encoded JPEG of so many pixels.

    Raises:
        RenderCrashed: as :func:`draw_halves`.
    """
    out = BytesIO()
    draw_halves(example, size).save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def draw_halves(example: Example, size: tuple[int, int]) -> Image.Image:
    """The example in so many pixels; photo and picture are cropped alike, less at the head than below.

    Raises:
        RenderCrashed: one of them can't be decoded; its cause is ``unreadable-picture``.
    """
    picture, photo = (
        ImageOps.fit(_decoded(data), size, Image.Resampling.LANCZOS, centering=(0.5, 0.1))
        for data in (example.picture, example.photo)
    )
    middle = size[0] / 2
    picture.paste(photo, mask=_right_of(size, middle))
    edge = _right_of(size, middle - EDGE * size[0] / 2)
    edge.paste(0, mask=_right_of(size, middle + EDGE * size[0] / 2))
    picture.paste(EDGE_COLOUR, mask=edge)
    return picture


def _right_of(size: tuple[int, int], middle: float) -> Image.Image:
    """A mask of what lies to the right of the edge, which leans to the right at the top."""
    width, height = (side * SMOOTHING for side in size)
    top, bottom = (SMOOTHING * (middle + way * SLANT * size[0] / 2) for way in (1, -1))
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).polygon(((top, 0), (width, 0), (width, height), (bottom, height)), fill=255)
    return mask.resize(size, Image.Resampling.BOX)


def _decoded(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
            return image.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RenderCrashed("unreadable-picture") from error
