"""The audit list: every act of a maintainer, written in the transaction that has its effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from bot.nouns import GuestKey
from bot.store.database import Database
from bot.store.tables import audit
from bot.store.transaction import Transaction


class Act(StrEnum):
    """What was done; the value is kept, and names its sentence (``act-<value>``)."""

    CLAIM = "claim"
    NEW_CODE = "new-code"
    ADD_MAINTAINER = "add-maintainer"
    REMOVE_MAINTAINER = "remove-maintainer"
    START_DRAFT = "start-draft"
    CHANGE_DRAFT = "change-draft"
    DROP_DRAFT = "drop-draft"
    PUBLISH = "publish"
    ROLL_BACK = "roll-back"
    HIDE = "hide"
    SHOW = "show"
    SCHEDULE = "schedule"
    RESTRICT = "restrict"
    REORDER = "reorder"
    SET_ASIDE = "set-aside"
    EXPORT = "export"
    IMPORT = "import"
    PAUSE = "pause"
    RESUME = "resume"
    LIMIT = "limit"
    BAN = "ban"
    UNBAN = "unban"
    ANNOUNCE = "announce"
    DRAIN = "drain"
    FEED = "feed"
    NO_FEED = "no-feed"
    HOLD = "hold"
    TAKE_DOWN = "take-down"
    LET_SHOW = "let-show"
    NEW_PIN = "new-pin"
    CLOSE_EVENT = "close-event"


HOUSE = GuestKey("house:petaflop")
"""Who did it when nobody did: a style that failed too often sets itself aside."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that is about to be done; ``what`` is a style's id, a guest's key or a number, never words."""

    who: GuestKey
    act: Act
    what: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list; ``at`` is seconds since the epoch."""

    at: float
    deed: Deed


async def write_down(database: Database, connection: Transaction, deed: Deed) -> None:
    """Add the deed to the list, in the transaction of its effect."""
    row = audit.insert().values(at=database.now(), who=deed.who, act=deed.act, what=deed.what)
    await connection.execute(row)


class AuditStore:
    """Reads the list, and writes down what has no other effect in the store."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def note(self, deed: Deed) -> None:
        """Write down a deed whose effect is elsewhere."""
        async with self._db.write() as connection:
            await write_down(self._db, connection, deed)

    async def last(self, limit: int) -> Sequence[Entry]:
        """The newest entries, the newest first."""
        query = sa.select(audit).order_by(audit.c.seq.desc()).limit(limit)
        async with self._db.read() as connection:
            rows = await connection.execute(query)
            return [Entry(row.at, Deed(GuestKey(row.who), Act(row.act), row.what)) for row in rows]
