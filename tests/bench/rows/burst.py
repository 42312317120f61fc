"""Twenty guests at once before one ComfyUI: whether it ever idles, and what its fall in mid-burst costs."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.figures import Figure, Row, Spread
from tests.bench.spark import BOOTH, CLIENT, FLOOR, JOB_S, doubles, gaps_s, spark, worked

JOBS = 20
FLOOR_JOBS = 5  # each tells the same
MOST_IDLE = 0.5  # %, so that the server is busy for 99.5 %
FALLS_AFTER_S, DOWN_S, GRACE_S = 7.5, 3.0, 2.0


@dataclass(frozen=True, slots=True)
class Burst:
    """Pictures that are missing, renders done twice, seconds to the last picture, and idle % in between."""

    missing: int
    doubles: int
    wall_s: float
    idle: float


def burst(client: str, jobs: int, *, falls: bool = False) -> Burst:
    """Send all jobs at once; at will the server falls in the middle, and comes back."""
    with spark() as fake:
        fall = threading.Timer(FALLS_AFTER_S, fake.restart, (DOWN_S,))
        if falls:
            fall.start()
        waits = worked(client, [fake], jobs, at_once=jobs).waits_s
        gaps = gaps_s(fake)
        idle = 100 * sum(gaps) / (sum(gaps) + jobs * JOB_S)
        return Burst(jobs - len(waits), doubles(fake), max(waits), idle)


def run(rounds: int) -> Iterator[Figure]:
    floor = Spread.of(burst(FLOOR, FLOOR_JOBS).idle for _ in range(rounds))
    alone = Spread.of(burst(CLIENT, JOBS).idle for _ in range(rounds))
    yield Figure("the server idles between renders, before our renderer", "%", alone, floor, MOST_IDLE)
    calm = [burst(BOOTH, JOBS) for _ in range(rounds)]
    idle = Spread.of(one.idle for one in calm)
    yield Figure("… before booth, line and store", "%", idle, floor, MOST_IDLE)
    fallen = [burst(BOOTH, JOBS, falls=True) for _ in range(rounds)]
    yield Figure("pictures missing after a fall", "", Spread.of(one.missing for one in fallen), bound=0)
    yield Figure("renders done twice after a fall", "", Spread.of(one.doubles for one in fallen), bound=0)
    calm_s, fallen_s = (Spread.of(one.wall_s for one in side) for side in (calm, fallen))
    yield Figure("until the last picture, with a fall beside without", "s", fallen_s, calm_s)
    longer = Spread.of(one.wall_s - calm_s.median for one in fallen)
    yield Figure(f"… longer by, {DOWN_S:g} s of it down", "s", longer, bound=DOWN_S + GRACE_S)


BURST = Row(
    "burst",
    f"{JOBS} guests at once before one ComfyUI with jobs of {JOB_S:g} s; it falls for {DOWN_S:g} s",
    "a server that was given its whole queue by a bare script",
    1,
    run,
)
