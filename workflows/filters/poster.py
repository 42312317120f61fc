"""Poster: four flat inks, as on a campaign poster."""

import numpy as np

from workflows.filters.color import rgb
from workflows.filters.edges import flow_along_edges, ink, smeared
from workflows.filters.planes import Plane, Planes, luma, mix, scale_of, smoothstep
from workflows.filters.smoothing import blurred, clarified, flattened
from workflows.filters.texture import clouds
from workflows.filters.tone import balanced, exposed, stretched

MIDDLE = 0.5
NAVY, RED, BLUE, CREAM = rgb("00304a"), rgb("d81f2a"), rgb("6f9fa8"), rgb("fce5a8")
TO_RED, TO_BLUE, TO_STRIPES, TO_CREAM = 0.20, 0.40, 0.56, 0.72
"""Brightness at which one ink gives way to the next; between blue and cream they share in stripes."""
CRISPNESS = 0.012
"""Half the width of an ink's border, in brightness."""
STRIPE_PITCH = 7.0
BALANCE = 0.40
"""How far tones are spread so that every face gets all four inks."""


def poster(photo: Planes, rng: np.random.Generator) -> Planes:
    """Print the photo in four inks."""
    scale = scale_of(photo)
    flat = luma(flattened(exposed(photo, MIDDLE), 22 * scale, 0.35, rounds=3))
    flow = flow_along_edges(flat, 3 * scale)
    light = smeared(blurred(clarified(flat, 140 * scale, 0.55), 1.4 * scale), flow, 4, 1.5 * scale)
    printed = _printed(balanced(stretched(light, 2), BALANCE), rng, scale)
    outlines = ink(flat, 1.4 * scale, sharpness=14, level=0.30, hardness=12, flow=flow)
    return mix(NAVY, printed, outlines) * (1 + clouds(rng, light.shape, 4 * scale, 3) * np.float32(0.018))


def _printed(light: Plane, rng: np.random.Generator, scale: float) -> Planes:
    """Give each tone its ink."""

    def above(bound: float) -> Plane:
        return smoothstep(light, bound - CRISPNESS, bound + CRISPNESS)

    sheet = mix(NAVY, RED, above(TO_RED))
    sheet = mix(sheet, BLUE, above(TO_BLUE))
    rows = np.arange(light.shape[0], dtype=np.float32) / np.float32(STRIPE_PITCH * scale) + np.float32(
        rng.random()
    )
    stripes = smoothstep(np.abs(rows % 1 - 0.5), 0.20, 0.30)[:, None]
    sheet = mix(sheet, CREAM, above(TO_STRIPES) * stripes)
    return mix(sheet, CREAM, above(TO_CREAM))
