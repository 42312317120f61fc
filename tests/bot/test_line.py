"""The line's arithmetic, as properties."""

from hypothesis import given
from hypothesis import strategies as st

from bot.line import Pace, Standing, newcomer_eta_s, next_turn, places
from bot.nouns import JobId, StyleId

FAST, SLOW = StyleId("fast"), StyleId("slow")
PACE = Pace({FAST: 2.0, SLOW: 10.0})


def waiting(name: str, style: StyleId = FAST) -> Standing:
    return Standing(JobId(name), style)


def served(arrivals: list[int]) -> list[int]:
    """Whom a line serves when everybody waits already: guests by number, in their order of arrival."""
    line: list[tuple[int, int, int]] = []
    for number, guest in enumerate(arrivals):
        own = [turn for turn, _, other in line if other == guest]
        turn = next_turn(max(own, default=None), min((turn for turn, _, _ in line), default=None))
        line.append((turn, number, guest))
    return [guest for _, _, guest in sorted(line)]


@given(st.lists(st.integers(0, 4), max_size=40))
def test_nobody_is_served_twice_before_a_waiting_guest_is_served_once(arrivals: list[int]) -> None:
    order = served(arrivals)
    assert sorted(order) == sorted(arrivals)
    for rank in range(len(order)):
        counts = {guest: order[:rank].count(guest) for guest in set(arrivals)}
        left = {guest for guest in counts if order[rank:].count(guest)}
        if left:
            assert max(counts.values()) - min(counts[guest] for guest in left) <= 1


def test_rendering_jobs_have_no_place_and_their_time_runs_down() -> None:
    found = places([Standing(JobId("a"), SLOW, 4.0), waiting("b")], PACE, 1)
    assert (found[JobId("a")].position, found[JobId("a")].eta_s) == (0, 6.0)
    assert (found[JobId("b")].position, found[JobId("b")].eta_s) == (1, 8.0)


def test_more_hands_share_what_is_ahead() -> None:
    line = [waiting(name) for name in "abcd"]
    assert places(line, PACE, 2)[JobId("d")].eta_s == 3 * 2.0 / 2 + 2.0
    assert places(line, PACE, 0) == places(line, PACE, 1)


def test_a_render_that_takes_longer_than_ever_never_gives_a_negative_time() -> None:
    assert places([Standing(JobId("a"), FAST, 99.0)], PACE, 1)[JobId("a")].eta_s == 0.0


@given(st.lists(st.sampled_from([FAST, SLOW]), max_size=30), st.integers(1, 4))
def test_places_are_1_2_3_and_a_newcomer_waits_longest_of_its_style(
    styles: list[StyleId], slots: int
) -> None:
    line = [waiting(str(number), style) for number, style in enumerate(styles)]
    found = places(line, PACE, slots)
    assert [found[entry.job].position for entry in line] == list(range(1, len(line) + 1))
    eta = newcomer_eta_s(line, FAST, PACE, slots)
    assert all(eta >= found[entry.job].eta_s for entry in line if entry.style == FAST)
