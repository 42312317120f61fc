"""Photos like those of phones: a shipped portrait, enlarged, with texture at every scale."""

import functools
import io
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

import bot.pixels.intake  # noqa: F401  # registers the HEIC opener, whose encoder is used here
from workflows.portraits import HOPPER, portrait

PHONE = (4032, 3024)
GRAINS_PX = (1, 2, 4, 8, 16, 32)
GRAIN_LEVELS = 4.4  # standard deviation of the finest grain, of 255; a coarser one has more: near 1/f
JPEG, HEIC = {"quality": 90}, {"quality": 50, "enc_params": {"preset": "ultrafast"}}  # x265 is slow
LIES_ON_ITS_SIDE = 6  # EXIF orientation of an upright phone


@functools.cache
def phone_jpeg() -> bytes:
    """12 megapixels, lying on its side."""
    return _encoded(_textured(PHONE, 12), "JPEG", JPEG)


@functools.cache
def large_jpeg() -> bytes:
    """48 megapixels: the former with its mirror images."""
    upper = np.concatenate([photo := np.asarray(_textured(PHONE, 12)), photo[:, ::-1]], axis=1)
    return _encoded(Image.fromarray(np.concatenate([upper, upper[::-1]])), "JPEG", JPEG)


@functools.cache
def phone_heic() -> bytes:
    """12 megapixels as an iPhone keeps them."""
    return _encoded(_textured(PHONE, 12), "HEIF", HEIC)


@functools.cache
def megapixel_jpeg(seed: int) -> bytes:
    """1024 × 1024, another grain for each seed."""
    return _encoded(_textured((1024, 1024), seed), "JPEG", JPEG)


@functools.lru_cache(maxsize=1)
def _textured(size: tuple[int, int], seed: int) -> Image.Image:
    dice = np.random.default_rng(seed)
    with Image.open(io.BytesIO(portrait(HOPPER))) as shipped:
        enlarged = ImageOps.fit(shipped.convert("RGB"), size, Image.Resampling.BICUBIC)
    pixels = np.asarray(enlarged, np.float32)
    texture = np.sum([_grain(dice, size, grain) for grain in GRAINS_PX], axis=0)
    return Image.fromarray(np.clip(pixels + texture[..., None], 0, 255).astype(np.uint8))


def _grain(dice: np.random.Generator, size: tuple[int, int], grain: int) -> npt.NDArray[np.float32]:
    width, height = size
    level = GRAIN_LEVELS * grain**0.4
    coarse = dice.standard_normal((height // grain, width // grain), np.float32) * np.float32(level)
    return np.asarray(Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC))


def _encoded(image: Image.Image, kind: str, options: Mapping[str, object]) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = LIES_ON_ITS_SIDE
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **options)
    return out.getvalue()
