"""Which styles have a preview picture of their own, of which version, and under which name in the vault."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from bot.nouns import JobId, StyleId
from bot.store.database import Database
from bot.store.tables import previews


@dataclass(frozen=True, slots=True)
class Kept:
    """One preview: the style's version that it shows, and the job that drew and so names it."""

    version: int
    blob: JobId


class PreviewStore:
    """All statements about previews."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def all(self) -> Mapping[StyleId, Kept]:
        """Every style's preview."""
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(previews))
            return {StyleId(row.style): Kept(row.version, JobId(row.blob)) for row in rows}

    async def keep(self, style: StyleId, kept: Kept) -> JobId | None:
        """Note a new preview; return the name of the one that it replaces."""
        values = {"version": kept.version, "blob": kept.blob, "made": self._db.now()}
        row = self._db.insert(previews).values(style=style, **values)
        upsert = row.on_conflict_do_update(index_elements=[previews.c.style], set_=values)
        async with self._db.write() as connection:
            before = await connection.scalar(sa.select(previews.c.blob).where(previews.c.style == style))
            await connection.execute(upsert)
            return None if before in (None, kept.blob) else JobId(before)
