"""What platforms send, written down before it is acknowledged, and handled in order.

Within a lane (a chat) one event is handled after the other; lanes don't wait for each other. A handled event
leaves its key behind, so that a platform that sends it again is told so without a second effect.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.nouns import GuestKey, Inbound
from bot.store.bell import INBOX, Bell
from bot.store.claims import LEASE_S
from bot.store.database import Database
from bot.store.leases import take
from bot.store.tables import inbox, pending


@dataclass(frozen=True, slots=True)
class Letter:
    """A clerk's right to one event: every later write is fenced by it.

    Attributes:
        slips: How often handling it ended in an unexpected error.
    """

    key: str
    platform: str
    payload: str = field(repr=False)
    owner: str
    attempt: int
    slips: int


class InboxStore:
    """All statements about what platforms send."""

    def __init__(self, database: Database, bell: Bell) -> None:
        """Work on an open, migrated database; clerks are woken by the bell."""
        self._db = database
        self._bell = bell

    # -- the rim's side ---------------------------------------------------------------------------------

    async def keep(self, inbound: Inbound) -> bool:
        """Write an event down; once this has returned it may be acknowledged.

        Returns:
            False when it was seen before.

        Raises:
            DiskFull: nothing was kept.
        """
        return bool(await self.keep_all([inbound]))

    async def keep_all(self, inbounds: Sequence[Inbound]) -> frozenset[str]:
        """Write events down in their order, all or none; return the keys of those not seen before.

        Raises:
            DiskFull: nothing was kept.
        """
        if not inbounds:
            return frozenset()
        rows = self._db.insert(inbox).values([self._row(inbound) for inbound in inbounds])
        fresh = rows.on_conflict_do_nothing(index_elements=[inbox.c.key]).returning(inbox.c.key)
        async with self._db.write() as connection:
            kept = frozenset((await connection.execute(fresh)).scalars())
        if kept:
            await self._bell.ring(INBOX)
        return kept

    async def erase_guest(self, guest: GuestKey) -> int:
        """Erase what a guest has sent and nobody has looked at; return how many events that were.

        What is being handled is left to its clerk: the wish to be forgotten is itself such an event.
        """
        unseen = inbox.update().where(pending, inbox.c.guest == guest, inbox.c.owner.is_(None))
        async with self._db.write() as connection:
            return (await connection.execute(unseen.values(payload=None, guest=None, lane=""))).rowcount

    # -- the clerks' side -------------------------------------------------------------------------------

    async def claim(self, platforms: Collection[str], owner: str, slots: int) -> Sequence[Letter]:
        """Take the oldest event of each lane in which none is being handled, at most ``slots``."""
        now = self._db.now()
        free = sa.or_(inbox.c.owner.is_(None), self._lease_over())
        wanted = (pending, inbox.c.platform.in_(sorted(platforms)), free, inbox.c.due <= now, ~_behind())
        values = {"owner": owner, "lease": now + LEASE_S, "attempt": inbox.c.attempt + 1}
        rows = await take(self._db, inbox, wanted, [inbox.c.seq], slots, values)
        return [_letter(row) for row in sorted(rows, key=lambda row: int(row.seq))]

    async def done(self, letter: Letter) -> bool:
        """It is handled, or given up: only its key stays."""
        return await self._settle(letter, payload=None, guest=None, lane="")

    async def later(self, letter: Letter, after_s: float, *, slipped: bool = False) -> bool:
        """Leave it for a later try; what came after it in its lane waits for it."""
        return await self._settle(letter, due=self._db.now() + after_s, slips=letter.slips + int(slipped))

    async def heartbeat(self, owner: str, held: Collection[str]) -> None:
        """Keep this owner's leases of the events that it really works on."""
        mine = (pending, inbox.c.owner == owner, inbox.c.key.in_(held))
        async with self._db.write() as connection:
            await connection.execute(inbox.update().where(*mine).values(lease=self._db.now() + LEASE_S))

    async def resume(self, owner: str | None) -> None:
        """Put events back: an owner's own at its end, all (None) when a process starts alone."""
        mine = sa.true() if owner is None else inbox.c.owner == owner
        async with self._db.write() as connection:
            await connection.execute(inbox.update().where(pending, mine).values(owner=None, due=0.0))

    def _lease_over(self) -> sa.ColumnElement[bool]:
        return sa.false() if self._db.embedded else inbox.c.lease < self._db.now()

    async def _settle(self, letter: Letter, **values: Any) -> bool:
        fenced = (
            inbox.c.key == letter.key,
            inbox.c.owner == letter.owner,
            inbox.c.attempt == letter.attempt,
        )
        async with self._db.write() as connection:
            change = inbox.update().where(*fenced).values(owner=None, **values)
            return bool((await connection.execute(change)).rowcount)

    def _row(self, inbound: Inbound) -> dict[str, Any]:
        return {
            "key": inbound.key,
            "platform": inbound.platform,
            "lane": inbound.lane,
            "guest": inbound.guest,
            "payload": inbound.payload,
            "created": self._db.now(),
            "due": 0.0,
            "lease": 0.0,
            "attempt": 0,
            "slips": 0,
        }


def _behind() -> sa.ColumnElement[bool]:
    """Whether an older event of the same lane isn't done with."""
    older = inbox.alias("older")
    return sa.exists().where(
        older.c.platform == inbox.c.platform,
        older.c.lane == inbox.c.lane,
        older.c.seq < inbox.c.seq,
        older.c.payload.is_not(None),
    )


def _letter(row: sa.Row[Any]) -> Letter:
    return Letter(
        key=row.key,
        platform=row.platform,
        payload=row.payload,
        owner=row.owner,
        attempt=row.attempt,
        slips=row.slips,
    )
