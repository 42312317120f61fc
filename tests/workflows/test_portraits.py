import io

import pytest
from PIL import Image

from workflows.portraits import COLLINS, HOPPER, SAMPLE, portrait


@pytest.mark.parametrize("name", [COLLINS, HOPPER])
def test_portrait_is_a_small_jpeg_without_metadata(name: str) -> None:
    data = portrait(name)
    photo = Image.open(io.BytesIO(data))
    assert photo.format == "JPEG"
    assert photo.mode == "RGB"
    assert max(photo.size) <= 1024
    assert len(data) <= 250_000
    assert not photo.getexif()
    assert not {"icc_profile", "exif", "comment", "xmp"} & set(photo.info)


def test_sample_is_one_of_the_portraits() -> None:
    assert portrait(SAMPLE) == portrait(COLLINS)


def test_unknown_portrait_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        portrait("nobody")
