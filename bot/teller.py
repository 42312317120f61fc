"""Telling guests how their jobs stand: one message a job, its cards one after the other, thinned out.

What is told here is a courtesy: a card that doesn't reach its chat is lost, the next one follows. Only the
finished picture is a promise; :mod:`bot.courier` keeps it.
"""

import asyncio
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from weakref import WeakValueDictionary

from bot.cards import Address, Card, Shown, Told, make_card
from bot.errors import ChatGone, DeliveryError
from bot.lines import Lines
from bot.nouns import ChatKey, Job, JobId, Picture, Place, Progress
from bot.ports import Chat, Report
from bot.shelf import Shelf
from bot.states import FINISHED, JobState
from bot.store.claims import ClaimStore
from bot.words import Words

PACE_S = 0.1  # between two cards of one job; adapters thin further where a platform's limits ask for it

_OVER = FINISHED | {JobState.DELIVERING}

log = logging.getLogger(__name__)


class Teller:
    """Makes cards and shows them in the jobs' chats."""

    def __init__(
        self, chats: Sequence[Chat], claims: ClaimStore, lines: Lines, shelf: Shelf, words: Words
    ) -> None:
        """Tell through these chats."""
        self.chats: Mapping[str, Chat] = {chat.name: chat for chat in chats}
        self._claims = claims
        self._lines = lines
        self._shelf = shelf
        self._words = words
        self._told_positions: dict[JobId, int] = {}
        self._locks: WeakValueDictionary[JobId, asyncio.Lock] = WeakValueDictionary()
        self._messages: dict[JobId, str] = {}
        self._pauses: dict[ChatKey, float] = {}
        self._gone: set[JobId] = set()
        self._followers: set[asyncio.Task[None]] = set()

    def card(
        self, job: Job, place: Place, *, progress: Progress | None = None, picture: Picture | None = None
    ) -> Card:
        """The card of a job as it stands."""
        name = "" if job.style is None else self._shelf.name(job.style, job.language)
        away = job.renderer is not None and self._shelf.slots(job.renderer) == 0
        return make_card(job, Told(place, name, away, progress, picture), self._words)

    async def show(self, job: Job, card: Card) -> None:
        """Show a card in its job's message, if the chat can be reached and has not asked for a pause."""
        if self._silent(job):
            return
        try:
            await self.deliver(job, card)
        except ChatGone:
            self._gone.add(job.id)
        except DeliveryError as error:
            log.info("job %s: a card was not shown: %s", job.id, type(error.__cause__ or error).__name__)

    def _silent(self, job: Job) -> bool:
        now = time.monotonic()
        self._pauses = {chat: until for chat, until in self._pauses.items() if until > now}
        return job.id in self._gone or job.chat in self._pauses

    async def deliver(self, job: Job, card: Card) -> Shown:
        """Show a card in its job's one message, after all that is being shown in it.

        Raises:
            ChatGone: nobody is there any more.
            DeliveryError: the chat can't be reached, asks for a pause, or isn't set up any more.
        """
        chat = self._chat(job)
        async with self._locks.setdefault(job.id, asyncio.Lock()):
            known = self._messages.get(job.id, job.message)
            try:
                shown = await chat.show(Address(job.chat, known, job.context), card)
            except DeliveryError as error:
                self._pause(job.chat, error)
                raise
            if shown.message != known:
                await self._claims.shown(job.id, shown.message)
            self._remember(card, shown.message)
            return shown

    async def nudge(self, job: Job) -> None:
        """Tell a guest who has waited long that the picture is there; never repeated."""
        words = self._words.say(job.language, "card-nudge")
        try:
            await self._chat(job).nudge(Address(job.chat, job.message, job.context), words)
        except DeliveryError as error:
            self._pause(job.chat, error)
            log.info("job %s: the guest was not nudged", job.id)

    def _chat(self, job: Job) -> Chat:
        chat = self.chats.get(job.chat.partition(":")[0])
        if chat is None:
            raise DeliveryError
        return chat

    def _pause(self, chat: ChatKey, error: DeliveryError) -> None:
        if error.retry_after_s is not None:
            self._pauses[chat] = time.monotonic() + error.retry_after_s

    def _remember(self, card: Card, message: str) -> None:
        # A row in hand may be older than what was shown. Once the job is over, its row is read anew.
        if card.state in _OVER:
            self._messages.pop(card.job, None)
            self._gone.discard(card.job)
        else:
            self._messages[card.job] = message

    async def tell(self, job: Job) -> None:
        """Show how the job stands now."""
        await self.show(job, self.card(job, await self._lines.place(job)))

    async def tell_line(self, renderer: str) -> None:
        """Tell everybody in a line whose place has changed."""
        snapshot = await self._lines.snapshot(renderer)
        waiting = [job for job in snapshot.jobs if job.state is JobState.WAITING]
        moved = [
            job for job in waiting if self._told_positions.get(job.id) != snapshot.places[job.id].position
        ]
        self._told_positions = {job.id: snapshot.places[job.id].position for job in waiting}
        for job in moved:
            await self.show(job, self.card(job, snapshot.places[job.id]))

    @contextmanager
    def following(self, job: Job) -> Iterator[Report]:
        """Show a render's progress while the block runs.

        A card that is under way when the block ends is not waited for: a slow chat must not hold a renderer.
        Whatever is shown later comes after it, as each job's message is shown one card at a time.
        """
        latest = _Latest()
        task = asyncio.create_task(self._follow(job, latest), name=f"follow {job.id}")
        self._followers.add(task)
        task.add_done_callback(self._followers.discard)
        try:
            yield latest.put
        finally:
            latest.close()

    async def quiet(self) -> None:
        """End all that is being told."""
        for task in self._followers:
            task.cancel()
        if self._followers:
            await asyncio.wait(self._followers)

    async def _follow(self, job: Job, latest: "_Latest") -> None:
        await self.tell(job)
        while (progress := await latest.next()) is not None:
            await self.show(job, self.card(job, await self._lines.place(job), progress=progress))
            await asyncio.sleep(PACE_S)


class _Latest:
    """Keeps the newest progress, with the newest preview, until it is taken."""

    def __init__(self) -> None:
        self._kept: Progress | None = None
        self._news = asyncio.Event()
        self._closed = False

    def put(self, progress: Progress) -> None:
        preview = progress.preview or (self._kept.preview if self._kept else None)
        self._kept = Progress(progress.fraction, preview)
        self._news.set()

    def close(self) -> None:
        self._closed = True
        self._news.set()

    async def next(self) -> Progress | None:
        await self._news.wait()
        if self._closed:
            return None
        self._news.clear()
        kept, self._kept = self._kept, None
        return kept
