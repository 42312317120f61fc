"""Where guests have lately talked to us, and up to which message we have read there.

The gateway doesn't repeat what was said while its session was lost. So the last message seen is remembered
for each channel with an open conversation; from there on it is read again. Whatever is found twice is dropped
by the inbox, so this may lag behind, but a new channel is written down at once.
"""

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from adapters.discord.where import Where
from bot.store.meta import MetaStore
from bot.store.trouble import STORE_TROUBLE
from bot.unbroken import unbroken

KEY = "discord-channels"
CHANNELS = 200  # remembered; each is one request after a lost session
OPEN_S = 2 * 86_400.0  # without a word, a conversation is over
LAG_S = 10.0
DISCORD_EPOCH_MS = 1_420_070_400_000  # ids hold the time since then (developer documentation, "Snowflakes")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """A channel, and the id of the last message or interaction that was seen there."""

    channel: int
    last: int
    guild: int | None = None


_adapter = TypeAdapter(tuple[Read, ...])


class Journal:
    """Remembered in the store, shared by replicas."""

    def __init__(self, meta: MetaStore) -> None:
        """Nothing is read yet."""
        self._meta = meta
        self._seen: dict[int, Read] = {}
        self._reading: set[int] = set()
        self._early: list[tuple[Where, int]] | None = None  # heard while it is looked up what was read
        self._written_at = 0.0
        self._news = False
        self._writing = asyncio.Lock()

    async def heard(self, where: Where, message: int) -> None:
        """A message was heard; it is written down at once where the conversation is new."""
        if self._early is not None:
            self._early.append((where, message))
            return
        before = self._seen.get(where.channel)
        if where.channel in self._reading or (before is not None and before.last >= message):
            return
        self._seen[where.channel] = Read(where.channel, message, where.guild)
        self._news = True
        if before is None or time.monotonic() - self._written_at > LAG_S:
            await self.write()

    async def talked(self, where: Where, interaction: int) -> None:
        """A conversation is open. It says nothing of the messages before: they may still be unread."""
        if where.channel in self._seen:
            return
        await self._merge()
        if where.channel not in self._seen:
            self._seen[where.channel] = Read(where.channel, interaction, where.guild)
            self._news = True
            await self.write()

    async def open(self) -> list[Read]:
        """The channels to read again, as all replicas know them; the latest conversation first.

        Until a channel is read to its end, what is heard in it counts for nothing: it may be beyond a gap.
        """
        self._early = self._early or []
        await self._merge()
        self._reading = set(self._seen)
        opened = list(self._seen.values())
        early, self._early = self._early, None
        for where, message in early:
            await self.heard(where, message)
        return opened

    def read(self, channel: int) -> None:
        """A channel was read to its end, or can't be read any more."""
        self._reading.discard(channel)

    async def write(self) -> None:
        """Write down what is new; it is a help, so trouble with the store is none of our guests'."""
        async with self._writing:
            if not self._news:  # another one has written it meanwhile
                return
            self._written_at, self._news = time.monotonic(), False
            try:
                await self._merge()
                value = _adapter.dump_json(tuple(self._seen.values())).decode()
                await unbroken(self._meta.remember(KEY, value))
            except STORE_TROUBLE as error:
                self._news = True
                log.info("the channels' last messages are not written: %s", type(error).__name__)

    async def _merge(self) -> None:
        value = await self._meta.recall(KEY)
        try:
            kept = _adapter.validate_json(value) if value else ()
        except ValidationError:
            kept = ()
        self._seen = _merged(self._seen, kept)


def _merged(ours: Mapping[int, Read], others: Iterable[Read]) -> dict[int, Read]:
    """The newest of both, the latest first, without conversations that are over."""
    oldest = snowflake(time.time() - OPEN_S)
    newest: dict[int, Read] = {}
    for read in (*others, *ours.values()):
        before = newest.get(read.channel)
        if read.last >= oldest and (before is None or before.last < read.last):
            newest[read.channel] = read
    ordered = sorted(newest.values(), key=lambda read: read.last, reverse=True)
    return {read.channel: read for read in ordered[:CHANNELS]}


def snowflake(seconds: float) -> int:
    """The smallest id of a moment, given in seconds since the epoch."""
    return max(0, int(seconds * 1000) - DISCORD_EPOCH_MS) << 22
