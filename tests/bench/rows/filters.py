"""Each instant filter beside a decode and encode of the same picture."""

from collections.abc import Iterator

from bot.nouns import StyleId
from comfy.catalogue import load_catalogue
from comfy.drawing import JPEG_QUALITY, draw
from comfy.embedded import PREVIEW_PX
from tests.bench.figures import Figure, Row
from tests.bench.floors.pillow import recoded
from tests.bench.measure import Work, side_by_side
from tests.bench.photos import megapixel_jpeg
from tests.bench.pixels import SEED

MOST_CPU_S, MOST_MB = 2.0, 400.0  # a megapixel's promise


def run(rounds: int) -> Iterator[Figure]:
    photo = megapixel_jpeg(SEED)
    bare = Work(recoded, (photo, JPEG_QUALITY), (photo, JPEG_QUALITY))
    for style in [style.id for style in load_catalogue().filters]:
        ours, floor = side_by_side(_drawn(style, photo), bare, rounds)
        yield Figure(f"{style}, processor", "s", ours.cpu_s, floor.cpu_s, MOST_CPU_S)
        yield Figure(f"{style}, peak", "MB", ours.peak_mb, floor.peak_mb, MOST_MB)


def _drawn(style: StyleId, photo: bytes) -> Work:
    return Work(draw, (style, photo, SEED, None), (style, photo, SEED, PREVIEW_PX))


FILTERS = Row(
    "filters",
    "Each instant filter on one megapixel, from JPEG to JPEG",
    "Pillow's decode and encode of the same picture",
    3,
    run,
)
