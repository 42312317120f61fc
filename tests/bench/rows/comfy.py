"""What our code adds to a render of one second, beside the least that leads to its picture."""

from collections.abc import Iterator, Sequence

from tests.bench.figures import Figure, Row, Spread
from tests.bench.spark import BOOTH, CLIENT, FLOOR, Shift, jittered, spark, worked

JOBS = 8
MOST_ADDED_S, MOST_ADDED_BY_ALL_S, MOST_REQUESTS = 0.03, 0.1, 3


def run(rounds: int) -> Iterator[Figure]:
    nominal = jittered(JOBS) * rounds
    shifts = [[shift(client) for client in (FLOOR, CLIENT, BOOTH)] for _ in range(rounds)]
    floor, ours, booth = zip(*shifts, strict=True)
    yield _added("added by the renderer", ours, floor, nominal)
    yield _beyond("… over the floor", ours, floor, MOST_ADDED_S)
    yield _added("added through booth, line and store", booth, floor, nominal)
    yield _beyond("… over the floor", booth, floor, MOST_ADDED_BY_ALL_S)
    yield Figure("… of it intake and frame", "s", Spread.of(shift.pixels_s for shift in booth))
    requests = Spread.of(shift.requests for shift in (*ours, *booth))
    bare = Spread.of(shift.requests for shift in floor)
    yield Figure("requests a job until its picture is here", "", requests, bare, MOST_REQUESTS)


def shift(client: str) -> Shift:
    """The same jobs for every client, one after the other."""
    with spark(jittered(JOBS)) as fake:
        return worked(client, [fake], JOBS, at_once=1)


def _waits(shifts: Sequence[Shift]) -> list[float]:
    return [wait for shift in shifts for wait in shift.waits_s]


def _added(what: str, ours: Sequence[Shift], floor: Sequence[Shift], nominal: Sequence[float]) -> Figure:
    mine, bare = (
        Spread.of(wait - render for wait, render in zip(_waits(shifts), nominal, strict=True))
        for shifts in (ours, floor)
    )
    return Figure(what, "s", mine, bare)


def _beyond(what: str, ours: Sequence[Shift], floor: Sequence[Shift], bound: float) -> Figure:
    """Job by job: both had the same ones."""
    pairs = zip(_waits(ours), _waits(floor), strict=True)
    return Figure(what, "s", Spread.of(mine - bare for mine, bare in pairs), bound=bound)


COMFY = Row(
    "comfy",
    f"{JOBS} jobs of 0.8 to 1.2 s, one after the other, on a ComfyUI that costs nothing itself",
    "a bare httpx and websockets script that does the same",
    1,
    run,
)
