"""The states of one job, and the only ways from one to the next.

::

    choosing ──► waiting ──► rendering ──► delivering ──► done
        │           │  ▲         │ │            │
        │           │  └─ retry ─┘ │            │
        ▼           ▼              ▼
          failed, cancelled

From ``delivering`` on the picture exists: it is erased, not cancelled. Should it be missing all the same, the
job goes back to ``waiting`` and is painted again.

A job posted over HTTP starts in ``waiting``. Before it renders, a job fails when its photo, which is fetched
meanwhile, can't be used. The store writes each arrow as one guarded statement,
so that a restart finds every job exactly where its row says.
"""

from enum import StrEnum
from types import MappingProxyType


class JobState(StrEnum):
    """Where a job stands; the value is what the database holds."""

    CHOOSING = "choosing"
    WAITING = "waiting"
    RENDERING = "rendering"
    DELIVERING = "delivering"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


TRANSITIONS = MappingProxyType(
    {
        JobState.CHOOSING: frozenset({JobState.WAITING, JobState.FAILED, JobState.CANCELLED}),
        JobState.WAITING: frozenset({JobState.RENDERING, JobState.FAILED, JobState.CANCELLED}),
        JobState.RENDERING: frozenset(
            {JobState.DELIVERING, JobState.WAITING, JobState.FAILED, JobState.CANCELLED}
        ),
        JobState.DELIVERING: frozenset({JobState.DONE, JobState.WAITING}),
        JobState.DONE: frozenset[JobState](),
        JobState.FAILED: frozenset[JobState](),
        JobState.CANCELLED: frozenset[JobState](),
    }
)

UNFINISHED = frozenset(state for state, nexts in TRANSITIONS.items() if nexts)
FINISHED = frozenset(JobState) - UNFINISHED
ERASABLE = FINISHED | {JobState.DELIVERING}


def sources(target: JobState) -> frozenset[JobState]:
    """The states from which a job may go to ``target``."""
    return frozenset(state for state, nexts in TRANSITIONS.items() if target in nexts)
