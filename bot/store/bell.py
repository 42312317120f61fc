"""Wake-ups: workers sleep until a bell rings, in this process or (PostgreSQL's NOTIFY) in another replica.

A ring may be lost; every listener also looks by itself from time to time.
"""

import asyncio
import logging
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import sqlalchemy as sa

from bot.nouns import JobId
from bot.store.database import Database

CHANNEL = "petaflop"
CANCEL = "cancel"
DELIVER = "deliver"
FETCH = "fetch"
INBOX = "inbox"
NOTES = "notes"
POSTINGS = "postings"
RECALLS = "recalls"
STYLES = "styles"
WALL = "wall"
RECONNECT_S = 2.0

log = logging.getLogger(__name__)


def line_topic(renderer: str) -> str:
    """The topic of a renderer's line."""
    return f"line-{renderer}"


class Bell:
    """Rings topics. ``on_cancel`` is called with a job's id wherever its cancellation is heard."""

    def __init__(self, database: Database) -> None:
        """Ring through this database where it can."""
        self._db = database
        self._origin = uuid.uuid4().hex
        self._events: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.on_cancel: Callable[[JobId], None] = lambda _job: None

    def event(self, topic: str) -> asyncio.Event:
        """What is set at each ring; the listener clears it."""
        return self._events[topic]

    async def ring(self, topic: str, argument: str = "") -> None:
        """Wake who listens to the topic, here at once and in other replicas in a moment."""
        self._heard(topic, argument)
        if self._db.embedded:
            return
        payload = f"{self._origin} {topic} {argument}"
        try:
            async with self._db.write() as connection:
                await connection.execute(sa.select(sa.func.pg_notify(CHANNEL, payload)))
        except (sa.exc.DBAPIError, OSError) as error:
            log.warning("other replicas were not woken: %s", type(error).__name__)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Hear other replicas for as long as the context lasts."""
        if self._db.embedded:
            yield
            return
        task = asyncio.create_task(self._listen(), name="bell")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    def _heard(self, topic: str, argument: str) -> None:
        if topic == CANCEL:
            self.on_cancel(JobId(argument))
        self._events[topic].set()

    def _notified(self, _connection: object, _pid: int, _channel: str, payload: Any) -> None:
        origin, topic, argument = str(payload).split(" ", 2)
        if origin != self._origin:
            self._heard(topic, argument)

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("the database's notifications are away: %s", type(error).__name__)
            await asyncio.sleep(RECONNECT_S)

    async def _listen_once(self) -> None:
        connection = await self._db.own_connection()
        closed = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _connection: closed.set())
            await connection.add_listener(CHANNEL, self._notified)
            await closed.wait()
        finally:
            await connection.close()
