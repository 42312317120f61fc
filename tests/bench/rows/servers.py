"""Four ComfyUI servers beside one."""

from collections.abc import Iterator
from contextlib import ExitStack

from tests.bench.figures import Figure, Row, Spread
from tests.bench.spark import CLIENT, JOB_S, span_s, spark, worked

SERVERS = 4
JOBS = 80
ONE_S_JOBS = 10  # one server's pace shows after so many
LEAST_TIMES = 3.8


def seconds_a_job(servers: int, jobs: int) -> float:
    """Seconds from the first start to the last end, for each job."""
    with ExitStack() as stack:
        fakes = [stack.enter_context(spark()) for _ in range(servers)]
        worked(CLIENT, fakes, jobs, at_once=jobs)
        return span_s(fakes) / jobs


def run(rounds: int) -> Iterator[Figure]:
    pairs = [(seconds_a_job(SERVERS, JOBS), seconds_a_job(1, ONE_S_JOBS)) for _ in range(rounds)]
    four, one = (Spread.of(side) for side in zip(*pairs, strict=True))
    yield Figure(f"a job on {SERVERS} servers, {JOBS} at once", "s", four, one)
    shares = Spread.of(100 * many / single for many, single in pairs)
    yield Figure(
        f"… of one server's time ({LEAST_TIMES:g} times as fast)",
        "%",
        shares,
        bound=round(100 / LEAST_TIMES, 1),
    )


SERVERS_ROW = Row(
    "servers",
    f"{JOBS} jobs of {JOB_S:g} s on {SERVERS} ComfyUI servers",
    f"the same renderer with one server and {ONE_S_JOBS} jobs",
    1,
    run,
)
