import random
import tomllib
from importlib import resources

import numpy as np
import pytest
from PIL import Image

from tests.workflows.photos import portrait_image
from workflows.filters import FILTERS, UnknownFilterError, apply_filter
from workflows.filters.canvas import LARGEST_AREA, SMALLEST_LONG_SIDE, working_size

LEAST_CHANGE = 0.15
"""Mean difference, in 1/255, that another seed makes at least."""
SAME_LOOK = 40.0
"""Mean difference, in 1/255, that another seed makes at most once the grain is blurred away."""


def strip(width: int = 320, height: int = 64) -> Image.Image:
    """A cheap photo with a face in it: the middle of a portrait, squeezed into a strip."""
    return portrait_image("hopper").crop((100, 60, 420, 380)).resize((width, height), Image.Resampling.BOX)


def global_chance() -> tuple[object, str]:
    """The state of the generators that a filter must not use: Python's and NumPy's global ones."""
    return random.getstate(), str(np.random.get_state())


def test_there_are_at_least_fourteen_filters() -> None:
    assert len(FILTERS) >= 14


def test_every_filter_of_the_styles_file_exists_and_every_filter_is_a_style() -> None:
    styles = tomllib.loads(resources.files("workflows").joinpath("styles.toml").read_text("utf-8"))["style"]
    named = {style["id"]: style["filter"] for style in styles if "filter" in style}
    assert named == {name: name for name in FILTERS}
    assert len({style["id"] for style in styles}) == len(styles)


def test_unknown_filter_is_a_lookup_error_that_carries_its_name() -> None:
    with pytest.raises(UnknownFilterError) as raised:
        apply_filter("sepia", strip(), 1)
    assert raised.value.name == "sepia"
    assert isinstance(raised.value, LookupError)


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("size", [(320, 64), (67, 331)])
def test_picture_has_the_size_of_the_photo(name: str, size: tuple[int, int]) -> None:
    picture = apply_filter(name, strip(*size), 3)
    assert picture.size == size
    assert picture.mode == "RGB"


def test_smallest_photo_is_drawn() -> None:
    assert apply_filter("warhol", strip(64, 64), 3).size == (64, 64)


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("colour", ["black", "white", "#7f3020"])
def test_photo_of_one_colour_is_drawn_too(name: str, colour: str) -> None:
    assert apply_filter(name, Image.new("RGB", (160, 32), colour), 1).size == (160, 32)


@pytest.mark.parametrize("name", FILTERS)
def test_same_seed_gives_the_same_pixels_and_leaves_photo_and_global_chance_alone(name: str) -> None:
    photo = strip()
    before, chance = photo.tobytes(), global_chance()
    first = apply_filter(name, photo, 11)
    assert apply_filter(name, photo, 11).tobytes() == first.tobytes()
    assert photo.tobytes() == before
    assert global_chance() == chance


@pytest.mark.parametrize("name", FILTERS)
def test_another_seed_gives_the_same_look_by_other_chances(name: str) -> None:
    one, other = apply_filter(name, strip(), 1), apply_filter(name, strip(), 2)
    difference = np.abs(np.asarray(one, np.float64) - np.asarray(other, np.float64))
    assert difference.mean() > LEAST_CHANGE
    small = [np.asarray(picture.convert("L").reduce(16), np.float64) for picture in (one, other)]
    assert np.abs(small[0] - small[1]).mean() < SAME_LOOK


@pytest.mark.parametrize("seed", [0, -1, 2**80])
def test_any_whole_number_is_a_seed(seed: int) -> None:
    assert apply_filter("pixel", strip(), seed).size == (320, 64)


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1"])
def test_any_mode_is_drawn_as_rgb(mode: str) -> None:
    assert apply_filter("film", strip().convert(mode), 1).mode == "RGB"


def test_largest_photo_is_drawn() -> None:
    photo = portrait_image("collins", 2048)
    assert apply_filter("warhol", photo, 1).size == (2048, 2048)


@pytest.mark.parametrize("size", [(64, 64), (2048, 2048), (2048, 410), (64, 320), (1024, 1024), (1280, 960)])
def test_working_size_is_bounded_and_keeps_the_shape(size: tuple[int, int]) -> None:
    width, height = working_size(size)
    assert width * height <= LARGEST_AREA * 1.01
    assert max(width, height) >= SMALLEST_LONG_SIDE
    assert width / height == pytest.approx(size[0] / size[1], rel=0.02)


def test_photo_of_ordinary_size_is_drawn_as_it_is() -> None:
    assert working_size((1024, 1024)) == (1024, 1024)


@pytest.mark.parametrize("name", ["comic", "pencil", "riso", "watercolor"])
def test_look_is_the_same_at_other_sizes(name: str) -> None:
    tones = []
    for side in (1024, 256):
        middle = portrait_image("collins", side).crop((0, side // 4, side, side // 2))
        small = apply_filter(name, middle, 5).resize((32, 8), Image.Resampling.BOX)
        tones.append(np.asarray(small, np.float64))
    assert np.abs(tones[0] - tones[1]).mean() < 12
