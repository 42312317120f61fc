"""How often Telegram may be called: token buckets, one a chat and one over all. A flood stops one chat only.

Telegram allows about 30 messages a second in all, one a second in a chat, and 20 a minute in a group (Bots
FAQ, "My bot is hitting limits"). Sends and edits share these figures (tdlib/td#3034); every other call with a
chat is counted as well. Deletions have a limit of their own, out of our reach (tdlib/telegram-bot-api#572):
they wait for no chat's bucket. A bucket's burst and rate together stay within these figures in any second, or
minute.

Calls of a lower rank leave tokens to those of a higher one. So nobody has to queue: however many wait, the
next token is taken by the highest rank among them.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

REMEMBERED_CHATS = 4096  # a bucket that nobody used for so long is full anyway


class Rank(Enum):
    """Who comes first: what takes something away from before people's eyes."""

    DELETION = auto()
    TAKING_BACK = auto()
    ORDINARY = auto()
    STATUS = auto()


@dataclass(frozen=True, slots=True)
class Pace:
    """Calls a second in the long run, and calls at once.

    Attributes:
        reserve: How many of the calls at once status edits leave to others.
        kept: How many everything else leaves to what takes back.
    """

    rate: float
    burst: float
    reserve: float
    kept: float = 0.0

    def needs(self, rank: Rank) -> float:
        """How many tokens there have to be for a call."""
        left = {Rank.ORDINARY: self.kept, Rank.STATUS: max(self.kept, self.reserve)}
        return 1.0 + left.get(rank, 0.0)


@dataclass(frozen=True, slots=True)
class Paces:
    """Over all chats, in a private chat, in a group."""

    overall: Pace = Pace(rate=25.0, burst=5.0, reserve=2.0, kept=1.0)
    private: Pace = Pace(rate=1.0, burst=3.0, reserve=1.0)
    group: Pace = Pace(rate=15 / 60, burst=5.0, reserve=3.0, kept=2.0)


class Bucket:
    """Tokens that grow back with time; they may be owed, so that nobody is overtaken."""

    def __init__(self, pace: Pace, now: float) -> None:
        """A full bucket."""
        self._pace = pace
        self._tokens = pace.burst
        self._counted = now
        self.held_until = now

    def wait_s(self, now: float, rank: Rank) -> float:
        """Seconds until a call may be made; 0 is now."""
        self._fill(now)
        missing = max(0.0, self._pace.needs(rank) - self._tokens)
        return max(missing / self._pace.rate, self.silent_s(now))

    def silent_s(self, now: float) -> float:
        """Seconds of silence that are still asked for."""
        return max(0.0, self.held_until - now)

    def take(self, now: float) -> None:
        """Count one call."""
        self._fill(now)
        self._tokens -= 1.0

    def _fill(self, now: float) -> None:
        grown = (now - self._counted) * self._pace.rate
        self._tokens = min(self._pace.burst, self._tokens + grown)
        self._counted = now


class Budget:
    """The buckets of all chats; ``clock`` gives seconds."""

    def __init__(self, paces: Paces | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing was called yet."""
        self._paces = paces or Paces()
        self._clock = clock
        self._overall = Bucket(self._paces.overall, clock())
        self._chats: OrderedDict[int, Bucket] = OrderedDict()

    def wait_s(self, chat: int | None, rank: Rank = Rank.ORDINARY) -> float:
        """Seconds until a call may be made in this chat (None: in no chat)."""
        now = self._clock()
        own = 0.0
        if chat is not None:
            bucket = self._chat(chat)
            own = bucket.silent_s(now) if rank is Rank.DELETION else bucket.wait_s(now, rank)
        return max(own, self._overall.wait_s(now, rank))

    async def plenty(self, chat: int) -> None:
        """Wait until a status might be shown, which leaves something to others; it isn't counted yet."""
        while wait_s := self.wait_s(chat, Rank.STATUS):  # noqa: ASYNC110 # time is what is waited for
            await asyncio.sleep(wait_s)

    async def turn(self, chat: int | None, rank: Rank = Rank.ORDINARY) -> None:
        """Wait until a call may be made, and count it."""
        while wait_s := self.wait_s(chat, rank):  # noqa: ASYNC110 # time is what is waited for
            await asyncio.sleep(wait_s)
        self.count(chat, rank)

    def count(self, chat: int | None, rank: Rank = Rank.ORDINARY) -> None:
        """A call is made."""
        now = self._clock()
        self._overall.take(now)
        if chat is not None and rank is not Rank.DELETION:
            self._chat(chat).take(now)

    @property
    def remembered(self) -> int:
        """How many chats have a bucket of their own."""
        return len(self._chats)

    def hold(self, chat: int | None, seconds: float) -> None:
        """Telegram has asked for silence, in this chat only (None: in all)."""
        bucket = self._overall if chat is None else self._chat(chat)
        bucket.held_until = max(bucket.held_until, self._clock() + seconds)

    def held_s(self, chat: int | None) -> float:
        """Seconds of silence that are still asked for."""
        bucket = self._overall if chat is None else self._chat(chat)
        return bucket.silent_s(self._clock())

    def _chat(self, chat: int) -> Bucket:
        bucket = self._chats.get(chat)
        if bucket is None:
            pace = self._paces.group if chat < 0 else self._paces.private
            bucket = self._chats[chat] = Bucket(pace, self._clock())
            if len(self._chats) > REMEMBERED_CHATS:
                self._chats.popitem(last=False)
        self._chats.move_to_end(chat)
        return bucket
