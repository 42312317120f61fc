"""One transaction whose every step ends before a cancellation is felt.

A statement that is cancelled half-way goes on in the driver's thread, while SQLAlchemy gives its connection
up: SQLite's write lock then stays with a connection that nobody holds any more, and the next writer finds the
database locked (SQLAlchemy 2.1.9 with aiosqlite 0.22.1: in one of twenty random cancellations). A step takes
milliseconds, so it is waited for, and the transaction is rolled back in order.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.unbroken import unbroken

T = TypeVar("T")
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Transaction:
    """What may be done in one."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on a connection that has begun."""
        self._connection = connection

    async def execute(
        self, statement: sa.Executable, parameters: Parameters | None = None
    ) -> sa.CursorResult[*tuple[Any, ...]]:
        """Run a statement; its rows are there when it returns."""
        return await unbroken(self._connection.execute(statement, parameters))

    async def scalar(self, statement: sa.Executable) -> Any:
        """The first column of the first row, or None."""
        return (await self.execute(statement)).scalar()

    async def run_sync(self, work: Callable[[sa.Connection], T]) -> T:
        """Let what knows only SQLAlchemy's synchronous side work on the connection."""
        return await unbroken(self._connection.run_sync(work))


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[Transaction]:
    """Committed when the block ends, rolled back when it raises."""
    async with _connected(engine) as connection:
        transaction = connection.begin()
        await unbroken(transaction.start())
        try:
            yield Transaction(connection)
        except BaseException:
            await unbroken(transaction.rollback())
            raise
        await unbroken(transaction.commit())


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[Transaction]:
    """A consistent view, from its first statement on."""
    async with _connected(engine) as connection:
        yield Transaction(connection)


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    connection = engine.connect()
    try:
        await unbroken(connection.start())
        yield connection
    finally:
        if connection.sync_connection is not None:
            await unbroken(connection.close())
