"""Edits messages: one edit at a time a message, what is newest wins, and what is promised is waited for."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar
from weakref import WeakValueDictionary

from adapters.discord.api.doors import Door, MessageKey, parts_of
from adapters.discord.layouts import Sheet
from bot.errors import DeliveryError

GAP_S = 1.5  # between two statuses of one message; Discord allows five edits in five seconds a channel
REMEMBERED = 1024
ENDS_REMEMBERED = 4096

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


class Hand(Protocol):
    """Who puts sheets into messages."""

    async def put(self, door: Door, sheet: Sheet) -> object:
        """Show a sheet, trying again where that is harmless."""
        ...

    async def glance(self, door: Door, sheet: Sheet, stale: Callable[[], bool]) -> object:
        """Show a sheet, unless it has become stale before it could be shown."""
        ...


@dataclass(frozen=True, slots=True)
class _Wanted:
    door: Door
    sheet: Sheet


class _Slot:
    """One message: who edits it, the newest status that waits, and what it shows as far as is known."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting: _Wanted | None = None
        self.shown: Sheet | None = None
        self.promises = 0
        self.task: asyncio.Task[None] | None = None

    def take(self) -> _Wanted | None:
        """What waits; afterwards nothing does."""
        wanted, self.waiting = self.waiting, None
        return wanted


class Pad:
    """Edits the messages of one client."""

    def __init__(self, hand: Hand) -> None:
        """Nothing is shown yet."""
        self._hand = hand
        self._slots: WeakValueDictionary[str, _Slot] = WeakValueDictionary()
        self._begun: OrderedDict[str, Sheet] = OrderedDict()  # what a message began with
        self._ended: OrderedDict[str, None] = OrderedDict()  # nothing is shown in these any more
        self._tasks: set[asyncio.Task[None]] = set()

    def note(self, key: MessageKey, sheet: Sheet) -> None:
        """Know what a message has begun with, so that the same status isn't sent after it."""
        self._begun[key] = sheet
        if len(self._begun) > REMEMBERED:
            self._begun.popitem(last=False)

    def jot(self, key: MessageKey, door: Door, sheet: Sheet) -> None:
        """Show a status soon; a newer one, or a promise, takes its place."""
        if key in self._ended:
            return
        slot = self._slots.setdefault(key, _Slot())
        slot.shown = self._begun.pop(key, slot.shown)
        slot.waiting = _Wanted(door, sheet)
        if slot.task is None or slot.task.done():
            slot.task = asyncio.create_task(self._write(key, slot), name=f"status {key}")
            self._tasks.add(slot.task)
            slot.task.add_done_callback(self._tasks.discard)

    async def edit(self, key: MessageKey, door: Door, sheet: Sheet) -> None:
        """Show this for sure.

        Raises:
            DeliveryError: it may not be shown; repeating it is harmless.
        """
        slot = self._slots.setdefault(key, _Slot())
        slot.promises += 1
        self._begun.pop(key, None)
        try:
            async with slot.lock:
                slot.waiting = slot.shown = None
                if key not in self._ended:
                    await self._hand.put(door, sheet)
        finally:
            slot.promises -= 1

    async def last(self, key: MessageKey, act: Callable[[], Awaitable[Answer]]) -> Answer:
        """Do the last thing that is done to a message: what is to be shown in it later is dropped.

        Raises:
            DeliveryError: as ``act``.
        """
        slot = self._slots.setdefault(key, _Slot())
        self._ended[key] = None
        if len(self._ended) > ENDS_REMEMBERED:
            self._ended.popitem(last=False)
        async with slot.lock:
            slot.waiting = None
            return await act()

    async def close(self) -> None:
        """End what waits."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _write(self, key: MessageKey, slot: _Slot) -> None:
        while slot.waiting is not None:
            async with slot.lock:
                wanted = slot.take()
                over = slot.promises or key in self._ended
                if wanted is not None and wanted.sheet != slot.shown and not over:
                    await self._try(slot, wanted)
            await asyncio.sleep(GAP_S * self._neighbours(key))

    def _neighbours(self, key: MessageKey) -> int:
        """The messages of the same channel that are being written: they share its limit."""
        channel, _ = parts_of(key)
        return sum(1 for other in self._slots if parts_of(other)[0] == channel)

    async def _try(self, slot: _Slot, wanted: _Wanted) -> None:
        slot.shown = None
        try:
            await self._hand.glance(wanted.door, wanted.sheet, lambda: slot.promises > 0)
        except DeliveryError as error:
            log.info("a status was not shown: %s", type(error).__name__)
        else:
            slot.shown = wanted.sheet
