"""Intake of phones' photos beside Pillow's bare reduced decode and encode."""

from collections.abc import Callable, Iterator

from bot.pixels.intake import JPEG_QUALITY
from tests.bench.figures import Figure, Row
from tests.bench.floors.heif import reduced_heic
from tests.bench.floors.pillow import reduced
from tests.bench.measure import Work, side_by_side
from tests.bench.photos import large_jpeg, phone_heic, phone_jpeg
from tests.bench.pixels import cleaned

PIXELS = 1 << 20
PHOTOS: tuple[tuple[str, Callable[[], bytes], Callable[..., bytes]], ...] = (
    ("12 MP JPEG", phone_jpeg, reduced),
    ("48 MP JPEG", large_jpeg, reduced),
    ("12 MP HEIC", phone_heic, reduced_heic),
)


def run(rounds: int) -> Iterator[Figure]:
    for name, make, bare in PHOTOS:
        photo = make()
        beside = photo, PIXELS, JPEG_QUALITY
        ours, floor = side_by_side(Work(cleaned, (photo,), (photo,)), Work(bare, beside, beside), rounds)
        yield Figure(f"{name}, processor", "s", ours.cpu_s, floor.cpu_s)
        yield Figure(f"{name}, peak", "MB", ours.peak_mb, floor.peak_mb)


INTAKE = Row(
    "intake",
    "A phone's photo becomes a clean JPEG of one megapixel",
    "Pillow's reduced decode, resize and encode of the same quality; nothing checked or converted",
    3,
    run,
)
