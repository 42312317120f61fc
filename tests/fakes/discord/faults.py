"""What goes wrong between the bot and Discord, on demand: for an operation, a channel, so many requests."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "rate limit",
    "global rate limit",
    "banned",
    "server error",
    "refused",
    "reset before",
    "reset after",
    "hang",
    "hang after",
    "slow",
    "hold",
    "hold after",
]

EVERYTHING = "*"
DOWNLOAD = "download"


@dataclass(slots=True)
class Fault:
    """One fault.

    Attributes:
        operation: As the routes name it ("edit message"), "download" of the CDN, or "*" for all.
        kind: "before" and "after" mean the effect: after a "reset after" the message is there. "banned" is
            Cloudflare's 429 without ``Via``. What is held goes on as if nothing had been when it is released.
        times: How many requests it still strikes; None is all of them.
        skip: How many it spares before.
        channel: Only requests for this channel.
        retry_after: Seconds, of a rate limit.
        status: Of a server error or a refusal; ``code`` is the latter's JSON error code.
        delay_s: Of a slow one.
        hits: How many it has struck.
    """

    operation: str
    kind: Kind
    times: int | None = 1
    skip: int = 0
    channel: int | None = None
    retry_after: float = 0.5
    status: int = 502
    delay_s: float = 0.1
    code: int = 0
    hits: int = 0
    _released: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def clear(self) -> None:
        """All is well again."""
        self.times = 0
        self.release()

    def release(self) -> None:
        """Let go what is held, and hold no more."""
        self._released.set()

    async def released(self) -> None:
        """Wait until it is let go."""
        await self._released.wait()

    def strikes(self, operation: str, channel: int | None) -> bool:
        """Whether it happens to this request; counts it."""
        if self.times == 0 or self.operation not in {operation, EVERYTHING}:
            return False
        if self.channel not in {None, channel}:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times = None if self.times is None else self.times - 1
        self.hits += 1
        return True
