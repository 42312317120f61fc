"""Shares: which pictures others may see. A share's row and its job's two columns change together."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.exhibits import Share, ShareId, ShareState
from bot.nouns import ChatKey, GuestKey, JobId, StyleId
from bot.states import JobState
from bot.store.audit import Deed, write_down
from bot.store.database import Database
from bot.store.notes import Note, post
from bot.store.postings import PUBLIC, enqueue, post_anew, withdraw
from bot.store.tables import jobs, postings, reports, shares, votes
from bot.store.transaction import Transaction

HAS_PICTURE = (
    jobs.c.has_picture,
    jobs.c.state.in_([JobState.DELIVERING, JobState.DONE]),
    jobs.c.kind == "guest",
)

News = Callable[[Share], Sequence[Note]]
"""What is told of a share, once it is known how it stands."""

ReportNews = Callable[[Share, int], Sequence[Note]]
"""The same when so many have reported it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many reports of a picture are ``enough`` to take it down, and how many are kept at ``most``."""

    enough: int
    most: int


@dataclass(frozen=True, slots=True)
class Ended:
    """What a share was: of which job, whose, and how it stood."""

    job: JobId
    guest: GuestKey
    state: ShareState


class ShareStore:
    """All statements about shares."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    # -- a guest's side ---------------------------------------------------------------------------------

    async def share(
        self, job: JobId, guest: GuestKey, name: str, held_news: News | None = None
    ) -> Share | None:
        """Share a picture, or name it anew, also where it hangs; None when there is no picture (any more).

        With ``held_news`` every share waits for a maintainer, and one that is shown is taken down until they
        have looked at its new name; taking a name off takes nothing down. What begins to wait is told.
        """
        async with self._db.write() as connection:
            there = sa.select(jobs.c.style).where(jobs.c.id == job, *HAS_PICTURE)
            style = await connection.scalar(there.with_for_update())
            if style is None:
                return None
            state = ShareState.SHOWN if held_news is None else ShareState.HELD
            row = self._db.insert(shares).values(
                id=str(uuid.uuid4()), job=job, guest=guest, style=style, state=state, at=self._db.now()
            )
            fresh = row.on_conflict_do_nothing(index_elements=[shares.c.job]).returning(shares.c.id)
            made = (await connection.execute(fresh)).one_or_none()
            other = (shares.c.job == job, shares.c.name != name)
            again = held_news is not None and name and await self._hold_back(connection, *other)
            if (await connection.execute(shares.update().where(*other).values(name=name))).rowcount:
                await post_anew(connection, job)
            share = await self._mirrored(connection, job)
            if made is not None and share.state is ShareState.SHOWN:
                await enqueue(self._db, connection, share.id, job)
            if held_news is not None and (made is not None or again):
                await post(self._db, connection, held_news(share))
            return share

    async def unshare(self, job: JobId, tell: GuestKey | None) -> int:
        """Nobody sees it any more; return how many messages are to be taken back.

        One that a maintainer has hidden stays hidden, without its name: sharing it again doesn't undo that.
        """
        async with self._db.write() as connection:
            await _hold(connection, job)
            hidden = (shares.c.job == job, shares.c.state == ShareState.HIDDEN)
            await connection.execute(shares.update().where(*hidden).values(name=""))
            await delete_shares(connection, shares.c.job == job, shares.c.state != ShareState.HIDDEN)
            back = await withdraw(self._db, connection, [job], tell, PUBLIC)
            await self._mirror(connection, job)
            return back

    async def of_job(self, job: JobId) -> Share | None:
        """A job's share, or None."""
        return await self._first(shares.c.job == job)

    async def get(self, share: ShareId) -> Share | None:
        """A share in any state, or None."""
        return await self._first(shares.c.id == share)

    async def numbered(self, number: int) -> Share | None:
        """The share of a number, in any state, or None."""
        return await self._first(shares.c.number == number)

    # -- what others see --------------------------------------------------------------------------------

    async def shown(self, limit: int, before: int | None = None) -> Sequence[Share]:
        """What everybody may see, the newest first; of those before a number, where one is given."""
        where = [shares.c.state == ShareState.SHOWN]
        if before is not None:
            where.append(shares.c.number < before)
        return await self._all(*where, limit=limit)

    async def counted(self) -> int:
        """How many are shown."""
        query = sa.select(sa.func.count()).select_from(shares).where(shares.c.state == ShareState.SHOWN)
        async with self._db.read() as connection:
            return int(await connection.scalar(query) or 0)

    async def favourite(self, seconds: float) -> Share | None:
        """The one with the most votes of those of the last ``seconds``, the earlier of two, or None."""
        recent = (shares.c.state == ShareState.SHOWN, shares.c.at >= self._db.now() - seconds)
        found = await self._all(*recent, limit=1, order=(_votes().desc(), shares.c.number))
        return found[0] if found and found[0].votes else None

    # -- maintainers ------------------------------------------------------------------------------------

    async def held(self, limit: int) -> Sequence[Share]:
        """What waits for a maintainer's yes, the oldest first."""
        return await self._all(shares.c.state == ShareState.HELD, limit=limit, order=(shares.c.number,))

    async def move(
        self,
        deed: Deed,
        share: ShareId,
        state: ShareState,
        sources: Collection[ShareState],
        names: Collection[str] | None = None,
    ) -> Share | None:
        """Bring a share from one of ``sources`` into a state; None when it isn't in any of them.

        With ``names``, None also when it has another one.
        """
        async with self._db.write() as connection:
            await _hold_share(connection, share)
            there = [shares.c.id == share, shares.c.state.in_(sorted(sources))]
            if names is not None:
                there.append(shares.c.name.in_(sorted(names)))
            change = shares.update().where(*there).values(state=state).returning(shares.c.job)
            job = (await connection.execute(change)).scalar_one_or_none()
            if job is None:
                return None
            if state is ShareState.SHOWN:
                await enqueue(self._db, connection, share, JobId(job))
            else:
                await withdraw(self._db, connection, [JobId(job)], None, {"feed"})
            await write_down(self._db, connection, deed)
            return await self._mirrored(connection, JobId(job))

    async def report(
        self, share: ShareId, reporter: GuestKey, voice: str | None, bounds: Bounds, news: ReportNews
    ) -> int:
        """Note that a guest doesn't want to see it; each counts once, and so does each voice.

        The one that is enough takes it down until a maintainer has looked; the ``news`` are kept with it.

        Returns:
            How many have said so by now; 0 when that was known already, or the share isn't shown.
        """
        async with self._db.write() as connection:
            await _hold_share(connection, share)
            shown = sa.select(shares.c.id).where(shares.c.id == share, shares.c.state == ShareState.SHOWN)
            there = await connection.scalar(shown.with_for_update())
            number = sa.select(sa.func.count()).select_from(reports).where(reports.c.share == share)
            if there is None or int(await connection.scalar(number) or 0) >= bounds.most:
                return 0
            row = self._db.insert(reports).values(share=share, reporter=reporter, voice=voice)
            if not (await connection.execute(row.on_conflict_do_nothing())).rowcount:
                return 0
            reported = int(await connection.scalar(number) or 0)
            if reported >= bounds.enough:
                await self._hold_back(connection, shares.c.id == share)
            now = (await connection.execute(_select().where(shares.c.id == share))).one()
            await post(self._db, connection, news(_share(now), reported))
            return reported

    # -- votes ------------------------------------------------------------------------------------------

    async def vote(self, share: ShareId, voter: GuestKey, *, likes: bool) -> None:
        """A guest likes it, or doesn't any more; what isn't shown is liked by nobody."""
        shown = sa.select(shares.c.id).where(shares.c.id == share, shares.c.state == ShareState.SHOWN)
        async with self._db.write() as connection:
            if likes and await connection.scalar(shown.with_for_update(read=True)) is None:
                return
            if likes:
                row = self._db.insert(votes).values(share=share, voter=voter)
                await connection.execute(row.on_conflict_do_nothing())
            else:
                mine = (votes.c.share == share, votes.c.voter == voter)
                await connection.execute(votes.delete().where(*mine))

    async def count_votes(self, chat: ChatKey, message: str, number: int) -> None:
        """What a platform counts by itself in a message, where it doesn't say who."""
        here = (postings.c.chat == chat, postings.c.message == message)
        async with self._db.write() as connection:
            await connection.execute(postings.update().where(*here).values(votes=number))

    # -- ending -----------------------------------------------------------------------------------------

    async def stale(self, age_s: float, most: int) -> Sequence[JobId]:
        """Jobs that were shared longer ago."""
        old = shares.c.at < self._db.now() - age_s
        query = sa.select(shares.c.job).where(old).order_by(shares.c.number).limit(most)
        async with self._db.read() as connection:
            return [JobId(row.job) for row in await connection.execute(query)]

    async def end(self, job: JobId) -> None:
        """Its time is over: nobody sees it, whatever state it was in."""
        async with self._db.write() as connection:
            await _hold(connection, job)
            await delete_shares(connection, shares.c.job == job)
            await withdraw(self._db, connection, [job], None, PUBLIC)
            await self._mirror(connection, job)

    # -- inside -----------------------------------------------------------------------------------------

    async def _hold_back(self, connection: Transaction, *where: sa.ColumnElement[bool]) -> bool:
        """Show a share to nobody until a maintainer has looked; False when it wasn't shown."""
        shown = shares.update().where(*where, shares.c.state == ShareState.SHOWN)
        change = shown.values(state=ShareState.HELD).returning(shares.c.job)
        job = (await connection.execute(change)).scalar_one_or_none()
        if job is not None:
            await withdraw(self._db, connection, [JobId(job)], None, {"feed"})
            await self._mirror(connection, JobId(job))
        return job is not None

    async def _mirrored(self, connection: Transaction, job: JobId) -> Share:
        await self._mirror(connection, job)
        row = (await connection.execute(_select().where(shares.c.job == job))).one()
        return _share(row)

    async def _mirror(self, connection: Transaction, job: JobId) -> None:
        """Write into the job how its share stands."""
        mine = shares.c.job == job
        state = sa.select(shares.c.state).where(mine).scalar_subquery()
        named = sa.exists().where(mine, shares.c.name != "")
        await connection.execute(jobs.update().where(jobs.c.id == job).values(shared=state, named=named))

    async def _first(self, *where: sa.ColumnElement[bool]) -> Share | None:
        found = await self._all(*where, limit=1)
        return found[0] if found else None

    async def _all(
        self,
        *where: sa.ColumnElement[bool],
        limit: int,
        order: Sequence[sa.ColumnElement[Any]] = (shares.c.number.desc(),),
    ) -> Sequence[Share]:
        async with self._db.read() as connection:
            rows = await connection.execute(_select().where(*where).order_by(*order).limit(limit))
            return [_share(row) for row in rows]


async def _hold(connection: Transaction, job: JobId) -> None:
    """Until the transaction ends nobody else changes how this job's picture stands with others.

    Whoever changes a share holds its job's row first; so does whoever erases the job. On PostgreSQL every
    later statement then sees what the others have committed; SQLite's writers are alone anyway.
    """
    await connection.execute(sa.select(jobs.c.id).where(jobs.c.id == job).with_for_update())


async def _hold_share(connection: Transaction, share: ShareId) -> None:
    job = await connection.scalar(sa.select(shares.c.job).where(shares.c.id == share))
    if job is not None:
        await _hold(connection, JobId(job))


async def delete_shares(connection: Transaction, *where: sa.ColumnElement[bool]) -> Sequence[Ended]:
    """Delete shares with all that hangs on them, in the transaction that ends them; return what they were.

    Whoever votes or reports holds the share's row meanwhile: theirs is waited for, and goes along.
    """
    found = await connection.execute(sa.select(shares.c.id).where(*where).with_for_update())
    ids = [row.id for row in found]
    await connection.execute(votes.delete().where(votes.c.share.in_(ids)))
    await connection.execute(reports.delete().where(reports.c.share.in_(ids)))
    columns = (shares.c.job, shares.c.guest, shares.c.state)
    gone = await connection.execute(shares.delete().where(shares.c.id.in_(ids)).returning(*columns))
    return [Ended(JobId(row.job), GuestKey(row.guest), ShareState(row.state)) for row in gone]


def _votes() -> sa.ColumnElement[int]:
    by_name = sa.select(sa.func.count()).select_from(votes).where(votes.c.share == shares.c.id)
    counted = sa.select(sa.func.coalesce(sa.func.sum(postings.c.votes), 0))
    counted = counted.where(postings.c.share == shares.c.id)
    return by_name.scalar_subquery() + counted.scalar_subquery()


def _select() -> sa.Select[Any]:
    return sa.select(shares, _votes().label("votes"))


def _share(row: sa.Row[Any]) -> Share:
    return Share(
        id=ShareId(row.id),
        number=int(row.number),
        job=JobId(row.job),
        guest=GuestKey(row.guest),
        style=StyleId(row.style),
        state=ShareState(row.state),
        at=row.at,
        name=row.name,
        votes=int(row.votes),
    )
