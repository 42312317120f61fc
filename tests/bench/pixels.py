"""The booth's own work on pixels, called straight."""

from bot.nouns import StyleId
from bot.pixels.frame import FrameCaption, frame_jpeg
from bot.pixels.intake import clean
from comfy.drawing import draw

SEED = 7
MAX_BYTES = 32 << 20  # a 48 megapixel photo is larger than what a booth takes unless told so
CAPTION = FrameCaption("PETaflop", "Style", "23 November 2026", "instant filter, no AI model")


def cleaned(photo: bytes) -> bytes:
    """Intake."""
    return clean(photo, max_bytes=MAX_BYTES).jpeg


def filtered(style: str, photo: bytes) -> int:
    """The filter with its decode and encode."""
    return len(draw(StyleId(style), photo, SEED, None))


def whole_job(style: str, photo: bytes) -> int:
    """Intake, filter, frame; no preview: in a rush the booth has no child to spare for one."""
    return len(frame_jpeg(draw(StyleId(style), cleaned(photo), SEED, None), CAPTION))
