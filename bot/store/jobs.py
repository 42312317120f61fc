"""A guest's side of the jobs: written down, looked at, cancelled, erased; and the line as it stands."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.errors import LineFull, TooManyUnfinished
from bot.line import Standing, next_turn
from bot.nouns import ChatKey, GuestKey, Job, JobId, JobKind, PhotoRef, Style, StyleId
from bot.states import JobState
from bot.store.database import LINE_LOCK, Database
from bot.store.guests import note_style
from bot.store.rows import ORDER, move, to_job
from bot.store.tables import jobs, live
from bot.store.transaction import Transaction

FULL_RETRY_S = 60.0
GUEST_RETRY_S = 5.0
MAX_SEED = 2**31 - 1
GONE = {"has_photo": False, "has_picture": False, "source": None, "owner": None, "fetch_owner": None}
"""A cancelled job's photo and picture are neither kept nor fetched, and nobody works on it."""
OF_GUESTS = jobs.c.kind == "guest"


@dataclass(frozen=True, slots=True)
class NewJob:
    """What a row begins with.

    Attributes:
        style: None while the guest still chooses.
        source: Where the photo is fetched from; None when it is in the vault already.
        priority: Higher ones are taken first, whoever waits.
    """

    id: JobId
    event: str
    guest: GuestKey
    chat: ChatKey
    language: str
    seed: int
    style: Style | None
    message: str | None = None
    context: str = field(default="", repr=False)
    source: PhotoRef | None = field(default=None, repr=False)
    priority: int = 0
    kind: JobKind = "guest"
    subject: GuestKey | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What the line takes: unfinished jobs a guest (0 = any number), and waiting jobs in all."""

    guest: int
    line: int


def new_job_id() -> JobId:
    """A lower-case hyphenated UUID, which ComfyUI takes as ``prompt_id``."""
    return JobId(str(uuid.uuid4()))


class JobStore:
    """All statements about jobs."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    # -- a guest's side ---------------------------------------------------------------------------------

    async def add(self, new: NewJob, limits: Limits) -> tuple[Job, bool]:
        """Write a job down; an event that came before gives its job again.

        Returns:
            The job, and whether it is new.

        Raises:
            TooManyUnfinished: the guest's limit.
            LineFull: everybody's limit.
            DiskFull: nothing was kept.
        """
        async with self._db.write() as connection:
            await self._db.serialise(connection, LINE_LOCK)
            present = await self._first(connection, jobs.c.event == new.event)
            if present is not None:
                return present, False
            if new.kind == "guest":
                await self._check_limits(connection, new.guest, limits)
            if new.style is not None and new.kind == "guest":
                await note_style(self._db, connection, new.guest, new.style.id)
            row = self._db.insert(jobs).values(await self._new_row(connection, new)).returning(jobs)
            return to_job((await connection.execute(row)).one()), True

    async def check_limits(self, guest: GuestKey, limits: Limits) -> None:
        """Raise what :meth:`add` would raise now, before a photo is sent for nothing."""
        async with self._db.read() as connection:
            await self._check_limits(connection, guest, limits)

    async def choose(self, job: JobId, guest: GuestKey, style: Style) -> Job | None:
        """``choosing`` → ``waiting``: the guest has chosen; None when the job isn't choosing any more."""
        async with self._db.write() as connection:
            await self._db.serialise(connection, LINE_LOCK)
            present = await self._first(
                connection, jobs.c.id == job, jobs.c.guest == guest, jobs.c.state == JobState.CHOOSING
            )
            if present is None:
                return None
            await note_style(self._db, connection, guest, style.id)
            turns = await self._turns(connection, guest, present.chat, style.renderer)
            change = move(JobState.WAITING, self._db.now(), jobs.c.id == job).values(
                style=style.id, renderer=style.renderer, entered=self._db.now(), **turns
            )
            row = (await connection.execute(change.returning(jobs))).one_or_none()
            return None if row is None else to_job(row)

    async def get(self, job: JobId, guest: GuestKey) -> Job | None:
        """A guest's own job, or None."""
        async with self._db.read() as connection:
            return await self._first(connection, jobs.c.id == job, jobs.c.guest == guest)

    async def seen_by(self, job: JobId, guest: GuestKey) -> Job | None:
        """A job that a guest has asked for, or that shows them; None where it is neither."""
        either = sa.or_(jobs.c.guest == guest, jobs.c.subject == guest)
        async with self._db.read() as connection:
            return await self._first(connection, jobs.c.id == job, either)

    async def by_event(self, event: str) -> Job | None:
        """The job that an inbound event made, or None."""
        async with self._db.read() as connection:
            return await self._first(connection, jobs.c.event == event)

    async def by_message(self, chat: ChatKey, message: str) -> Job | None:
        """The newest job that is shown in a chat's message, whosever it is."""
        async with self._db.read() as connection:
            return await self._newest(connection, jobs.c.chat == chat, jobs.c.message == message)

    async def latest(self, guest: GuestKey, chat: ChatKey) -> Job | None:
        """A guest's newest unfinished job in a chat."""
        async with self._db.read() as connection:
            return await self._newest(connection, jobs.c.guest == guest, jobs.c.chat == chat, live, OF_GUESTS)

    async def newest(self, guest: GuestKey, chat: ChatKey, limit: int) -> Sequence[Job]:
        """A guest's jobs in a chat, in whatever state, the newest first."""
        here = (jobs.c.guest == guest, jobs.c.chat == chat, OF_GUESTS)
        query = sa.select(jobs).where(*here).order_by(jobs.c.seq.desc()).limit(limit)
        async with self._db.read() as connection:
            return [to_job(row) for row in await connection.execute(query)]

    async def pictures(self, guest: GuestKey, limit: int) -> Sequence[Job]:
        """A guest's jobs whose picture is there, the newest first."""
        there = (OF_GUESTS, jobs.c.has_picture, jobs.c.state.in_([JobState.DELIVERING, JobState.DONE]))
        query = sa.select(jobs).where(jobs.c.guest == guest, *there).order_by(jobs.c.seq.desc()).limit(limit)
        async with self._db.read() as connection:
            return [to_job(row) for row in await connection.execute(query)]

    async def last_photo(self, guest: GuestKey) -> Job | None:
        """A guest's newest job whose photo is still kept."""
        async with self._db.read() as connection:
            return await self._newest(connection, jobs.c.guest == guest, jobs.c.has_photo, OF_GUESTS)

    async def cancel(self, job: JobId, guest: GuestKey) -> Job | None:
        """Any state before a picture → ``cancelled``; None when there is one already, or it is not theirs."""
        async with self._db.write() as connection:
            change = move(JobState.CANCELLED, self._db.now(), jobs.c.id == job, jobs.c.guest == guest)
            row = (await connection.execute(change.values(**GONE).returning(jobs))).one_or_none()
            return None if row is None else to_job(row)

    # -- the line ---------------------------------------------------------------------------------------

    async def line(self, renderer: str) -> tuple[Sequence[Standing], Sequence[Job]]:
        """A renderer's rendering and waiting jobs, the waiting in the order in which they will be taken."""
        standing = jobs.c.state.in_([JobState.RENDERING, JobState.WAITING])
        query = sa.select(jobs, (self._db.now() - jobs.c.changed).label("age"))
        async with self._db.read() as connection:
            rows = (
                await connection.execute(query.where(jobs.c.renderer == renderer, standing).order_by(*ORDER))
            ).all()
        found = [
            Standing(JobId(row.id), StyleId(row.style), row.age if row.state == JobState.RENDERING else None)
            for row in rows
        ]
        return found, [to_job(row) for row in rows]

    async def unfinished(self) -> int:
        """How many jobs are still to be done."""
        async with self._db.read() as connection:
            return int(await connection.scalar(sa.select(sa.func.count()).where(live)) or 0)

    async def promised(self) -> Sequence[Job]:
        """Every guest's unfinished jobs, the oldest first."""
        query = sa.select(jobs).where(live, OF_GUESTS).order_by(jobs.c.seq)
        async with self._db.read() as connection:
            return [to_job(row) for row in await connection.execute(query)]

    async def of_style(self, style: StyleId) -> Sequence[Job]:
        """All jobs of one style, the oldest first."""
        query = sa.select(jobs).where(jobs.c.style == style).order_by(jobs.c.seq)
        async with self._db.read() as connection:
            return [to_job(row) for row in await connection.execute(query)]

    async def _check_limits(self, connection: Transaction, guest: GuestKey, limits: Limits) -> None:
        own = sa.func.coalesce(sa.func.sum(sa.case((jobs.c.guest == guest, 1), else_=0)), 0)
        waiting = sa.func.coalesce(sa.func.sum(sa.case((jobs.c.state == JobState.WAITING, 1), else_=0)), 0)
        row = (await connection.execute(sa.select(own, waiting).where(live, OF_GUESTS))).one()
        if limits.guest and row[0] >= limits.guest:
            raise TooManyUnfinished(GUEST_RETRY_S, limit=limits.guest)
        if row[1] >= limits.line:
            raise LineFull(FULL_RETRY_S)

    async def _new_row(self, connection: Transaction, new: NewJob) -> dict[str, Any]:
        turns = {"turn": 0, "chat_turn": 0}
        if new.style is not None:
            turns = await self._turns(connection, new.guest, new.chat, new.style.renderer)
        return {
            "id": new.id,
            "event": new.event,
            "guest": new.guest,
            "chat": new.chat,
            "platform": new.chat.partition(":")[0],
            "language": new.language,
            "state": JobState.CHOOSING if new.style is None else JobState.WAITING,
            "style": None if new.style is None else new.style.id,
            "renderer": None if new.style is None else new.style.renderer,
            "seed": new.seed,
            "kind": new.kind,
            "subject": new.subject if new.subject != new.guest else None,
            "priority": new.priority,
            **turns,
            "due": 0.0,
            "lease": 0.0,
            "attempt": 0,
            "crashes": 0,
            "message": new.message,
            "context": new.context,
            "source": new.source,
            "has_photo": new.source is None,
            "has_picture": False,
            "created": self._db.now(),
            "changed": self._db.now(),
            "entered": None if new.style is None else self._db.now(),
        }

    async def _turns(
        self, connection: Transaction, guest: GuestKey, chat: ChatKey, renderer: str
    ) -> dict[str, int]:
        here = (live, jobs.c.renderer == renderer)
        waiting = (*here, jobs.c.state == JobState.WAITING)
        last = sa.select(sa.func.max(jobs.c.turn)).where(jobs.c.guest == guest, *here).scalar_subquery()
        lowest = sa.select(sa.func.min(jobs.c.turn)).where(*waiting).scalar_subquery()
        turn = next_turn(*(await connection.execute(sa.select(last, lowest))).one())
        same = jobs.c.turn == turn
        chat_last = (
            sa.select(sa.func.max(jobs.c.chat_turn)).where(jobs.c.chat == chat, same, *here).scalar_subquery()
        )
        chat_lowest = sa.select(sa.func.min(jobs.c.chat_turn)).where(same, *waiting).scalar_subquery()
        chat_turn = next_turn(*(await connection.execute(sa.select(chat_last, chat_lowest))).one())
        return {"turn": turn, "chat_turn": chat_turn}

    async def haunts(self, most: int) -> Sequence[ChatKey]:
        """The chats from which guests' photos came, but for a guest's own, the latest first."""
        last, shared = sa.func.max(jobs.c.seq), jobs.c.chat != jobs.c.guest
        query = sa.select(jobs.c.chat).where(jobs.c.kind == "guest", shared).group_by(jobs.c.chat)
        async with self._db.read() as connection:
            rows = await connection.execute(query.order_by(last.desc()).limit(most))
            return [ChatKey(row.chat) for row in rows]

    async def _first(self, connection: Transaction, *where: sa.ColumnElement[bool]) -> Job | None:
        row = (await connection.execute(sa.select(jobs).where(*where))).one_or_none()
        return None if row is None else to_job(row)

    async def _newest(self, connection: Transaction, *where: sa.ColumnElement[bool]) -> Job | None:
        query = sa.select(jobs).where(*where).order_by(jobs.c.seq.desc()).limit(1)
        row = (await connection.execute(query)).one_or_none()
        return None if row is None else to_job(row)
