"""The state machine."""

from bot.states import ERASABLE, FINISHED, TRANSITIONS, UNFINISHED, JobState, sources


def reachable(state: JobState) -> set[JobState]:
    found: set[JobState] = set()
    todo = [state]
    while todo:
        for following in TRANSITIONS[todo.pop()] - found:
            found.add(following)
            todo.append(following)
    return found


def test_every_unfinished_job_can_come_to_an_end() -> None:
    for state in UNFINISHED:
        assert reachable(state) & FINISHED


def test_a_job_is_cancelled_before_it_has_a_picture_and_erased_afterwards() -> None:
    assert sources(JobState.CANCELLED) | ERASABLE == frozenset(JobState)
    assert not sources(JobState.CANCELLED) & ERASABLE


def test_a_picture_is_only_told_as_done_after_its_delivery() -> None:
    assert sources(JobState.DONE) == {JobState.DELIVERING}
    assert sources(JobState.DELIVERING) == {JobState.RENDERING}


def test_an_end_is_an_end() -> None:
    assert {JobState.DONE, JobState.FAILED, JobState.CANCELLED} == FINISHED
