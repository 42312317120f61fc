"""Small lasting facts: the secret that was made once, what a platform calls a file, the pace of renders."""

import secrets
from collections.abc import Mapping

import sqlalchemy as sa

from bot.line import Pace
from bot.nouns import StyleId
from bot.store.database import Database
from bot.store.tables import meta, pace, styles

SECRET_BYTES = 32
NEWEST_WEIGHT = 0.25  # the mean follows the last ten renders or so


class MetaStore:
    """Statements about the booth itself."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def secret(self) -> bytes:
        """The booth's own random secret, made at the first call; replicas share it."""
        fresh = self._db.insert(meta).values(key="secret", value=secrets.token_hex(SECRET_BYTES))
        async with self._db.write() as connection:
            await connection.execute(fresh.on_conflict_do_nothing())
            kept = await connection.scalar(sa.select(meta.c.value).where(meta.c.key == "secret"))
        return bytes.fromhex(str(kept))

    async def recall(self, key: str) -> str | None:
        """A small fact that :meth:`remember` kept, or None."""
        async with self._db.read() as connection:
            found = await connection.scalar(sa.select(meta.c.value).where(meta.c.key == key))
        return None if found is None else str(found)

    async def recalled(self, prefix: str) -> Mapping[str, str]:
        """The small facts whose keys begin so."""
        begins = meta.c.key.startswith(prefix, autoescape=True)
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(meta.c.key, meta.c.value).where(begins))
            return {str(row.key): str(row.value) for row in rows}

    async def remember(self, key: str, value: str) -> None:
        """Keep a small fact; an earlier one of the same key is replaced."""
        row = self._db.insert(meta).values(key=key, value=value)
        replaced = row.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": row.excluded.value})
        async with self._db.write() as connection:
            await connection.execute(replaced)

    async def note_render(self, style: StyleId, seconds: float) -> None:
        """Let the style's mean follow a render that took ``seconds``; its failures in a row are over."""
        row = self._db.insert(pace).values(style=style, seconds=seconds)
        moved = pace.c.seconds * (1 - NEWEST_WEIGHT) + row.excluded.seconds * NEWEST_WEIGHT
        async with self._db.write() as connection:
            await connection.execute(
                row.on_conflict_do_update(index_elements=[pace.c.style], set_={"seconds": moved})
            )
            well = styles.update().where(styles.c.id == style, styles.c.failures > 0)
            await connection.execute(well.values(failures=0))

    async def pace(self) -> Pace:
        """The means of all styles."""
        async with self._db.read() as connection:
            rows = await connection.execute(sa.select(pace.c.style, pace.c.seconds))
            return Pace({StyleId(row.style): row.seconds for row in rows})
