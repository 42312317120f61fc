"""Closing the event: guests leave all tables at once, and what hangs with others is written down."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.nouns import GuestKey, Job
from bot.store.audit import Act, Deed, write_down
from bot.store.database import FEEDS_LOCK, LINE_LOCK, Database
from bot.store.recalls import recall
from bot.store.rows import to_job
from bot.store.tables import (
    audit,
    bans,
    console_events,
    feeds,
    guests,
    inbox,
    jobs,
    moments,
    notes,
    postings,
    questions,
    recalls,
    reports,
    shares,
    votes,
)
from bot.store.transaction import Transaction

_WITH_OTHERS = ("feed", "inline", "crew", "collage")
"""Kinds of messages that others see; keepsakes and pictures in a guest's own messages stay theirs."""

_OF_PERSONS = (Act.BAN, Act.UNBAN, Act.TAKE_DOWN, Act.LET_SHOW, Act.FEED)
"""Acts that name a guest, a share or a chat; that they were done stays in the list."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """What has left the store.

    Attributes:
        jobs: What they were; their files and traces are still to be erased.
        guests: How many guests were known.
        shares: How many pictures were shared.
        messages: How many messages are to be taken back.
    """

    jobs: Sequence[Job]
    guests: int
    shares: int
    messages: int


class ClosingStore:
    """The one statement of the end."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def wipe(self, deed: Deed, crew: Collection[GuestKey]) -> Wiped:
        """Erase guests, jobs, shares, feeds, notes and what came in; crew, styles and counts stay.

        Doing it again finds nothing, and changes nothing but the audit list.

        Args:
            deed: Whose doing it is.
            crew: Maintainers, whose language is remembered further.
        """
        async with self._db.write() as connection:
            for lock in (LINE_LOCK, FEEDS_LOCK):
                await self._db.serialise(connection, lock)
            gone = (
                await connection.execute(jobs.delete().where(jobs.c.kind != "preview").returning(jobs))
            ).all()
            shared = (await connection.execute(shares.delete())).rowcount
            messages = await self._take_down(connection)
            known = (await connection.execute(guests.delete().where(guests.c.guest.not_in(crew)))).rowcount
            for table in (votes, reports, feeds, moments, bans, notes, questions):
                await connection.execute(table.delete())
            await self._forget_words(connection)
            await write_down(self._db, connection, deed)
            return Wiped([to_job(row) for row in gone], known, shared, messages)

    async def _take_down(self, connection: Transaction) -> int:
        under_way = sa.and_(postings.c.owner.is_not(None), sa.not_(postings.c.up))
        marked = postings.update().where(under_way, sa.not_(postings.c.withdrawn)).values(withdrawn=True)
        number = (await connection.execute(marked)).rowcount
        rows = (
            await connection.execute(postings.delete().where(sa.not_(under_way)).returning(postings))
        ).mappings()
        seen = [dict(row) for row in rows if row["message"] is not None and row["kind"] in _WITH_OTHERS]
        number += await recall(self._db, connection, seen, None)
        await connection.execute(recalls.update().values(tell=None))
        await connection.execute(postings.update().values(tell=None))
        return number

    async def _forget_words(self, connection: Transaction) -> None:
        """What came in, what maintainers were answered, and whom the audit list names."""
        at_rest = inbox.update().where(inbox.c.owner.is_(None))
        await connection.execute(at_rest.values(payload=None, guest=None, lane=""))
        answered = console_events.c.outcome.is_not(None)
        await connection.execute(console_events.delete().where(answered))
        await connection.execute(audit.update().where(audit.c.act.in_(_OF_PERSONS)).values(what=""))
