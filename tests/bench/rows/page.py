"""The guest page's bytes: what a phone downloads for its first visit, and for each picture."""

import asyncio
import itertools
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from comfy.catalogue import load_catalogue
from tests.bench.booth import open_booth
from tests.bench.download import first_visit
from tests.bench.figures import Figure, Row, Spread
from tests.bench.guest import Visit, new_guest, visit
from tests.bench.photos import megapixel_jpeg
from tests.bench.pixels import SEED

KB = 1000
KINDS: Mapping[str, str] = {
    "/": "the page",
    ".css": "style sheet",
    ".js": "scripts",
    ".woff2": "font",
    ".webp": "style previews",
    ".svg": "icon",
}


def run(rounds: int) -> Iterator[Figure]:
    styles = itertools.islice(itertools.cycle(style.id for style in load_catalogue().filters), rounds)
    with tempfile.TemporaryDirectory() as folder, open_booth(Path(folder)) as booth:
        loaded = first_visit(booth.url)
        visits = asyncio.run(_visited(booth.url, list(styles)))
    for ending, name in KINDS.items():
        sizes = [size for path, size in loaded.items() if path.endswith(ending)]
        yield _kilobytes(f"first visit: {name} ({len(sizes)})", [sum(sizes)])
    yield _kilobytes(f"first visit: all ({len(loaded)})", [sum(loaded.values())])
    pictures = [one.picture_bytes for one in visits]
    yield _kilobytes(
        "a job: events without previews", [one.stream_bytes - one.preview_bytes for one in visits]
    )
    yield _kilobytes("a job: previews", [one.preview_bytes for one in visits])
    yield _kilobytes(
        "a job: all, beside its picture", [one.stream_bytes + one.picture_bytes for one in visits], pictures
    )


async def _visited(url: str, styles: Sequence[str]) -> Sequence[Visit]:
    async with new_guest(url) as phone:
        return [await visit(phone, megapixel_jpeg(SEED), style) for style in styles]


def _kilobytes(what: str, ours: Sequence[int], floor: Sequence[int] = ()) -> Figure:
    beside = Spread.of(size / KB for size in floor) if floor else None
    return Figure(what, "kB", Spread.of(size / KB for size in ours), beside)


PAGE = Row(
    "page",
    "Bytes down to a phone, compressed as served",
    "the picture's own bytes",
    5,
    run,
)
