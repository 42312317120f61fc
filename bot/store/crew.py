"""Who is a maintainer, and the one code by which somebody becomes the first."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.nouns import GuestKey
from bot.store.audit import Act, Deed, write_down
from bot.store.database import CREW_LOCK, Database
from bot.store.tables import claim_codes, maintainers
from bot.store.transaction import Transaction

_THE_CODE = 1


class CrewStore:
    """All statements about maintainers. Each change is in the audit list."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def all(self) -> Sequence[GuestKey]:
        """Maintainers besides those of the settings, the oldest first."""
        query = sa.select(maintainers.c.guest).order_by(maintainers.c.added, maintainers.c.guest)
        async with self._db.read() as connection:
            return [GuestKey(row.guest) for row in await connection.execute(query)]

    async def has(self, guest: GuestKey) -> bool:
        """Whether this guest was claimed or added."""
        query = sa.select(sa.func.count()).where(maintainers.c.guest == guest)
        async with self._db.read() as connection:
            return bool(await connection.scalar(query))

    async def add(self, deed: Deed, guest: GuestKey) -> bool:
        """Add a maintainer; False when they were one already."""
        async with self._db.write() as connection:
            return await self._added(connection, deed, guest)

    async def remove(self, deed: Deed, guest: GuestKey, least: int) -> bool:
        """Remove a maintainer, if at least ``least`` stay; False when they were none, or too few would."""
        async with self._db.write() as connection:
            await self._db.serialise(connection, CREW_LOCK)
            others = sa.select(sa.func.count()).where(maintainers.c.guest != guest)
            if int(await connection.scalar(others) or 0) < least:
                return False
            gone = await connection.execute(maintainers.delete().where(maintainers.c.guest == guest))
            if gone.rowcount:
                await write_down(self._db, connection, deed)
            return bool(gone.rowcount)

    async def open_code(self, deed: Deed, code_hash: str) -> None:
        """Keep a code's hash in place of an earlier one's."""
        values = {"hash": code_hash, "made": self._db.now(), "tries": 0}
        row = self._db.insert(claim_codes).values(id=_THE_CODE, **values)
        replaced = row.on_conflict_do_update(index_elements=[claim_codes.c.id], set_=values)
        async with self._db.write() as connection:
            await connection.execute(replaced)
            await write_down(self._db, connection, deed)

    async def claim(self, guest: GuestKey, code_hash: str, age_s: float, most_tries: int) -> bool:
        """Use the code up and add the guest; a wrong one costs a try, whoever tries."""
        async with self._db.write() as connection:
            valid = (
                claim_codes.c.id == _THE_CODE,
                claim_codes.c.made > self._db.now() - age_s,
                claim_codes.c.tries < most_tries,
            )
            right = claim_codes.delete().where(*valid, claim_codes.c.hash == code_hash)
            if (await connection.execute(right)).rowcount:
                await self._added(connection, Deed(guest, Act.CLAIM), guest)
                return True
            await connection.execute(claim_codes.update().where(*valid).values(tries=claim_codes.c.tries + 1))
            return False

    async def _added(self, connection: Transaction, deed: Deed, guest: GuestKey) -> bool:
        row = self._db.insert(maintainers).values(guest=guest, added=self._db.now())
        added = await connection.execute(row.on_conflict_do_nothing())
        if added.rowcount:
            await write_down(self._db, connection, deed)
        return bool(added.rowcount)
