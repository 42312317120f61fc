"""Whether a picture is the one that was expected. Pure: encoded pictures in, distances out.

Pictures are compared as coarse grids of mean colours. A grid of :data:`TONES` cells a side blurs away how a
server dithers, and shows what matters: light, colour, and who is in the picture. One of :data:`CELLS` cells
shows, too, whether the style was applied at all.
"""

from enum import Enum
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

Grid = npt.NDArray[np.float32]
"""Rows × columns × red, green, blue, 0..255."""

TONES, MOST_TONE = 32, 6.0
CELLS, MOST_CELL = 128, 12.0
"""Cells a side, and the largest mean difference of a colour, in levels of 255.

Measured with comfy-pixel on the sample portrait: 2.0 and 4.5 with an old Pillow's dither, 2.5 and 5.3 with a
slightly noisy photo; 9.3 and 9.7 with half as much colour again, 10 and 10 with 12 levels more red and less
blue, 13 and 19 for the photo itself, 70 and more for somebody else, black, noise and negatives."""

LEAST_FOLLOWING = 0.5
"""Correlation of a picture's lights and darks with its photo's; 0.95 for comfy-pixel, 0 for noise, -1 for a
negative."""

_LEAST_SIDE = 256
_MOST_STRETCH = 1.15  # comfy-pixel rounds each side to 16 of some 128 cells
_BLACKEST = 6.0
_FORMATS = ("JPEG", "PNG", "WEBP")


class Fault(Enum):
    """What is wrong with a picture; the value completes the sentence “The picture …”."""

    UNREADABLE = "can't be decoded"
    SIZE = "has the wrong size or shape"
    BLACK = "is black"
    TONES = "has other lights or colours than it should have"
    STYLE = "has the right colours, but not the style's look"
    STRANGER = "doesn't follow the photo"


def fault_beside(reference: bytes, picture: bytes) -> Fault | None:
    """What tells a picture from its reference, whose every pixel is a cell; None where it is the same."""
    try:
        expected, found = _opened(reference), _opened(picture)
    except _UNREADABLE:
        return Fault.UNREADABLE
    if found.width * expected.height != found.height * expected.width or found.width < expected.width:
        return Fault.SIZE
    if _is_black(found):
        return Fault.BLACK
    if difference(expected, found, TONES) > MOST_TONE:
        return Fault.TONES
    return Fault.STYLE if difference(expected, found, CELLS) > MOST_CELL else None


def fault_beside_photo(photo: bytes, picture: bytes) -> Fault | None:
    """What is plainly wrong with a picture of any photo: its size, black, or that it shows something else."""
    try:
        source, found = _opened(photo), _opened(picture)
    except _UNREADABLE:
        return Fault.UNREADABLE
    stretch = (found.width * source.height) / (found.height * source.width)
    if min(found.size) < _LEAST_SIDE or max(stretch, 1 / stretch) > _MOST_STRETCH:
        return Fault.SIZE
    if _is_black(found):
        return Fault.BLACK
    return Fault.STRANGER if following(source, found) < LEAST_FOLLOWING else None


def difference(one: Image.Image, other: Image.Image, side: int) -> float:
    """The mean difference of the colour that differs most, 0..255, on a grid of so many cells a side."""
    return float(np.abs(grid(one, side) - grid(other, side)).mean(axis=(0, 1)).max())


def following(one: Image.Image, other: Image.Image) -> float:
    """The correlation of two pictures' luma, -1..1; 0 where one of them is plain."""
    lumas = [grid(image.convert("L"), TONES)[..., 0].ravel() for image in (one, other)]
    if any(luma.std() < 1 for luma in lumas):
        return 0.0
    return float(np.corrcoef(lumas[0], lumas[1])[0, 1])


def grid(image: Image.Image, side: int) -> Grid:
    """Mean colours of so many cells a side."""
    return np.asarray(image.convert("RGB").resize((side, side), Image.Resampling.BOX), np.float32)


_UNREADABLE = (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError)


def _opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=_FORMATS) as image:
        return image.convert("RGB")


def _is_black(image: Image.Image) -> bool:
    return float(grid(image, TONES).max()) <= _BLACKEST
