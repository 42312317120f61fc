"""The budget of calls, in virtual time."""

from collections import Counter

import pytest

from adapters.telegram.api.budget import REMEMBERED_CHATS, Budget, Pace, Paces, Rank


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def spend(budget: Budget, clock: Clock, chats: list[int], seconds: float) -> dict[int, list[float]]:
    """Call in each chat whenever it may be; returns the moments."""
    calls: dict[int, list[float]] = {chat: [] for chat in chats}
    end = clock.now + seconds
    while clock.now < end:
        for chat in chats:
            if budget.wait_s(chat) <= 0:
                budget.count(chat)
                calls[chat].append(clock.now)
        clock.now += 0.01
    return calls


def most_within(moments: list[float], window_s: float) -> int:
    return max(sum(start <= moment < start + window_s for moment in moments) for start in moments)


def test_a_group_never_gets_more_than_twenty_calls_a_minute() -> None:
    clock = Clock()
    calls = spend(Budget(clock=clock), clock, [-5], 300)
    assert most_within(calls[-5], 60) <= 20
    assert len(calls[-5]) > 70  # and what is allowed is used


def test_a_private_chat_gets_one_a_second_after_a_short_burst() -> None:
    clock = Clock()
    calls = spend(Budget(clock=clock), clock, [7], 60)
    assert most_within(calls[7], 1.0) <= 4
    assert 60 <= len(calls[7]) <= 64


def test_all_chats_together_stay_below_thirty_a_second() -> None:
    clock = Clock()
    calls = spend(Budget(clock=clock), clock, list(range(1, 101)), 5)
    seconds = Counter(int(moment) for moments in calls.values() for moment in moments)
    assert max(seconds.values()) <= 30


def test_statuses_leave_room_for_pictures() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    budget.count(-5)
    budget.count(-5)
    assert budget.wait_s(-5) == 0
    assert budget.wait_s(-5, Rank.STATUS) > 0


def test_what_takes_back_finds_a_turn_in_a_group_that_is_busy_posting() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    spend(budget, clock, [-5], 58)
    assert budget.wait_s(-5) > 0
    assert budget.wait_s(-5, Rank.TAKING_BACK) == 0
    budget.count(-5, Rank.TAKING_BACK)
    budget.count(-5, Rank.TAKING_BACK)
    assert 0 < budget.wait_s(-5, Rank.TAKING_BACK) < 4.1
    clock.now += budget.wait_s(-5, Rank.TAKING_BACK)
    assert budget.wait_s(-5) > 0  # the next turn is theirs who come first, too


def test_deletions_wait_for_no_group_yet_for_silence_and_for_all_chats() -> None:
    clock = Clock()
    budget = Budget(Paces(overall=Pace(1.0, 3.0, reserve=0.0)), clock)
    for _ in range(3):
        assert budget.wait_s(-5, Rank.DELETION) == 0
        budget.count(-5, Rank.DELETION)
    assert budget.wait_s(-5, Rank.DELETION) == pytest.approx(1.0)
    clock.now += 60
    assert budget.wait_s(-5, Rank.STATUS) == 0  # they have cost the group nothing
    budget.hold(-5, 30)
    assert budget.wait_s(-5, Rank.DELETION) == pytest.approx(30)


def test_silence_is_kept_to_the_letter_in_one_chat_only() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    budget.hold(7, 30)
    assert budget.wait_s(7) == pytest.approx(30)
    assert budget.wait_s(8) == 0
    clock.now += 29.9
    assert budget.wait_s(7) == pytest.approx(0.1)
    clock.now += 0.2
    assert budget.wait_s(7) == 0


def test_old_chats_are_forgotten() -> None:
    clock = Clock()
    budget = Budget(clock=clock)
    for chat in range(1, REMEMBERED_CHATS + 10):
        clock.now += 1
        budget.count(chat)
    assert budget.remembered == REMEMBERED_CHATS
