"""Terminal: the photo in running text on a green phosphor screen."""

import numpy as np
from PIL import Image

from workflows.filters.color import rgb
from workflows.filters.glyphs import typeset
from workflows.filters.planes import (
    REFERENCE_SIDE,
    Plane,
    Planes,
    clipped,
    coordinates,
    luma,
    resized,
    scale_of,
    shape_of,
    smoothstep,
)
from workflows.filters.smoothing import blurred, clarified, flattened
from workflows.filters.tone import balanced, exposed, stretched

MIDDLE = 0.46
TEXT = (
    "HELLO WORLD * A BOOTH IN A BACKPACK * SMILE FOR THE MACHINE * NO FILM / NO CLOUD / NO FUSS * "
    "WHILE TRUE: LOOK UP AND LAUGH * MADE OF LETTERS AND LIGHT * 0 AND 1 AND YOU * "
)
CELL = (9, 6)
"""Height and width of a letter with its gap, in pixels of the reference picture."""
PHOSPHOR, HOT, NIGHT = rgb("22f060"), rgb("e8ffe0"), rgb("020b06")
LETTERS, GLASS = 1.45, 0.46
"""Light of the letters, and of the screen between them."""
SCANLINE, VIGNETTE = 0.12, 0.32


def terminal(photo: Planes, rng: np.random.Generator) -> Planes:
    """Type the photo."""
    scale, shape = scale_of(photo), shape_of(photo)
    flat = luma(flattened(exposed(photo, MIDDLE), 6 * scale, 0.18))
    light = clarified(flat, 90 * scale, 0.8)
    light = clipped(light + (light - blurred(light, 2.5 * scale)) * np.float32(0.7))
    light = balanced(stretched(light, 2), 0.35)
    glow = _page(rng, shape) * (0.06 + np.float32(LETTERS) * light ** np.float32(1.25))
    glow += np.float32(GLASS) * light ** np.float32(1.6)
    glow += blurred(glow, 2.2 * scale) * np.float32(0.30)
    return _on_a_tube(glow, scale)


def _page(rng: np.random.Generator, shape: tuple[int, int]) -> Plane:
    """Return the text over the whole screen, each line starting anywhere."""
    factor = REFERENCE_SIDE / max(shape)
    height, width = (round(side * factor) for side in shape)
    rows, columns = -(-height // CELL[0]), -(-width // CELL[1])
    page = typeset(TEXT, rng.integers(len(TEXT), size=rows), columns, CELL)
    return resized(page[:height, :width], shape, Image.Resampling.BICUBIC)


def _on_a_tube(glow: Plane, scale: float) -> Planes:
    """Colour the light as phosphor, with hot spots, halo, scan lines and dark corners."""
    shape = shape_of(glow)
    halo = blurred(clipped(glow - np.float32(0.6)), 14 * scale) * np.float32(0.45)
    sheet = NIGHT + (glow * np.float32(0.92) + halo) * PHOSPHOR
    sheet += clipped(glow - np.float32(0.95)) * HOT * np.float32(0.9)
    rows = np.arange(shape[0], dtype=np.float32)[:, None] / np.float32(4 * scale)
    x, y = coordinates(shape)
    sheet *= 1 - SCANLINE * smoothstep(np.abs(rows % 1 - 0.5), 0.15, 0.35)
    return sheet * (1 - VIGNETTE * clipped(x * x + y * y - np.float32(0.55)))
