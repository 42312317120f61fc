"""The house's rules of the moment: paused, closing, its limit, and who isn't welcome."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.nouns import GuestKey
from bot.store.audit import Deed, write_down
from bot.store.database import HOUSE_LOCK, Database
from bot.store.notes import Note, post
from bot.store.tables import bans, meta
from bot.store.transaction import Transaction

_KEY = "house"


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds just now.

    Attributes:
        paused: No photo is taken until somebody resumes.
        words: The maintainer's own words for guests meanwhile; empty for ours.
        closing: No photo is taken, and the maintainers are told when the line is done.
        told: The maintainers know already that the line is done.
        limit: Unfinished jobs a guest, in place of the settings' number; 0 is any number.
        hold: Every share waits for a maintainer's yes.
    """

    paused: bool = False
    words: str = ""
    closing: bool = False
    told: bool = False
    limit: int | None = None
    hold: bool = False


_RULES = TypeAdapter(Rules)


class HouseStore:
    """All statements about the rules. Each change is in the audit list."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def rules(self) -> Rules:
        """What holds just now."""
        async with self._db.read() as connection:
            return await _rules(connection)

    async def for_guest(self, guest: GuestKey) -> tuple[Rules, bool]:
        """What holds just now, and whether this guest is banned."""
        async with self._db.read() as connection:
            rules = await _rules(connection)
            banned = await connection.scalar(sa.select(sa.func.count()).where(bans.c.guest == guest))
            return rules, bool(banned)

    async def change(self, deed: Deed, **changes: Any) -> Rules:
        """Change some of the rules."""
        async with self._db.write() as connection:
            await self._db.serialise(connection, HOUSE_LOCK)
            changed = replace(await _rules(connection), **changes)
            await self._keep(connection, changed)
            await write_down(self._db, connection, deed)
            return changed

    async def note_dry(self, news: Sequence[Note]) -> bool:
        """The line has run dry while the house was closing: True once, with the news of it kept."""
        async with self._db.write() as connection:
            await self._db.serialise(connection, HOUSE_LOCK)
            rules = await _rules(connection)
            due = rules.closing and not rules.told
            if due:
                await self._keep(connection, replace(rules, told=True))
                await post(self._db, connection, news)
            return due

    async def ban(self, deed: Deed, guest: GuestKey) -> bool:
        """Ban a guest; False when they were banned already."""
        row = self._db.insert(bans).values(guest=guest, at=self._db.now()).on_conflict_do_nothing()
        return await self._banned(deed, row)

    async def unban(self, deed: Deed, guest: GuestKey) -> bool:
        """Let a guest come again; False when they were not banned."""
        return await self._banned(deed, bans.delete().where(bans.c.guest == guest))

    async def banned(self) -> Sequence[GuestKey]:
        """Who isn't welcome, the last one first."""
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(bans.c.guest).order_by(bans.c.at.desc()))
            return [GuestKey(row.guest) for row in rows]

    async def _banned(self, deed: Deed, change: sa.Insert | sa.Delete) -> bool:
        async with self._db.write() as connection:
            changed = bool((await connection.execute(change)).rowcount)
            if changed:
                await write_down(self._db, connection, deed)
            return changed

    async def _keep(self, connection: Transaction, rules: Rules) -> None:
        text = _RULES.dump_json(rules).decode()
        row = self._db.insert(meta).values(key=_KEY, value=text)
        await connection.execute(row.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": text}))


async def _rules(connection: Transaction) -> Rules:
    kept = await connection.scalar(sa.select(meta.c.value).where(meta.c.key == _KEY))
    return Rules() if kept is None else _RULES.validate_json(kept)
