"""Short notes that are to be sent: announcements below a job's message, and news to maintainers.

A note is taken out before it is sent, so that nobody gets an announcement twice. It is put back when the
platform surely hasn't sent it, or when a repetition does no harm.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.cards import Address
from bot.nouns import ChatKey, GuestKey
from bot.store.audit import Deed, write_down
from bot.store.database import Database
from bot.store.tables import notes
from bot.store.transaction import Transaction

KEPT_S = 86400.0  # news of yesterday are none


@dataclass(frozen=True, slots=True)
class Note:
    """One of them.

    Attributes:
        address: A job's message, or a guest's own chat.
        repeats: Whether it is sent again after an ambiguous answer.
    """

    address: Address
    words: str = field(repr=False)
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """A note that was taken out to be sent; ``created`` is seconds since the epoch."""

    note: Note
    created: float


async def post(database: Database, connection: Transaction, written: Sequence[Note]) -> None:
    """Keep notes, in the transaction of what they tell of."""
    for note in written:
        row = _row(note) | {"due": 0.0, "created": database.now()}
        await connection.execute(notes.insert().values(**row))


class NoteStore:
    """All statements about notes."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def add(self, written: Sequence[Note]) -> None:
        """Keep notes until they are sent."""
        async with self._db.write() as connection:
            await post(self._db, connection, written)

    async def announce(self, deed: Deed, written: Sequence[Note]) -> None:
        """Keep a maintainer's announcement to all whom it is for."""
        async with self._db.write() as connection:
            await post(self._db, connection, written)
            await write_down(self._db, connection, deed)

    async def take(self, platforms: Collection[str]) -> Posted | None:
        """Take the next due note of these platforms out, or None."""
        mine = [notes.c.chat.startswith(f"{name}:", autoescape=True) for name in platforms]
        due = (sa.or_(sa.false(), *mine), notes.c.due <= self._db.now())
        async with self._db.read() as connection:  # mostly there is nothing, and nothing need be written
            if not await connection.scalar(sa.select(sa.func.count()).select_from(notes).where(*due)):
                return None
        first = sa.select(notes.c.seq).where(*due).order_by(notes.c.seq).limit(1)
        taken = notes.delete().where(notes.c.seq.in_(first.with_for_update(skip_locked=True)))
        async with self._db.write() as connection:
            row = (await connection.execute(taken.returning(notes))).one_or_none()
            return None if row is None else Posted(_note(row), row.created)

    async def waiting(self) -> int:
        """How many are still to be sent."""
        async with self._db.read() as connection:
            return int(await connection.scalar(sa.select(sa.func.count()).select_from(notes)) or 0)

    async def erase(self, guest: GuestKey) -> None:
        """Drop what was to be sent to a guest's own chat."""
        async with self._db.write() as connection:
            await connection.execute(notes.delete().where(notes.c.chat == guest))

    async def put_back(self, posted: Posted, after_s: float) -> None:
        """Send it later; one that is over a day old is dropped."""
        async with self._db.write() as connection:
            due = self._db.now() + after_s
            row = _row(posted.note) | {"due": due, "created": posted.created}
            await connection.execute(notes.insert().values(**row))
            old = notes.delete().where(notes.c.created < self._db.now() - KEPT_S)
            await connection.execute(old)


def _row(note: Note) -> dict[str, Any]:
    return {
        "chat": note.address.chat,
        "message": note.address.message,
        "context": note.address.context,
        "words": note.words,
        "repeats": note.repeats,
    }


def _note(row: sa.Row[Any]) -> Note:
    return Note(Address(ChatKey(row.chat), row.message, row.context), row.words, row.repeats)
