"""The guest page as a chat: cards go to the streams that watch their job, within this process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.cards import Address, Card, Shown
from bot.nouns import JobId
from bot.secluded import Secluded
from bot.states import JobState

WATCHERS_A_JOB = 8  # a guest's open tabs; more is somebody's game


class Watcher:
    """A mailbox of at most one card a state.

    Whoever reads slowly loses earlier figures and previews of a state, never the state itself.
    """

    def __init__(self) -> None:
        """An empty mailbox."""
        self._cards: dict[JobState, Card] = {}
        self._news = asyncio.Event()
        self.closed = False

    def put(self, card: Card) -> None:
        """Leave a card; one of the same state is replaced, its preview kept until a newer one comes."""
        older = self._cards.pop(card.state, None)
        if older is not None and card.picture is None:
            card = replace(card, picture=older.picture)
        self._cards[card.state] = card
        self._news.set()

    def close(self) -> None:
        """Wake the reader for the last time."""
        self.closed = True
        self._news.set()

    async def next(self, timeout_s: float) -> Card | None:
        """The oldest card, or None when none came in time or the mailbox was closed."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._news.wait()
        except TimeoutError:
            return None
        return self._take()

    def _take(self) -> Card | None:
        if not self._cards:
            return None
        card = self._cards.pop(next(iter(self._cards)))
        if not self._cards and not self.closed:
            self._news.clear()
        return card


class WebChat(Secluded):
    """Implements :class:`bot.ports.Chat`; a job's message is the job itself."""

    name = "web"

    def __init__(self) -> None:
        """Nobody watches yet."""
        self._watchers: dict[JobId, list[Watcher]] = {}
        self._closed = False
        self._others: set[asyncio.Event] = set()

    async def show(self, address: Address, card: Card) -> Shown:  # noqa: ARG002 # the port's signature
        """Hand the card to whoever watches its job; nobody watching is no error, the page asks again."""
        for watcher in self._watchers.get(card.job, ()):
            watcher.put(card)
        return Shown(card.job)

    def may_watch(self, job: JobId) -> bool:
        """Whether the job has room for one more stream."""
        return len(self._watchers.get(job, ())) < WATCHERS_A_JOB

    @contextmanager
    def watch(self, job: JobId) -> Iterator[Watcher]:
        """A mailbox for the job's cards, for as long as the block lasts."""
        watchers = self._watchers.setdefault(job, [])
        watcher = Watcher()
        watcher.closed = self._closed
        watchers.append(watcher)
        try:
            yield watcher
        finally:
            watchers.remove(watcher)
            if not watchers:
                self._watchers.pop(job, None)

    def watched(self) -> int:
        """How many streams are open."""
        return sum(len(watchers) for watchers in self._watchers.values())

    @property
    def closed(self) -> bool:
        """Whether the server stops."""
        return self._closed

    @contextmanager
    def told_of_the_end(self, event: asyncio.Event) -> Iterator[None]:
        """While the block lasts, :meth:`close` sets the event: for streams of other things than jobs."""
        self._others.add(event)
        try:
            yield
        finally:
            self._others.discard(event)

    def close(self) -> None:
        """End every stream, and those to come, so that a server that stops need not wait for them."""
        self._closed = True
        for event in self._others:
            event.set()
        for watchers in self._watchers.values():
            for watcher in watchers:
                watcher.close()
