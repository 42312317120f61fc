"""What stands in the place of a picture that was taken back, where a chat deletes its message no more."""

import io
import textwrap

from PIL import Image, ImageDraw

from adapters.sheet import CYAN, NIGHT, PAPER, PINK
from bot.pixels.fonts import Lettering, printable

SIDE = 640  # pixels; as small as a message's picture may be on a phone
LETTERS, LEADING, COLUMN = 40, 58, 24  # pixels, pixels, characters
BAR = 12


def draw_neutral(sentence: str) -> bytes:
    """A night-blue square with a plain sentence, and nobody in it, as a JPEG of a few kilobytes."""
    picture = Image.new("RGB", (SIDE, SIDE), NIGHT)
    canvas, lettering = ImageDraw.Draw(picture), Lettering("heavy", LETTERS)
    lines = textwrap.wrap(printable(sentence), COLUMN)
    baseline = (SIDE - LEADING * (len(lines) - 1) + lettering.cap_height) / 2
    for number, line in enumerate(lines):
        left = (SIDE - lettering.width(line)) / 2
        lettering.draw(canvas, left, baseline + number * LEADING, line, PAPER)
    middle = SIDE // 2
    canvas.rectangle((0, SIDE - BAR, middle, SIDE), CYAN)
    canvas.rectangle((middle, SIDE - BAR, SIDE, SIDE), PINK)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()
