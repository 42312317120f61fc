"""Messages that show a picture beside its job's own: in feeds, inline, as a collage, as a keepsake.

A feed's posts go out one after the other, in the order of their shares: the next waits until the first is up,
however long an outage lasts. A message's id is written down before the picture is put into it, so that no
picture is ever anywhere that nobody knows of.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from bot.cards import Address
from bot.exhibits import Feed, Kind, Posting, ShareId
from bot.nouns import ChatKey, GuestKey, JobId
from bot.store.claims import LEASE_S
from bot.store.database import FEEDS_LOCK, Database
from bot.store.leases import take
from bot.store.recalls import recall
from bot.store.tables import feeds, jobs, postings, shares
from bot.store.transaction import Transaction

PUBLIC: frozenset[Kind] = frozenset({"feed", "inline", "crew"})
"""What a guest's *unshare* takes back; the others end with the picture itself."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A message that already shows a job's picture; ``platform`` is its chat's."""

    kind: Kind
    job: JobId
    address: Address
    language: str


async def enqueue(database: Database, connection: Transaction, share: ShareId, job: JobId) -> None:
    """Post a share to every feed, in the transaction that shows it.

    Replicas' shares enter the feeds one after the other, and none enters a feed that is just removed.
    """
    await database.serialise(connection, FEEDS_LOCK)
    for feed in (await connection.execute(sa.select(feeds).order_by(feeds.c.id))).all():
        row = {
            "kind": "feed",
            "job": job,
            "share": share,
            "feed": feed.id,
            "platform": feed.chat.partition(":")[0],
            "chat": feed.chat,
            "context": feed.context,
            "language": feed.language,
            "up": False,
            "created": database.now(),
        }
        await connection.execute(postings.insert().values(**row))


async def post_anew(connection: Transaction, job: JobId) -> None:
    """Put a share's new name into what hangs in feeds, in the transaction that names it.

    One that is being posted just now is looked at when it is up.
    """
    hung = (postings.c.job == job, postings.c.kind == "feed", postings.c.up)
    await connection.execute(postings.update().where(*hung).values(up=False))


async def withdraw(
    database: Database,
    connection: Transaction,
    ids: Collection[JobId],
    tell: GuestKey | None,
    kinds: Collection[Kind] | None = None,
) -> int:
    """Want every message gone that shows these jobs' pictures; return how many there are.

    One that is being posted just now is marked, and comes down as soon as its id is known.
    """
    mine = [postings.c.job.in_(ids)]
    if kinds is not None:
        mine.append(postings.c.kind.in_(sorted(kinds)))
    found = await connection.execute(sa.select(postings).where(*mine).with_for_update())
    there = [dict(row) for row in found.mappings()]  # held until the transaction ends: nobody claims one now
    under_way = [row for row in there if row["owner"] is not None and not row["up"]]
    marked = {"withdrawn": True} if tell is None else {"withdrawn": True, "tell": tell}
    marking = postings.update().where(postings.c.seq.in_([row["seq"] for row in under_way]))
    await connection.execute(marking.values(**marked))
    ended = [row for row in there if row not in under_way]
    await connection.execute(postings.delete().where(postings.c.seq.in_([row["seq"] for row in ended])))
    number, rows = (
        sum(not row["withdrawn"] for row in under_way),
        [row for row in ended if row["message"] is not None],
    )
    crew = [row for row in rows if row["kind"] == "crew"]  # no guest has seen those
    number += await recall(database, connection, crew, None)
    return number + await recall(database, connection, [row for row in rows if row["kind"] != "crew"], tell)


class PostingStore:
    """All statements about postings and feeds."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    # -- feeds ------------------------------------------------------------------------------------------

    async def feeds(self) -> Sequence[Feed]:
        """All feeds, the oldest first."""
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(feeds).order_by(feeds.c.id))
            return [Feed(row.id, ChatKey(row.chat), row.context, row.language) for row in rows]

    async def drop_feed(self, feed: int) -> None:
        """Nobody can be reached there any more: what waits is dropped, what is under way comes down."""
        waiting = (postings.c.feed == feed, sa.not_(postings.c.up))
        async with self._db.write() as connection:
            await self._db.serialise(connection, FEEDS_LOCK)
            await connection.execute(feeds.delete().where(feeds.c.id == feed))
            await connection.execute(postings.update().where(*waiting).values(withdrawn=True))

    # -- posting ----------------------------------------------------------------------------------------

    async def claim(self, platforms: Collection[str], owner: str, slots: int) -> Sequence[Posting]:
        """Take the first post of each feed that isn't up yet."""
        now = self._db.now()
        free: sa.ColumnElement[bool] = postings.c.owner.is_(None)
        if not self._db.embedded:
            free = sa.or_(free, postings.c.lease < now)
        before = postings.alias("before")
        first = ~sa.exists().where(
            before.c.feed == postings.c.feed, before.c.seq < postings.c.seq, sa.not_(before.c.up)
        )
        here = (postings.c.platform.in_(sorted(platforms)), sa.not_(postings.c.up))
        wanted = (*here, free, postings.c.due <= now, first)
        values = {"owner": owner, "lease": now + LEASE_S, "attempt": postings.c.attempt + 1}
        rows = await take(self._db, postings, wanted, [postings.c.seq], slots, values)
        return [_posting(row) for row in sorted(rows, key=lambda row: int(row.seq))]

    async def opened(self, posting: Posting, owner: str, message: str) -> bool:
        """The message is there, without its picture; False when it is to come down again, or isn't ours.

        Somebody else works on it by now when its lease has run out: this message is one too many then.
        """
        change = postings.update().where(*_mine(posting, owner)).values(message=message)
        async with self._db.write() as connection:
            row = (await connection.execute(change.returning(postings.c.withdrawn))).one_or_none()
            if row is None:
                await self._one_too_many(connection, posting, message)
            return row is not None and not row.withdrawn

    async def posted(self, posting: Posting, owner: str, message: str, name: str) -> bool:
        """The picture is in its message; False when it was unshared meanwhile: it comes down again.

        Where the share isn't called ``name`` any more, the message is to be edited once more.
        """
        mine = _mine(posting, owner)
        face = sa.select(sa.func.coalesce(jobs.c.subject, jobs.c.guest)).where(jobs.c.id == posting.job)
        async with self._db.write() as connection:
            whose = await connection.scalar(face.with_for_update(read=True))
            now = await connection.scalar(sa.select(shares.c.name).where(shares.c.id == posting.share))
            named_anew = now is not None and now != name
            change = postings.update().where(*mine).values(up=not named_anew, owner=None).returning(postings)
            row = (await connection.execute(change)).mappings().one_or_none()
            if row is None:
                await self._one_too_many(connection, posting, message)
                return False
            if row["withdrawn"]:
                await recall(self._db, connection, [dict(row)], row["tell"] or whose)
                await connection.execute(postings.delete().where(postings.c.seq == posting.number))
            return not row["withdrawn"]

    async def later(self, posting: Posting, owner: str, after_s: float) -> None:
        """Try again after so many seconds."""
        async with self._db.write() as connection:
            again = postings.update().where(*_mine(posting, owner))
            await connection.execute(again.values(owner=None, due=self._db.now() + after_s))

    async def resume_in(self, chats: Collection[ChatKey]) -> None:
        """Whatever waits in these chats is tried at once."""
        waiting = (postings.c.chat.in_(sorted(chats)), postings.c.owner.is_(None), sa.not_(postings.c.up))
        async with self._db.write() as connection:
            await connection.execute(postings.update().where(*waiting).values(due=0.0))

    async def give_up(self, posting: Posting, owner: str) -> None:
        """It is not posted after all; what was opened for it is taken back."""
        async with self._db.write() as connection:
            gone = postings.delete().where(*_mine(posting, owner)).returning(postings)
            for row in (await connection.execute(gone)).mappings():
                if row["message"] is not None:
                    await recall(self._db, connection, [dict(row)], row["tell"])

    async def _one_too_many(self, connection: Transaction, posting: Posting, message: str) -> None:
        """Take a message back unless it is the one that is known by now."""
        known = sa.select(postings.c.message).where(postings.c.seq == posting.number)
        if await connection.scalar(known) != message:
            there = replace(posting.address, message=message)
            shown = Placed(posting.kind, posting.job, there, posting.language)
            await recall(self._db, connection, [_row(shown)], None)

    async def place(self, placed: Sequence[Placed]) -> bool:
        """Write down messages that show pictures, or are about to; the same message of a job counts once.

        Their jobs' rows are held meanwhile, so that nobody forgets one between looking and writing. When one
        is gone already (or not shared any more, for the crew), all these messages are to come down instead.

        Returns:
            Whether they may stay.
        """
        ids = {one.job for one in placed}
        held = sa.select(jobs.c.id).where(jobs.c.id.in_(sorted(ids))).order_by(jobs.c.seq)
        async with self._db.write() as connection:
            there = {row.id for row in await connection.execute(held.with_for_update(read=True))}
            looked_at = {one.job for one in placed if one.kind == "crew"}
            of_shares = sa.select(shares.c.job).where(shares.c.job.in_(sorted(looked_at)))
            shared = {row.job for row in await connection.execute(of_shares)} if looked_at else set()
            if there != ids or shared != looked_at:
                await recall(self._db, connection, [_row(one) for one in placed], None)
                return False
            for one in placed:
                same = sa.select(postings.c.seq).where(
                    postings.c.job == one.job,
                    postings.c.chat == one.address.chat,
                    postings.c.message == one.address.message,
                )
                if (await connection.execute(same)).first() is None:
                    await connection.execute(postings.insert().values(**_row(one), created=self._db.now()))
            return True

    async def take_back_of_none(self, placed: Sequence[Placed]) -> int:
        """Want those messages gone whose jobs are erased; return how many those are."""
        ids = {one.job for one in placed}
        held = sa.select(jobs.c.id).where(jobs.c.id.in_(sorted(ids))).with_for_update(read=True)
        async with self._db.write() as connection:
            there = {row.id for row in await connection.execute(held)}
            gone = [_row(one) for one in placed if one.job not in there]
            return await recall(self._db, connection, gone, None)

    async def share_of(self, chat: ChatKey, message: str) -> ShareId | None:
        """The share that a feed's message shows."""
        query = sa.select(postings.c.share).where(postings.c.chat == chat, postings.c.message == message)
        async with self._db.read() as connection:
            found = await connection.scalar(query.where(postings.c.share.is_not(None)).limit(1))
            return None if found is None else ShareId(found)

    async def waiting(self) -> int:
        """How many posts are still to go up."""
        query = sa.select(sa.func.count()).select_from(postings).where(sa.not_(postings.c.up))
        async with self._db.read() as connection:
            return int(await connection.scalar(query) or 0)

    async def heartbeat(self, owner: str, held: Collection[str]) -> None:
        """Keep this owner's leases of what it really works on."""
        mine = (postings.c.owner == owner, postings.c.seq.in_([int(key) for key in held]))
        async with self._db.write() as connection:
            await connection.execute(postings.update().where(*mine).values(lease=self._db.now() + LEASE_S))

    async def resume(self, owner: str | None) -> None:
        """Give back what an owner worked on at its end, or (None) everybody, when a process starts alone."""
        mine = sa.true() if owner is None else postings.c.owner == owner
        async with self._db.write() as connection:
            await connection.execute(postings.update().where(mine).values(owner=None))


def _mine(posting: Posting, owner: str) -> tuple[sa.ColumnElement[bool], ...]:
    """True only while this claim stands."""
    return (
        postings.c.seq == posting.number,
        postings.c.owner == owner,
        postings.c.attempt == posting.attempt,
        sa.not_(postings.c.up),
    )


def _row(placed: Placed) -> dict[str, Any]:
    return {
        "kind": placed.kind,
        "job": placed.job,
        "platform": placed.address.chat.partition(":")[0],
        "chat": placed.address.chat,
        "context": placed.address.context,
        "language": placed.language,
        "message": placed.address.message,
        "up": True,
    }


def _posting(row: sa.Row[Any]) -> Posting:
    return Posting(
        number=int(row.seq),
        kind=row.kind,
        share=None if row.share is None else ShareId(row.share),
        job=JobId(row.job),
        address=Address(ChatKey(row.chat), row.message, row.context),
        language=row.language,
        attempt=row.attempt,
        withdrawn=row.withdrawn,
    )
