"""Short notes that are to be sent: announcements below a job's message, and news to maintainers.

A note stays until its chat has said yes. Whoever sends it claims it for a while; when nothing more is heard
of them, it is due again, under the same key (``docs/decisions/0003-notes.md``).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.cards import Address
from bot.nouns import ChatKey, GuestKey
from bot.replies import Key
from bot.store.audit import Deed, write_down
from bot.store.database import Database
from bot.store.leases import take
from bot.store.tables import notes
from bot.store.transaction import Transaction

KEPT_S = 86400.0  # news of yesterday are none
_KEYS: TypeAdapter[tuple[Key, ...]] = TypeAdapter(tuple[Key, ...])
LEASE_S = 90.0  # longer than anybody tries to send one


@dataclass(frozen=True, slots=True)
class Note:
    """One of them.

    Attributes:
        address: A job's message, or a guest's own chat.
        lasts: Whether it is news for as long as it is kept: repeated even long after an ambiguous answer.
        keys: What a maintainer can do about it.
    """

    address: Address
    words: str = field(repr=False)
    lasts: bool = False
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteClaim:
    """The right to send a note until ``until``; every later write is fenced by it.

    Attributes:
        key: The note's name, the same at every claim, and never another note's.
        age_s: Seconds since it was written.
        until: Seconds since the epoch.
    """

    note: Note
    seq: int
    key: str
    age_s: float
    until: float


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

    async def resume(self) -> None:
        """At a start: what a lone process was sending at its end is due at once, what is old is dropped."""
        async with self._db.write() as connection:
            await connection.execute(self._old())
            if self._db.embedded:
                await connection.execute(notes.update().values(due=0.0))

    async def claim(self, platforms: Collection[str]) -> NoteClaim | None:
        """The next due note of these platforms, for :data:`LEASE_S` seconds; None when there is none."""
        mine = [notes.c.chat.startswith(f"{name}:", autoescape=True) for name in platforms]
        due = (sa.or_(sa.false(), *mine), notes.c.due <= self._db.now())
        async with self._db.read() as connection:  # mostly there is nothing, and nothing need be written
            if not await connection.scalar(sa.select(sa.func.count()).select_from(notes).where(*due)):
                return None
        rows = await take(self._db, notes, due, [notes.c.seq], 1, {"due": self._db.now() + LEASE_S})
        return next(map(_claim, rows), None)

    async def done(self, claim: NoteClaim) -> bool:
        """It was sent, or never can be; False when somebody else has claimed it meanwhile, or it is gone."""
        async with self._db.write() as connection:
            return bool((await connection.execute(notes.delete().where(*_fence(claim)))).rowcount)

    async def later(self, claim: NoteClaim, after_s: float) -> bool:
        """Leave it for a later try; False as for :meth:`done`. What is over a day old is dropped."""
        now = self._db.now()
        async with self._db.write() as connection:
            put_back = notes.update().where(*_fence(claim)).values(due=now + after_s)
            changed = await connection.execute(put_back)
            await connection.execute(self._old())
            return bool(changed.rowcount)

    def _old(self) -> sa.Delete:
        """Those of platforms without a token among them: nobody claims these."""
        return notes.delete().where(notes.c.created < self._db.now() - KEPT_S)

    async def waiting(self) -> int:
        """How many are still to be sent."""
        async with self._db.read() as connection:
            return int(await connection.scalar(sa.select(sa.func.count()).select_from(notes)) or 0)

    async def erase(self, guest: GuestKey) -> None:
        """Drop what was to be sent to a guest's own chat."""
        async with self._db.write() as connection:
            await connection.execute(notes.delete().where(notes.c.chat == guest))


def _row(note: Note) -> dict[str, Any]:
    return {
        "chat": note.address.chat,
        "message": note.address.message,
        "context": note.address.context,
        "words": note.words,
        "repeats": note.lasts,
        "keys": _KEYS.dump_json(note.keys).decode() if note.keys else None,
    }


def _fence(claim: NoteClaim) -> tuple[sa.ColumnElement[bool], ...]:
    return notes.c.seq == claim.seq, notes.c.due == claim.until


def _claim(row: sa.Row[Any]) -> NoteClaim:
    keys = () if row.keys is None else _KEYS.validate_json(row.keys)
    note = Note(Address(ChatKey(row.chat), row.message, row.context), row.words, row.repeats, keys)
    key = f"note {row.seq} {row.created!r}"  # SQLite gives a number again once its row is gone
    return NoteClaim(note, row.seq, key, row.due - LEASE_S - row.created, row.due)
