"""Telegram's own brakes (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.telegram.refusals import flood

COUNTED = ("send", "edit", "copy", "forward")
NOT_COUNTED = frozenset({"sendchataction"})


@dataclass(frozen=True, slots=True)
class Limits:
    """``burst`` messages at once in a chat and one a second after that, so many a minute in a group."""

    burst: int = 3
    chat_per_s: float = 1.0
    group_per_min: int = 20
    overall_per_s: int = 30


@dataclass(slots=True)
class Brake:
    """Counts messages and edits; ``limits=None`` lets everything pass."""

    limits: Limits | None = None
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[int, tuple[float, float]] = field(default_factory=dict)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _overall: deque[float] = field(default_factory=deque)

    def check(self, method: str, chat: int | None) -> None:
        """Counts a call.

        Raises:
            Refused: 429, with the whole seconds until there is room; the call is not counted.
        """
        if self.limits is None or chat is None or not method.startswith(COUNTED) or method in NOT_COUNTED:
            return
        now = self.clock()
        group = self._groups.setdefault(chat, deque())
        wait_s = max(
            self._overflow_s(self._overall, self.limits.overall_per_s, 1.0, now),
            self._overflow_s(group, self.limits.group_per_min, 60.0, now) if chat < 0 else 0.0,
            self._empty_bucket_s(self.limits, chat, now),
        )
        if wait_s > 0:
            raise flood(math.ceil(wait_s))
        self._overall.append(now)
        group.append(now)
        level, _ = self._buckets[chat]
        self._buckets[chat] = (level - 1, now)

    @staticmethod
    def _overflow_s(times: deque[float], room: int, window_s: float, now: float) -> float:
        while times and times[0] <= now - window_s:
            times.popleft()
        return times[0] + window_s - now if len(times) >= room else 0.0

    def _empty_bucket_s(self, limits: Limits, chat: int, now: float) -> float:
        level, then = self._buckets.get(chat, (float(limits.burst), now))
        level = min(float(limits.burst), level + (now - then) * limits.chat_per_s)
        self._buckets[chat] = (level, now)
        return (1 - level) / limits.chat_per_s if level < 1 else 0.0
