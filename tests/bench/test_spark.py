"""The clients of the ComfyUI rows do what they are measured by."""

import itertools

import pytest

from tests.bench.spark import BOOTH, CLIENT, FLOOR, doubles, gaps_s, jittered, span_s, spark, worked
from tests.fakes.comfyui.machine import Render

QUICK = [0.05] * 4


@pytest.mark.parametrize(("client", "at_once"), [(FLOOR, 4), (CLIENT, 1), (BOOTH, 4)])
def test_each_client_renders_every_job_once_with_three_requests(client: str, at_once: int) -> None:
    with spark(QUICK) as fake:
        shift = worked(client, [fake], len(QUICK), at_once=at_once)
        renders = [render.outcome for render in fake.renders]
    assert len(shift.waits_s) == len(QUICK)
    assert min(shift.waits_s) >= min(QUICK)
    assert renders == ["success"] * (1 + len(QUICK))
    assert shift.requests == 3
    assert (shift.pixels_s > 0) == (client == BOOTH)


def test_gaps_span_and_doubles_are_read_off_the_renders() -> None:
    with spark() as fake:
        fake.renders += itertools.starmap(
            Render,
            [
                ("warm-up", None, 0.0, 1.0, "success"),
                ("a", None, 2.0, 3.0, "success"),
                ("b", None, 3.5, 4.0, "killed"),
                ("b", None, 6.0, 7.0, "success"),
                ("a", None, 7.0, 8.0, "success"),
            ],
        )
        assert gaps_s(fake) == [0.5, 2.0, 0.0]
        assert span_s([fake]) == 6.0
        assert doubles(fake) == 1


def test_jitter_is_always_the_same() -> None:
    assert jittered(8) == jittered(8)
    assert all(0.8 <= seconds <= 1.2 for seconds in jittered(100))
