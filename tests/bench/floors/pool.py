"""A bare pool of processes: the pixels' work alone, without HTTP, store, line or bounds."""

import json
import pickle
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from multiprocessing import get_context

from tests.bench.measure import in_fresh_process

Job = tuple[str, bytes]
"""Style and photo."""
Paint = Callable[[str, bytes], int]


@dataclass(frozen=True, slots=True)
class Painted:
    """What a pool took: wall seconds to the last job, each job's wait, and processor seconds."""

    wall_s: float
    waits_s: Sequence[float]
    cpu_s: float


def painted(paint: Paint, jobs: Sequence[Job], processes: int) -> Painted:
    """Do all jobs, in a warm pool of a fresh script."""
    return Painted(**in_fresh_process(__name__, paint, jobs, processes))


def main() -> None:
    """The script."""
    paint, jobs, processes = pickle.load(sys.stdin.buffer)  # noqa: S301 # our parent's own
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for started in [pool.submit(timed, paint, *jobs[0]) for _ in range(processes)]:
            started.result()
        began = time.perf_counter()
        running = [pool.submit(timed, paint, *job) for job in jobs]
        waits = [time.perf_counter() - began for _ in as_completed(running)]
    json.dump(asdict(Painted(waits[-1], waits, sum(one.result() for one in running))), sys.stdout)


def timed(paint: Paint, style: str, photo: bytes) -> float:
    """Processor seconds of one job."""
    began = time.process_time()
    paint(style, photo)
    return time.process_time() - began


if __name__ == "__main__":
    main()
