"""The trail of one job: which job the running code works on, and the steps that are told to whoever counts.

The job is carried by a context variable, so every log line below knows it without being handed it, also in
the libraries that are called; tasks inherit it (PEP 567).
"""

import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal

from bot.nouns import Claim, Job, JobId, StyleId

StepName = Literal["intake", "wait", "render", "deliver"]


@dataclass(slots=True)
class Trail:
    """Where the running code is; ``server`` is filled in by a renderer that has several."""

    job: JobId
    server: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a photo's way that has ended, or that one try at it has.

    Attributes:
        name: ``intake`` is fetching and cleaning, ``wait`` is the line.
        outcome: ``done``, or a short code of what went wrong.
        ended: Seconds since the epoch.
        seconds: How long it took.
        attempt: Counts from 1.
        platform: Where the guest is.
        style: None while the guest still chooses.
        server: The renderer's machine, or the renderer where it is this one; empty outside of ``render``.
        entered: When the job entered the line, in seconds since the epoch.
    """

    name: StepName
    job: JobId
    outcome: str
    ended: float
    seconds: float
    attempt: int
    platform: str
    style: StyleId | None = None
    renderer: str = ""
    server: str = ""
    entered: float | None = None


OnStep = Callable[[Step], None]
"""Told of each step; it neither waits nor raises."""

Work = Callable[[Claim], Coroutine[Any, Any, None]]

_trail: ContextVar[Trail | None] = ContextVar("petaflop_trail", default=None)


def trail() -> Trail | None:
    """The trail that the running code is on."""
    return _trail.get()


@contextmanager
def on_trail(job: JobId) -> Iterator[Trail]:
    """Work on a job while the block runs; within the same job's block it goes on with that one's trail."""
    present = _trail.get()
    mine = present if present is not None and present.job == job else Trail(job)
    token = _trail.set(mine)
    try:
        yield mine
    finally:
        _trail.reset(token)


def followed(work: Work) -> Work:
    """The same work, on its job's trail."""

    async def following(claim: Claim) -> None:
        with on_trail(claim.job.id):
            await work(claim)

    return following


def step(name: StepName, job: Job, outcome: str, seconds: float, attempt: int = 1) -> Step:
    """A step that has ended just now; a render's server is the one of the running code's trail."""
    present = _trail.get()
    server = present.server if name == "render" and present is not None else ""
    return Step(
        name=name,
        job=job.id,
        outcome=outcome,
        ended=time.time(),
        seconds=seconds,
        attempt=attempt,
        platform=job.chat.partition(":")[0],
        style=job.style,
        renderer=job.renderer or "",
        server=server or (job.renderer or "" if name == "render" else ""),
        entered=job.entered,
    )


def at_server(name: str) -> None:
    """The job is at this machine now."""
    present = _trail.get()
    if present is not None:
        present.server = name


def all_of(*listeners: OnStep) -> OnStep:
    """Tell several, in their order."""
    awake = [listener for listener in listeners if listener is not no_step]

    def tell(step: Step) -> None:
        for listener in awake:
            listener(step)

    return tell


def no_step(_step: Step) -> None:
    """Nobody counts."""
