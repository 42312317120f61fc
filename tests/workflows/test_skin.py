"""Dark skin stays dark and readable, dim photos become readable, nobody is turned into a negative."""

from functools import cache

import numpy as np
import pytest
from PIL import Image

from tests.workflows.photos import (
    FACES,
    Floats,
    luma_of,
    oval_mask,
    overexposed,
    portrait_image,
    underexposed,
    with_dark_skin,
)
from workflows.filters import FILTERS, apply_filter
from workflows.filters.planes import image_of, luma, planes_of
from workflows.filters.tone import exposed

SITTER = "hopper"
BLUR = 7.0
"""Pixels over which tones are compared: wider than a dot, a stroke or a pane, narrower than a feature."""
BAND = (0.2, 0.6)
"""From where to where of the photo's height it is drawn: the face, and less than half of the work."""
TILED = {"warhol"}
"""Pictures in which the face is not where it was."""
TONAL = sorted(set(FILTERS) - TILED)


@cache
def face_tones(name: str, *, dark: bool) -> tuple[Floats, Floats]:
    """Brightness within the face, of the photo and of the picture."""
    photo = with_dark_skin(SITTER) if dark else portrait_image(SITTER)
    top, bottom = (round(photo.height * part) for part in BAND)
    inside = oval_mask(photo.size, FACES[SITTER])[top:bottom] > 0
    band = photo.crop((0, top, photo.width, bottom))
    return luma_of(band, BLUR)[inside], luma_of(apply_filter(name, band, 4), BLUR)[inside]


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's: 1 where what was brighter is brighter everywhere, -1 for a negative."""
    ranks = [values.argsort().argsort() for values in (one, other)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("name", TONAL)
def test_face_keeps_its_lights_and_shades(name: str, dark: bool) -> None:
    before, after = face_tones(name, dark=dark)
    assert rank_correlation(before, after) > 0.6


@pytest.mark.parametrize("name", TONAL)
def test_dark_skin_stays_darker_than_light_skin(name: str) -> None:
    _, dark = face_tones(name, dark=True)
    _, light = face_tones(name, dark=False)
    assert np.median(dark) < np.median(light) - 0.04


@pytest.mark.parametrize("name", TONAL)
def test_dark_face_is_not_swallowed_by_black(name: str) -> None:
    _, dark = face_tones(name, dark=True)
    assert np.median(dark) > 0.10
    low, high = np.percentile(dark, (5, 95))
    assert high - low > 0.06


def test_exposure_brings_a_dim_photo_near_the_good_one() -> None:
    assert share_of_the_fault_left(underexposed(portrait_image(SITTER))) < 0.25


def test_exposure_tames_an_overexposed_photo() -> None:
    assert share_of_the_fault_left(overexposed(portrait_image(SITTER))) < 0.75


def share_of_the_fault_left(spoilt: Image.Image) -> float:
    """How far the face's brightness is still from the good photo's after exposure, beside how far it was."""
    photo = portrait_image(SITTER)
    inside = oval_mask(photo.size, FACES[SITTER]) > 0
    pictures = (_exposed(photo), spoilt, _exposed(spoilt))
    good, bad, mended = (float(np.median(luma_of(picture)[inside])) for picture in pictures)
    return abs(mended - good) / abs(bad - good)


def test_exposure_takes_noise_out_of_a_dim_photo() -> None:
    photo = portrait_image(SITTER)
    wall = np.s_[150:220, 420:500]
    dim = luma(planes_of(underexposed(photo)))[wall]
    mended = luma(exposed(planes_of(underexposed(photo)), 0.5))[wall]
    assert mended.std() / mended.mean() < 0.7 * dim.std() / dim.mean()


def test_exposure_leaves_dark_skin_dark() -> None:
    photo = with_dark_skin(SITTER)
    inside = oval_mask(photo.size, FACES[SITTER]) > 0
    before, after = luma_of(photo)[inside], luma_of(_exposed(photo))[inside]
    assert np.median(after) < np.median(before) + 0.15
    assert rank_correlation(before, after) > 0.97


def _exposed(photo: Image.Image) -> Image.Image:
    return image_of(exposed(planes_of(photo), 0.5))
