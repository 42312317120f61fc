"""How every worker takes its next rows: no two replicas the same one, and none that is overlooked.

A row that somebody else holds for a moment, be it to write down the message in which a job is shown, is
passed by (``SKIP LOCKED``), as claims must not wait for each other. Whoever finds nothing but such rows asks
again in a moment: nobody would ring for them once they are free.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.store.database import Database

PAUSES_S = (0.01, 0.02, 0.04, 0.08, 0.16)
"""Between two tries for rows that are held; a transaction that lasts longer is in trouble itself."""


async def take(
    database: Database,
    table: sa.Table,
    wanted: Sequence[sa.ColumnElement[bool]],
    order: Sequence[sa.ColumnElement[Any]],
    slots: int,
    values: Mapping[str, Any],
) -> Sequence[sa.Row[Any]]:
    """Change at most ``slots`` of the wanted rows, the first in order, and return them in no order.

    Args:
        database: An open, migrated one.
        table: With a column ``seq``.
        wanted: What a row must be; what ``values`` makes of it must not be wanted any more.
        order: Which rows come first.
        slots: How many at most.
        values: What taking a row writes into it.
    """
    next_ones = sa.select(table.c.seq).where(*wanted).order_by(*order).limit(slots)
    # PostgreSQL may run a subquery once a row, and each run locks further rows; a CTE runs once.
    free = next_ones.with_for_update(skip_locked=True).cte("free")
    change = table.update().where(table.c.seq.in_(sa.select(free.c.seq))).values(**values).returning(table)
    for pause_s in PAUSES_S:
        async with database.write() as connection:
            rows = (await connection.execute(change)).all()
            if rows or database.embedded or await connection.scalar(next_ones.limit(1)) is None:
                return rows
        await asyncio.sleep(pause_s)
    return []
