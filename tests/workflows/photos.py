"""Photos to try filters on: the shipped portraits, and stand-ins for skins and light that they lack."""

import io
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from workflows.portraits import portrait

Floats = npt.NDArray[np.floating]

LUMA = np.array([0.299, 0.587, 0.114])


class Oval(NamedTuple):
    """Where a face is: centre and half axes, in parts of the picture's width and height."""

    x: float
    y: float
    half_width: float
    half_height: float


FACES = {"collins": Oval(0.435, 0.245, 0.085, 0.115), "hopper": Oval(0.52, 0.39, 0.14, 0.165)}
HEADS = {"collins": Oval(0.45, 0.235, 0.17, 0.185), "hopper": Oval(0.52, 0.46, 0.26, 0.36)}
"""The ovals in which skin is looked for when it is darkened."""


def portrait_image(name: str, long_side: int = 512) -> Image.Image:
    photo = Image.open(io.BytesIO(portrait(name))).convert("RGB")
    factor = long_side / max(photo.size)
    return photo.resize((round(photo.width * factor), round(photo.height * factor)), Image.Resampling.LANCZOS)


def oval_mask(size: tuple[int, int], oval: Oval) -> Floats:
    """1 inside the oval, 0 outside; shape (height, width)."""
    width, height = size
    x = (np.arange(width) / width - oval.x) / oval.half_width
    y = (np.arange(height) / height - oval.y) / oval.half_height
    return (x[None, :] ** 2 + y[:, None] ** 2 < 1).astype(np.float64)


def luma_of(picture: Image.Image, blur: float = 0) -> Floats:
    """Brightness 0..1, shape (height, width), of the picture blurred over so many pixels."""
    smooth = picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture
    light: Floats = np.asarray(smooth, np.float64) @ LUMA / 255
    return light


def with_dark_skin(name: str, long_side: int = 512) -> Image.Image:
    """The portrait with very dark brown skin: within the head, light of skin's hue falls to about a sixth."""
    photo = portrait_image(name, long_side)
    pixels = np.asarray(photo, np.float64) / 255
    light = pixels @ LUMA
    red, blue = pixels[..., 0] - light, light - pixels[..., 2]
    skin = (
        oval_mask(photo.size, HEADS[name]) * (red > 0.02) * (blue > 0.01) * (light > 0.16) * (red < 3 * blue)
    )
    soft = Image.fromarray((skin * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(photo.width / 300))
    amount = np.asarray(soft, np.float64)[..., None] / 255
    brown = (pixels**2.2) ** 1.25 * np.array([0.187, 0.152, 0.128])
    return _image(pixels * (1 - amount) + brown ** (1 / 2.2) * amount)


def underexposed(photo: Image.Image, stops: float = 2.5) -> Image.Image:
    """As taken in a dark hall: so many stops too dark, with the noise of a small sensor."""
    linear = (np.asarray(photo, np.float64) / 255) ** 2.2 / 2**stops
    noise = np.random.default_rng(1).normal(0, 0.03, linear.shape) * np.sqrt(linear + 0.001)
    return _image(np.clip(linear + noise, 0, 1) ** (1 / 2.2))


def overexposed(photo: Image.Image, stops: float = 1.0) -> Image.Image:
    linear = (np.asarray(photo, np.float64) / 255) ** 2.2 * 2**stops
    return _image(np.clip(linear, 0, 1) ** (1 / 2.2))


def _image(pixels: Floats) -> Image.Image:
    return Image.fromarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8))
