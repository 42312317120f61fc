"""Made-up guests: when they come, with which photo, and what they choose; the same ones for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageEnhance, ImageOps

from bot.nouns import StyleId
from workflows.portraits import COLLINS, HOPPER, portrait

SIDES = (1080, 1600)  # px; the guest page shrinks photos to about that
CROPPED = 0.2  # at most so much of the portrait's sides
LIGHT = (0.8, 1.15)
QUALITY = 88


@dataclass(frozen=True, slots=True)
class Guest:
    """One guest; ``at_s`` is the arrival in seconds after the beginning."""

    number: int
    at_s: float
    style: StyleId
    photo: bytes = field(repr=False)


def make_guests(count: int, spread_s: float, styles: Sequence[StyleId], seed: int) -> list[Guest]:
    """So many guests, one in each equal part of the time, at any moment of it; in the order of arrival."""
    dice = random.Random(seed)  # noqa: S311 # to be repeated, not to be secret
    part_s = spread_s / count
    return [
        Guest(number, (number + dice.random()) * part_s, dice.choice(styles), make_photo(dice))
        for number in range(count)
    ]


def make_photo(dice: random.Random) -> bytes:
    """A shipped portrait as another phone would have taken it: cropped, mirrored, lighter or darker."""
    with Image.open(BytesIO(portrait(dice.choice((COLLINS, HOPPER))))) as opened:
        image = opened.convert("RGB")
    width, height = (side * (1 - CROPPED * dice.random()) for side in image.size)
    left, top = dice.uniform(0, image.width - width), dice.uniform(0, image.height - height)
    scale = dice.randint(*SIDES) / max(width, height)
    size = round(width * scale), round(height * scale)
    image = image.resize(size, Image.Resampling.BICUBIC, (left, top, left + width, top + height))
    image = ImageEnhance.Brightness(image).enhance(dice.uniform(*LIGHT))
    if dice.random() < 0.5:
        image = ImageOps.mirror(image)
    data = BytesIO()
    image.save(data, "JPEG", quality=QUALITY)
    return data.getvalue()
