"""Small copies of pictures, for pages that show many; for a child process."""

from io import BytesIO

from PIL import Image

from bot.errors import RenderCrashed

QUALITY = 82
TALLEST = 2  # times the width: an overlong picture stays small as well


def small_webp(picture: bytes, width: int) -> bytes:
    """The picture as WebP, at most ``width`` pixels wide and twice that tall; never enlarged, never cropped.

    Raises:
        RenderCrashed: it can't be decoded; its cause is ``unreadable-picture``.
    """
    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG", "WEBP")) as image:
            image.thumbnail((width, TALLEST * width), Image.Resampling.LANCZOS, reducing_gap=2.0)
            small = image.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RenderCrashed("unreadable-picture") from error
    out = BytesIO()
    small.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
