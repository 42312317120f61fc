"""Rows and values: how the store's other files read a job, move it and fence a worker's write."""

import json
from typing import Any

import sqlalchemy as sa

from bot.nouns import ChatKey, Claim, GuestKey, Job, JobId, PhotoRef, StyleId
from bot.states import JobState, sources
from bot.store.tables import jobs

ORDER = (jobs.c.priority.desc(), jobs.c.turn, jobs.c.chat_turn, jobs.c.seq)
"""The order in which waiting jobs are taken."""


def move(target: JobState, now: sa.ColumnElement[float], *where: sa.ColumnElement[bool]) -> sa.Update:
    """The one statement of a transition: nothing changes where the job's state doesn't allow it."""
    allowed = jobs.c.state.in_(sorted(sources(target)))
    return jobs.update().where(allowed, *where).values(state=target, changed=now)


def fence(claim: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    """True only while the claim stands: not cancelled, not erased, not taken over."""
    return (
        jobs.c.id == claim.job.id,
        jobs.c.owner == claim.owner,
        jobs.c.attempt == claim.attempt,
        jobs.c.state == claim.job.state,
    )


def to_job(row: sa.Row[Any]) -> Job:
    """A row as the core sees it."""
    return Job(
        id=JobId(row.id),
        event=row.event,
        guest=GuestKey(row.guest),
        chat=ChatKey(row.chat),
        language=row.language,
        state=JobState(row.state),
        style=None if row.style is None else StyleId(row.style),
        renderer=row.renderer,
        seed=row.seed,
        attempt=row.attempt,
        crashes=row.crashes,
        failure=row.failure,
        failure_values={} if row.failure_values is None else json.loads(row.failure_values),
        message=row.message,
        context=row.context,
        source=None if row.source is None else PhotoRef(row.source),
        picture_ref=row.picture_ref,
        nudged=row.nudged,
        created=row.created,
        changed=row.changed,
        has_photo=row.has_photo,
        has_picture=row.has_picture,
        kind=row.kind,
        entered=row.entered,
        subject=None if row.subject is None else GuestKey(row.subject),
        shared=row.shared,
        named=row.named,
    )
