"""Styles as data: where each stands on the shelf, its versions, and which of them is the published one.

A version is only ever added. Version 0 is the style as it is shipped, which has no row.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.definitions import StyleDefinition, read_definition
from bot.nouns import ChatKey, GuestKey, StyleId
from bot.store.audit import HOUSE, Act, Deed, write_down
from bot.store.database import STYLES_LOCK, Database
from bot.store.notes import Note, post
from bot.store.tables import style_versions, styles
from bot.store.transaction import Transaction

SHIPPED = 0


@dataclass(frozen=True, slots=True)
class Placing:
    """How one style stands on the shelf; times are seconds since the epoch.

    Attributes:
        position: None where no maintainer has given it one.
        chats: The only chats that are offered it; None is everywhere.
        failures: Of jobs, in a row.
        set_aside: Why it was, after too many of them.
    """

    style: StyleId
    position: int | None = None
    hidden: bool = False
    since: float | None = None
    until: float | None = None
    chats: frozenset[ChatKey] | None = None
    version: int = SHIPPED
    failures: int = 0
    set_aside: str | None = None

    def shows(self, now: float, chat: ChatKey | None) -> bool:
        """Whether guests in this chat are offered it at this time."""
        if self.hidden or self.set_aside is not None:
            return False
        if self.chats is not None and chat not in self.chats:
            return False
        return (self.since or 0.0) <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class StyleVersion:
    """One version that was published once."""

    number: int
    author: GuestKey
    created: float
    definition: StyleDefinition


@dataclass(frozen=True, slots=True)
class Published:
    """All that the store knows of styles: their places, and the definitions of those with a version."""

    placings: Mapping[StyleId, Placing]
    definitions: Mapping[StyleId, StyleDefinition]


class StyleStore:
    """All statements about styles. Each change is in the audit list."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def published(self) -> Published:
        """Everything as it stands, read at one moment."""
        current = sa.and_(style_versions.c.style == styles.c.id, style_versions.c.version == styles.c.version)
        query = sa.select(styles, style_versions.c.definition).outerjoin(style_versions, current)
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
        found = {StyleId(row.id): row for row in rows}
        read = {
            style: read_definition(row.definition)
            for style, row in found.items()
            if row.definition is not None
        }
        return Published(
            {style: _placing(row) for style, row in found.items()},
            {style: definition for style, definition in read.items() if definition is not None},
        )

    async def versions(self, style: StyleId) -> Sequence[StyleVersion]:
        """A style's own versions, the newest first."""
        query = sa.select(style_versions).where(style_versions.c.style == style)
        async with self._db.read() as connection:
            rows = await connection.execute(query.order_by(style_versions.c.version.desc()))
            read = [(row, read_definition(row.definition)) for row in rows]
        return [
            StyleVersion(row.version, GuestKey(row.author), row.created, definition)
            for row, definition in read
            if definition is not None
        ]

    async def arrange(self, deed: Deed, style: StyleId, **changes: Any) -> None:
        """Change some of a style's columns; ``chats`` is a set or None."""
        if (chats := changes.get("chats")) is not None:
            changes["chats"] = json.dumps(sorted(chats))
        async with self._db.write() as connection:
            await self._upsert(connection, style, **changes)
            await write_down(self._db, connection, deed)

    async def reorder(self, deed: Deed, order: Sequence[StyleId]) -> None:
        """Give every style its position."""
        async with self._db.write() as connection:
            await self._db.serialise(connection, STYLES_LOCK)
            for position, style in enumerate(order):
                await self._upsert(connection, style, position=position)
            await write_down(self._db, connection, deed)

    async def use_version(self, deed: Deed, style: StyleId, version: int) -> None:
        """Publish a version that is there (or 0, the shipped one) again; the others stay."""
        async with self._db.write() as connection:
            await self._upsert(connection, style, version=version, failures=0, set_aside=None)
            await write_down(self._db, connection, deed)

    async def add_version(
        self, connection: Transaction, author: GuestKey, definition: StyleDefinition
    ) -> int:
        """Add the next version and publish it, in the caller's transaction; return its number."""
        await self._db.serialise(connection, STYLES_LOCK)
        style = definition.style
        newest = sa.select(sa.func.max(style_versions.c.version)).where(style_versions.c.style == style)
        number = int(await connection.scalar(newest) or SHIPPED) + 1
        row = {"style": style, "version": number, "author": author, "created": self._db.now()}
        await connection.execute(
            style_versions.insert().values(**row, definition=definition.model_dump_json())
        )
        fresh = {"version": number, "failures": 0, "set_aside": None, "published": self._db.now()}
        await self._upsert(connection, style, **fresh)
        return number

    async def note_failure(self, style: StyleId, cause: str, most: int, news: Sequence[Note] = ()) -> bool:
        """Count a job that failed; True when it was the ``most``-th in a row: the style is set aside.

        The ``news`` of that are kept with it.
        """
        async with self._db.write() as connection:
            await self._db.serialise(connection, STYLES_LOCK)
            await self._upsert(connection, style)
            mine = styles.c.id == style
            counted = styles.update().where(mine).values(failures=styles.c.failures + 1)
            await connection.execute(counted)
            due = (mine, styles.c.failures >= most, styles.c.set_aside.is_(None))
            aside = await connection.execute(styles.update().where(*due).values(set_aside=cause))
            if aside.rowcount:
                await write_down(self._db, connection, Deed(HOUSE, Act.SET_ASIDE, style))
                await post(self._db, connection, news)
            return bool(aside.rowcount)

    async def _upsert(self, connection: Transaction, style: StyleId, **changes: Any) -> None:
        first = {"hidden": False, "version": SHIPPED, "failures": 0} | changes
        row = self._db.insert(styles).values(id=style, **first)
        if changes:
            upsert = row.on_conflict_do_update(index_elements=[styles.c.id], set_=changes)
        else:
            upsert = row.on_conflict_do_nothing()
        await connection.execute(upsert)


def _placing(row: sa.Row[Any]) -> Placing:
    return Placing(
        style=StyleId(row.id),
        position=row.position,
        hidden=row.hidden,
        since=row.since,
        until=row.until,
        chats=None if row.chats is None else frozenset(map(ChatKey, json.loads(row.chats))),
        version=row.version,
        failures=row.failures,
        set_aside=row.set_aside,
    )
