"""What the booth can do, shown on the portraits that it ships: drawn by filters when a poster is made."""

from io import BytesIO

from PIL import Image

from bot.invites.halves import Example
from workflows.filters import apply_filter
from workflows.portraits import COLLINS, HOPPER, portrait

SHOWN = ((COLLINS, "comic"), (HOPPER, "synthwave"))
FACES = {COLLINS: (0.07, 0.0, 0.77, 0.8), HOPPER: (0.1, 0.03, 0.9, 0.75)}
"""The part around each face: left, top, right and bottom, as shares of the portrait."""
WIDTH = 1000  # px; strokes and dots come out as fine as in a guest's picture
SEED = 7
QUALITY = 95


def examples() -> tuple[Example, ...]:
    """Two portraits and what two filters make of them; 1.3 s of a processor, so for a child process."""
    return tuple(_example(name, style) for name, style in SHOWN)


def _example(name: str, style: str) -> Example:
    photo = _face(name)
    return Example(_jpeg(photo), _jpeg(apply_filter(style, photo, SEED)), style)


def _face(name: str) -> Image.Image:
    left, top, right, bottom = FACES[name]
    with Image.open(BytesIO(portrait(name))) as whole:
        width, height = whole.size
        box = (left * width, top * height, right * width, bottom * height)
        size = WIDTH, round(WIDTH * (box[3] - box[1]) / (box[2] - box[0]))
        return whole.convert("RGB").resize(size, Image.Resampling.LANCZOS, box)


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()
