"""The wipe loop: an edge sweeps over a guest's photo, leaves the picture behind, and sweeps back, for ever.

The way back shows the frames of the way there, so that the loop has no seam. WebP for what plays it; GIF for
Telegram, which makes a silent MP4 of it. Why no video is made here: ``docs/decisions/0004-keepsakes.md``.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Literal

from PIL import Image, ImageOps

from bot.errors import RenderCrashed
from bot.pixels.bare import bare, decoded
from bot.pixels.seam import joined

Taste = Literal["webp", "gif"]
"""What a chat plays."""

MEDIA_TYPES: dict[Taste, str] = {"webp": "image/webp", "gif": "image/gif"}

FRAMES = 15  # one way
FRAME_MS = 50  # GIF counts in hundredths of a second, and players round what is shorter than 20 ms
HOLD_MS = 350  # at both ends
SIDES = (512, 416, 320, 240)  # px; the first that keeps the limit
MOST_BYTES = 600_000

_SLANT = 0.16  # of the width
_EDGE_SHARE = 120  # the edge's width is the long side divided by this
_COLOURS = 256
_WEBP_QUALITY, _WEBP_METHOD = 68, 3


def loop_bytes(photo: bytes, picture: bytes, taste: Taste) -> bytes:
    """A loop of about two seconds; for a child process, as it keeps a processor busy.

    Args:
        photo: The cleaned photo.
        picture: What was made of it, with or without its frame.
        taste: The format.

    Returns:
        At most :data:`MOST_BYTES` without metadata, as large as that allows.

    Raises:
        RenderCrashed: one of them can't be decoded, ``unreadable-picture``; or is so noisy that nothing keeps
            the limit, ``loop-too-large``.
    """
    before, after = decoded(photo).convert("RGB"), bare(picture)
    for side in SIDES:
        loop = _encoded(wipe(before, after, side), taste)
        if len(loop) <= MOST_BYTES:
            return loop
    raise RenderCrashed("loop-too-large")


def wipe(photo: Image.Image, picture: Image.Image, side: int) -> Sequence[Image.Image]:
    """The frames of one way, from the photo to the picture, each with at most ``side`` pixels a side.

    The photo is cut to the picture's shape, where a style has changed that.
    """
    scale = min(1.0, side / max(picture.size))
    size = (_even(picture.width * scale), _even(picture.height * scale))
    before = ImageOps.fit(photo, size, Image.Resampling.LANCZOS)
    after = picture.resize(size, Image.Resampling.LANCZOS)
    return [_frame(before, after, number / (FRAMES - 1)) for number in range(FRAMES)]


def _frame(before: Image.Image, after: Image.Image, moment: float) -> Image.Image:
    if moment in (0.0, 1.0):
        return after if moment else before
    width, height = after.size
    half_slant = width * _SLANT / 2
    edge = max(2, max(after.size) // _EDGE_SHARE)
    reach = width + 2 * (half_slant + edge)
    middle = _eased(moment) * reach - half_slant - edge
    return joined(after, before, (middle + half_slant, 0), (middle - half_slant, height), edge)


def _eased(moment: float) -> float:
    """Smoothstep: slow at both ends."""
    return moment * moment * (3 - 2 * moment)


def _even(length: float) -> int:
    """For Telegram's MP4, which has half of the colours' resolution (4:2:0)."""
    return max(2, round(length / 2) * 2)


def _encoded(there: Sequence[Image.Image], taste: Taste) -> bytes:
    frames = [*there, *there[-2:0:-1]]
    held = (0, FRAMES - 1)
    durations = [HOLD_MS if number in held else FRAME_MS for number in range(len(frames))]
    out = BytesIO()
    if taste == "webp":
        frames[0].save(
            out,
            "WEBP",
            save_all=True,
            append_images=frames[1:],
            duration=durations,
            loop=0,
            quality=_WEBP_QUALITY,
            method=_WEBP_METHOD,
        )
    else:
        drawn = _in_one_palette(frames)
        drawn[0].save(out, "GIF", save_all=True, append_images=drawn[1:], duration=durations, loop=0)
    return out.getvalue()


def _in_one_palette(frames: Sequence[Image.Image]) -> Sequence[Image.Image]:
    """One palette and no dither: so only what the edge passes changes from frame to frame."""
    width, height = frames[0].size
    both = Image.new("RGB", (2 * width, height))
    both.paste(frames[0], (0, 0))
    both.paste(frames[FRAMES - 1], (width, 0))
    palette = both.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
