"""Hands a server's messages to the jobs that they are about, and notes when the server was last heard.

A job hears only what carries its own id: a message without one may be about another guest.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto

from comfy.busy import Busy
from comfy.protocol import Features, Message, NodeText, Status, Unknown


class Signal(Enum):
    """What a job hears besides messages."""

    REOPENED = auto()
    """The socket is new: whatever was said in between is lost."""

    AWAY = auto()
    """The server can't be reached, or its worker is dead."""


class Ear:
    """What one job hears. The socket's reader never waits for it, so that no client of the server starves."""

    def __init__(self, now: float) -> None:
        """Begin to listen at this time of the loop's clock."""
        self.heard_at = now
        self._heard: asyncio.Queue[Message | Signal] = asyncio.Queue()

    def put(self, heard: Message | Signal, now: float) -> None:
        """Take what was heard."""
        self.heard_at = now
        self._heard.put_nowait(heard)

    @property
    def silent(self) -> bool:
        """Whether everything heard was taken."""
        return self._heard.empty()

    async def next(self, seconds: float) -> Message | Signal | None:
        """The next thing heard, or None after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                return await self._heard.get()
        except TimeoutError:
            return None


class Ears:
    """All jobs that listen to one server.

    Attributes:
        busy: For how long the server was at work for us.
    """

    def __init__(self) -> None:
        """Nobody listens yet."""
        self.heard_at = 0.0
        self.busy = Busy()
        self._ears: dict[str, Ear] = {}

    @contextmanager
    def listening(self, job: str) -> Iterator[Ear]:
        """Listen for one job as long as the context lasts."""
        ear = Ear(_now())
        self._ears[job] = ear
        try:
            yield ear
        finally:
            self._ears.pop(job, None)

    def hear(self, message: Message) -> None:
        """Take one message of the server."""
        self.heard_at = _now()
        self.busy.hear(message, self.heard_at)
        if isinstance(message, Status | Features | NodeText | Unknown) or message.job is None:
            return
        ear = self._ears.get(message.job)
        if ear is not None:
            ear.put(message, self.heard_at)

    def signal(self, signal: Signal) -> None:
        """Tell every job."""
        if signal is Signal.AWAY:
            self.busy.pause(_now())
        for ear in self._ears.values():
            ear.put(signal, _now())


def _now() -> float:
    return asyncio.get_running_loop().time()
