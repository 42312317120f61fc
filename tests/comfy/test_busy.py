"""A server's working time, from its messages."""

from comfy.busy import Busy
from comfy.protocol import Crash, Executing, Failed, Started, Succeeded


def test_time_between_start_and_end_counts() -> None:
    busy = Busy()
    busy.hear(Started("a"), 10.0)
    assert busy.seconds(11.5) == 1.5
    busy.hear(Executing("a", None), 11.5)
    busy.hear(Succeeded("a"), 12.0)
    assert busy.seconds(99.0) == 2.0
    busy.hear(Started("b"), 100.0)
    busy.hear(Failed("b", Crash("1", "KSampler", "RuntimeError", "")), 100.5)
    assert busy.seconds(200.0) == 2.5


def test_an_end_that_was_not_heard_is_the_next_one_s_start() -> None:
    busy = Busy()
    busy.hear(Started("a"), 0.0)
    busy.hear(Started("b"), 3.0)
    busy.hear(Succeeded("a"), 4.0)
    assert busy.seconds(5.0) == 5.0
    busy.hear(Succeeded("b"), 5.0)
    assert busy.seconds(9.0) == 5.0


def test_a_server_that_is_lost_does_not_count_on() -> None:
    busy = Busy()
    busy.hear(Started("a"), 0.0)
    busy.pause(2.0)
    busy.hear(Succeeded("a"), 7.0)
    assert busy.seconds(9.0) == 2.0
