"""Golden pictures: what each filter made of the sample portrait when somebody last looked at it and liked it.

After a deliberate change of a look, make them anew, look at them, and commit them:

    python -m tests.workflows.regenerate [NAME …]
"""

from pathlib import Path

from PIL import Image

from tests.workflows.photos import portrait_image
from workflows.filters import apply_filter
from workflows.portraits import SAMPLE

FOLDER = Path(__file__).parent / "golden"
LONG_SIDE = 256
SEED = 2026


def golden_path(name: str) -> Path:
    return FOLDER / f"{name}.webp"


def draw(name: str) -> Image.Image:
    """What the filter makes of the sample portrait now."""
    return apply_filter(name, portrait_image(SAMPLE, LONG_SIDE), SEED)


def regenerate(name: str) -> None:
    draw(name).save(golden_path(name), lossless=True, quality=100, method=6)
