import numpy as np
import pytest
from PIL import Image

from tests.workflows.golden_pictures import FOLDER, draw, golden_path
from workflows.filters import FILTERS

MEAN_BOUND = 2.0
"""Mean difference in 1/255: processors round differently, and dithers pass that on."""
PERCENTILE_BOUND = 16.0
"""Difference of 99.5 % of the values at most: a triangle may fall otherwise, a face may not."""


@pytest.mark.parametrize("name", FILTERS)
def test_filter_draws_its_golden_picture(name: str) -> None:
    golden = np.asarray(Image.open(golden_path(name)).convert("RGB"), np.float64)
    difference = np.abs(np.asarray(draw(name), np.float64) - golden)
    assert difference.mean() <= MEAN_BOUND
    assert np.percentile(difference, 99.5) <= PERCENTILE_BOUND


def test_no_golden_picture_is_left_of_a_filter_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(FILTERS)
