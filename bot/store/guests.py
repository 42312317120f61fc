"""What is remembered of guests beside their jobs: language, last styles, whether they like the frame."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.nouns import GuestKey, StyleId
from bot.store.database import Database
from bot.store.tables import guests, questions
from bot.store.transaction import Transaction

RECENT_STYLES = 8  # two rows of buttons


class GuestStore:
    """All statements about guests."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def language_of(self, guest: GuestKey) -> str | None:
        """The language that the guest chose, or None."""
        async with self._db.read() as connection:
            found = await connection.scalar(sa.select(guests.c.language).where(guests.c.guest == guest))
            return None if found is None else str(found)

    async def set_language(self, guest: GuestKey, language: str) -> None:
        """Remember the language that the guest chose."""
        async with self._db.write() as connection:
            await _remember(self._db, connection, guest, language=language)

    async def recent_styles(self, guest: GuestKey) -> Sequence[StyleId]:
        """The styles that the guest chose last, the newest first, at most :data:`RECENT_STYLES`."""
        async with self._db.read() as connection:
            return await _recent(connection, guest)

    async def prefer(self, guest: GuestKey, style: StyleId) -> None:
        """Put a style first on the guest's list, as if it had been chosen."""
        async with self._db.write() as connection:
            await note_style(self._db, connection, guest, style)

    async def first_notice(self, guest: GuestKey) -> bool:
        """True once for each guest."""
        now = self._db.now()
        row = self._db.insert(guests).values(guest=guest, notice_at=now, seen=now)
        once = row.on_conflict_do_update(
            index_elements=[guests.c.guest],
            set_={"notice_at": row.excluded.notice_at, "seen": row.excluded.seen},
            where=guests.c.notice_at.is_(None),
        )
        async with self._db.write() as connection:
            return (await connection.execute(once.returning(guests.c.guest))).one_or_none() is not None

    async def framed(self, guest: GuestKey) -> bool:
        """Whether the guest's pictures get a frame; so it is until the guest says otherwise."""
        async with self._db.read() as connection:
            found = await connection.scalar(sa.select(guests.c.framed).where(guests.c.guest == guest))
            return found is None or bool(found)

    async def set_framed(self, guest: GuestKey, *, on: bool) -> None:
        """Remember whether the guest's pictures get a frame."""
        async with self._db.write() as connection:
            await _remember(self._db, connection, guest, framed=on)

    async def erase(self, guest: GuestKey) -> None:
        """Forget the guest, and what a maintainer was being asked."""
        async with self._db.write() as connection:
            await connection.execute(questions.delete().where(questions.c.actor == guest))
            await connection.execute(guests.delete().where(guests.c.guest == guest))


async def note_style(database: Database, connection: Transaction, guest: GuestKey, style: StyleId) -> None:
    """Remember that the guest chose this style, within the transaction that writes the choice down."""
    others = [known for known in await _recent(connection, guest) if known != style]
    await _remember(database, connection, guest, recent=" ".join([style, *others][:RECENT_STYLES]))


async def _recent(connection: Transaction, guest: GuestKey) -> Sequence[StyleId]:
    kept = await connection.scalar(sa.select(guests.c.recent).where(guests.c.guest == guest))
    return [StyleId(style) for style in str(kept or "").split()]


async def _remember(database: Database, connection: Transaction, guest: GuestKey, **values: Any) -> None:
    row = database.insert(guests).values(guest=guest, seen=database.now(), **values)
    changed = {name: row.excluded[name] for name in (*values, "seen")}
    await connection.execute(row.on_conflict_do_update(index_elements=[guests.c.guest], set_=changed))
