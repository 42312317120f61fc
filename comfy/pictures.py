"""Whether what a server sent is a picture: NaN in a model comes out as a black one, and as a success."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from bot.nouns import Picture

_BLACKEST = 6
"""Highest luminance (0..255) of a black picture; JPEG leaves black at 0, dark photos still have lights."""

_LEAST_SIDE = 16  # px; a scrubbed file or an error page has none
_MOST_PIXELS = 64 * 1024 * 1024


class NotAPictureError(ValueError):
    """What came is no picture; ``cause`` is ``black`` or ``unreadable``."""

    def __init__(self, cause: str) -> None:
        """Take the cause."""
        super().__init__(cause)
        self.cause = cause


def check_picture(picture: Picture) -> None:
    """Decode coarsely (a JPEG at an eighth of its size takes 3 ms a megapixel) and look.

    Raises:
        NotAPictureError: it is black, empty, or can't be decoded.
    """
    try:
        brightest = _brightest(picture.data)
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError) as error:
        raise NotAPictureError("unreadable") from error
    if brightest <= _BLACKEST:
        raise NotAPictureError("black")


def _brightest(data: bytes) -> float:
    with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
        if min(image.size) < _LEAST_SIDE or image.width * image.height > _MOST_PIXELS:
            raise ValueError("size")
        image.draft("L", (image.width // 8, image.height // 8))
        _, brightest = image.convert("L").getextrema()
    return float(brightest) if isinstance(brightest, int | float) else 0.0
