"""Instant filters: looks that need no model and no GPU, only NumPy and Pillow.

    photo ──► canvas ──► a look ──► picture
                           │
        tone · color · smoothing · edges · texture · cells · strokes · tiles

A look has a file of its name and one function: planes and a random generator in, planes out. The tools it is
made of are split by duty and cite where their algorithms come from. `canvas` turns looks into filters of
images, `looks` holds them all.
"""

from PIL import Image

FILTERS = (
    "watercolor",
    "comic",
    "oil",
    "pencil",
    "warhol",
    "synthwave",
    "pixel",
    "poster",
    "engraving",
    "crayons",
    "lowpoly",
    "riso",
    "terminal",
    "bricks",
    "stainedglass",
    "cyanotype",
    "film",
)
"""The name of every instant filter, which is also its style's id."""


class UnknownFilterError(LookupError):
    """No filter has this name. `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def apply_filter(name: str, photo: Image.Image, seed: int) -> Image.Image:
    """Return the photo in a look: RGB, of the photo's size.

    The same photo, name and seed give the same pixels; another seed gives the same look by other chances.

    Args:
        name: one of `FILTERS`.
        photo: any mode; both sides 64 to 2048 pixels are tested, up to five times as long as wide.
        seed: any whole number; its lowest 64 bits count.

    Raises:
        UnknownFilterError: no filter has this name.
    """
    from workflows.filters import looks  # noqa: PLC0415 # NumPy: whoever only needs the names does without

    try:
        draw = looks.FILTERS[name]
    except KeyError as error:
        raise UnknownFilterError(name) from error
    return draw(photo, seed)
