"""A stand-in for ComfyUI's machine: fake servers in this process, and their clients in others."""

import contextlib
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.measure import in_fresh_process
from tests.fakes.comfyui import Behaviour, FakeComfyUI
from workflows.portraits import SAMPLE, portrait

STYLE = "flux-oil"
JITTER_S = (0.8, 1.2)
JOB_S = 1.0
WARM_UP_S = 0.05
CLIENT = "tests.bench.clients.comfy"
BOOTH = "tests.bench.clients.booth"
FLOOR = "tests.bench.floors.comfyui"


@dataclass(frozen=True, slots=True)
class Shift:
    """What one client did: seconds of each job, and requests a job, its warm-up left out.

    ``pixels_s`` is what intake and frame of one photo take, where the client does them.
    """

    waits_s: Sequence[float]
    requests: float
    pixels_s: float = 0.0


def jittered(count: int) -> list[float]:
    """Seconds of jobs around one second, always the same ones."""
    dice = random.Random(count)
    return [dice.uniform(*JITTER_S) for _ in range(count)]


@contextlib.contextmanager
def spark(seconds: Sequence[float] = ()) -> Iterator[FakeComfyUI]:
    """A server whose first job is short, to warm up; the next take so long, and all others a second."""
    times = itertools.chain([WARM_UP_S], seconds, itertools.repeat(JOB_S))
    with FakeComfyUI(behaviour=Behaviour(job_seconds=lambda: next(times))) as fake:
        yield fake


def worked(client: str, fakes: Sequence[FakeComfyUI], jobs: int, *, at_once: int) -> Shift:
    """Let a client in a process of its own do so many jobs, after one to warm up on each server."""
    told: dict[str, Any] = in_fresh_process(
        client, [fake.url for fake in fakes], STYLE, portrait(SAMPLE), jobs, at_once
    )
    asked = sum(_requests_of_jobs(fake) for fake in fakes)
    return Shift(told["waits_s"], asked / (jobs + len(fakes)), told.get("pixels_s", 0.0))


def gaps_s(fake: FakeComfyUI) -> list[float]:
    """Seconds between the end of each render and the start of the next, the warm-up left out."""
    renders = fake.renders[1:]
    return [later.started - earlier.ended for earlier, later in itertools.pairwise(renders)]


def span_s(fakes: Sequence[FakeComfyUI]) -> float:
    """Seconds from the first start to the last end on any server, the warm-ups left out."""
    renders = [render for fake in fakes for render in fake.renders[1:]]
    return max(one.ended for one in renders) - min(one.started for one in renders)


def doubles(fake: FakeComfyUI) -> int:
    """Renders that succeeded though their job had succeeded before."""
    done = [render.job for render in fake.renders if render.outcome == "success"]
    return len(done) - len(set(done))


def _requests_of_jobs(fake: FakeComfyUI) -> int:
    """Requests but for four of getting to know the server, and three a job of removing what it left."""
    paths = fake.requests
    return len(paths) - 4 * paths.count("GET /system_stats") - 3 * paths.count("POST /history")
