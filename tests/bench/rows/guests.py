"""Twenty guests at once on the page, beside the same work on pixels in a bare pool of processes."""

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from comfy.catalogue import load_catalogue
from tests.bench.booth import Booth, Memory, open_booth
from tests.bench.figures import Figure, Row, Spread
from tests.bench.floors.pool import Job, Painted, painted
from tests.bench.guest import Visit, new_guest, visit
from tests.bench.knocking import Waits, knocking, lag_bucket_s
from tests.bench.machine import cores
from tests.bench.photos import megapixel_jpeg
from tests.bench.pixels import filtered, whole_job

GUESTS_AT_ONCE = 20
IDLE_S = 1.0


@dataclass(frozen=True, slots=True)
class Rush:
    """One round with the real program."""

    visits: Sequence[Visit]
    wall_s: float
    main_cpu_s: float
    children_cpu_s: float
    stall_s: float
    idle_stall_s: float
    lag_bucket_s: float
    before: Memory
    after: Memory


def jobs() -> Sequence[Job]:
    """A photo a guest, all styles in turn."""
    styles = itertools.cycle(style.id for style in load_catalogue().filters)
    return [(next(styles), megapixel_jpeg(guest)) for guest in range(GUESTS_AT_ONCE)]


def rush(work: Sequence[Job]) -> Rush:
    """Start the program, let everybody in at once, and wait for the last picture."""
    with tempfile.TemporaryDirectory() as folder, open_booth(Path(folder)) as booth:
        asyncio.run(_visited(booth, work[:1]))
        before, idle = booth.memory(), _idle(booth)
        main_before, children_before = booth.cpu_s()
        with knocking(booth) as knocks:
            visits, wall_s = asyncio.run(_visited(booth, work))
            main_after, children_after = booth.cpu_s()
        return Rush(
            visits,
            wall_s,
            main_after - main_before,
            children_after - children_before,
            knocks.longest_s,
            idle.longest_s,
            lag_bucket_s(booth),
            before,
            booth.memory(),
        )


def _idle(booth: Booth) -> Waits:
    with knocking(booth) as knocks:
        time.sleep(IDLE_S)
    return knocks


async def _visited(booth: Booth, work: Sequence[Job]) -> tuple[Sequence[Visit], float]:
    phones = [new_guest(booth.url) for _ in work]
    started = time.perf_counter()
    pairs = zip(phones, work, strict=True)
    visits = await asyncio.gather(*(visit(phone, photo, style) for phone, (style, photo) in pairs))
    wall_s = time.perf_counter() - started
    for phone in phones:
        await phone.aclose()
    return visits, wall_s


def run(rounds: int) -> Iterator[Figure]:
    work = jobs()
    ours, filters, pixels = [], [], []
    for _ in range(rounds):
        ours.append(rush(work))
        filters.append(painted(filtered, work, cores()))
        pixels.append(painted(whole_job, work, cores()))
    yield from _times(ours, filters, pixels)
    yield _previews(ours)
    yield from _manners(ours, pixels)
    yield from _memories(ours)


def _times(ours: Sequence[Rush], filters: Sequence[Painted], pixels: Sequence[Painted]) -> Iterator[Figure]:
    wall = Spread.of(one.wall_s for one in ours)
    waits = [[guest.wait_s for guest in one.visits] for one in ours]
    yield Figure(
        "the last picture, beside filters alone", "s", wall, Spread.of(one.wall_s for one in filters)
    )
    yield Figure(
        "the last picture, beside intake, filter and frame alone",
        "s",
        wall,
        Spread.of(one.wall_s for one in pixels),
    )
    for share in (50, 95):
        yield Figure(
            f"wait of a guest, p{share}",
            "s",
            Spread.of(_percentile(one, share) for one in waits),
            Spread.of(_percentile(one.waits_s, share) for one in pixels),
        )


def _previews(ours: Sequence[Rush]) -> Figure:
    """How many guests got one: the floor draws none, so a booth that draws many does more than its floor."""
    seen = Spread.of(sum(guest.preview_bytes > 0 for guest in one.visits) for one in ours)
    return Figure("guests who saw a preview", "guests", seen)


def _manners(ours: Sequence[Rush], pixels: Sequence[Painted]) -> Iterator[Figure]:
    busy = [(one.main_cpu_s + one.children_cpu_s) / one.wall_s / cores() for one in ours]
    bare = [one.cpu_s / one.wall_s / cores() for one in pixels]
    yield Figure(
        f"busy share of {cores()} cores",
        "%",
        Spread.of(100 * share for share in busy),
        Spread.of(100 * share for share in bare),
    )
    yield Figure("processor, main process", "s", Spread.of(one.main_cpu_s for one in ours))
    yield Figure(
        "processor, children",
        "s",
        Spread.of(one.children_cpu_s for one in ours),
        Spread.of(one.cpu_s for one in pixels),
    )
    yield Figure(
        "longest answer of /healthz, asked every 20 ms, beside an idle booth's",
        "ms",
        Spread.of(1000 * one.stall_s for one in ours),
        Spread.of(1000 * one.idle_stall_s for one in ours),
    )
    yield Figure(
        "event loop's lag, highest bucket of /metrics",
        "ms",
        Spread.of(1000 * one.lag_bucket_s for one in ours),
    )


def _memories(ours: Sequence[Rush]) -> Iterator[Figure]:
    yield Figure(
        "memory of the main process, beside before",
        "MB",
        Spread.of(one.after.main_mb for one in ours),
        Spread.of(one.before.main_mb for one in ours),
    )
    yield Figure(
        f"memory of its {ours[0].after.children} children together, beside before",
        "MB",
        Spread.of(one.after.children_mb for one in ours),
        Spread.of(one.before.children_mb for one in ours),
    )


def _percentile(values: Sequence[float], share: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


GUESTS = Row(
    "guests",
    f"{GUESTS_AT_ONCE} guests post a megapixel at once, all styles, and follow their events to the picture",
    "a bare pool of one process a core with the same work on the same photos: no HTTP, no store",
    3,
    run,
)
