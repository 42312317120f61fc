"""A job as the HTTP surface tells it."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.nouns import Job, JobView
from bot.states import JobState

STATUS: Mapping[JobState, str] = MappingProxyType(
    {
        JobState.CHOOSING: "waiting",
        JobState.WAITING: "waiting",
        JobState.RENDERING: "rendering",
        JobState.DELIVERING: "done",
        JobState.DONE: "done",
        JobState.FAILED: "failed",
        JobState.CANCELLED: "cancelled",
    }
)
FINAL = frozenset({"done", "failed", "cancelled"})


def status_of(state: JobState) -> str:
    """The state's name outside: a picture that is being delivered is there already."""
    return STATUS[state]


def job_answer(view: JobView) -> dict[str, object]:
    """``id``, ``status``, ``position`` (1 is next, 0 once it renders) and ``eta_s``."""
    return {
        "id": view.job.id,
        "status": status_of(view.job.state),
        "position": view.place.position,
        "eta_s": round(view.place.eta_s, 1),
    }


def sharing_answer(job: Job) -> dict[str, object]:
    """How others see it: ``shared`` is None, ``shown``, ``held`` or ``hidden``; and whether with a name."""
    return {"shared": job.shared, "named": job.named}
