"""Telling guests how their jobs stand: one message a job, its cards one after the other, thinned out.

What is told here is a courtesy: a card that doesn't reach its chat is lost, the next one follows. A job's end
has no next one: it is repeated for a while. Only the finished picture is a promise;
:mod:`bot.staff.courier` keeps it.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from weakref import WeakValueDictionary

from bot.cards import Address, Card, Shown, Told, make_card
from bot.errors import ChatGone, DeliveryError
from bot.nouns import ChatKey, Job, JobId, Picture, Place, Progress
from bot.ports import Chat, Report
from bot.states import FINISHED, JobState
from bot.store.claims import ClaimStore
from bot.store.trouble import STORE_TROUBLE
from bot.styles.shelf import Shelf
from bot.trail import on_trail
from bot.underway.lines import Lines
from bot.underway.worker import pause_s
from bot.words import Words

PACE_S = 0.1  # between two cards of one job; adapters thin further where a platform's limits ask for it

ENDS_TRIED = 20  # an apology that nobody reads within a quarter of an hour may stay unread
ENDS_REMEMBERED = 4096

_OVER = FINISHED | {JobState.DELIVERING}

log = logging.getLogger(__name__)


OnPicture = Callable[[Job, str], Awaitable[None]]
"""Told of every message in which a job's picture stands by now: the job may have been erased meanwhile."""


async def _leave(_job: Job, _message: str) -> None:
    """Where nobody wants to know."""


class Teller:
    """Makes cards and shows them in the jobs' chats.

    Attributes:
        opening: Jobs whose first message is being sent; their leases are kept meanwhile.
    """

    def __init__(
        self, owner: str, chats: Sequence[Chat], claims: ClaimStore, lines: Lines, shelf: Shelf, words: Words
    ) -> None:
        """Tell through these chats."""
        self.on_picture: OnPicture = _leave
        self._owner = owner
        self.chats: Mapping[str, Chat] = {chat.name: chat for chat in chats}
        self._claims = claims
        self._lines = lines
        self._shelf = shelf
        self._words = words
        self._told_positions: dict[JobId, int] = {}
        self._locks: WeakValueDictionary[JobId, asyncio.Lock] = WeakValueDictionary()
        self._messages: dict[JobId, str] = {}
        self._pauses: dict[ChatKey, float] = {}
        self.opening: set[JobId] = set()
        self._gone: set[JobId] = set()
        self._over: OrderedDict[JobId, None] = OrderedDict()
        self._telling: set[asyncio.Task[None]] = set()

    def card(
        self, job: Job, place: Place, *, progress: Progress | None = None, picture: Picture | None = None
    ) -> Card:
        """The card of a job as it stands."""
        name = "" if job.style is None else self._shelf.name(job.style, job.language)
        away = job.renderer is not None and self._shelf.slots(job.renderer) == 0
        return make_card(job, Told(place, name, away, progress, picture), self._words)

    async def show(self, job: Job, card: Card) -> None:
        """Show a card in its job's message, if the chat can be reached; a job's end is tried again later."""
        if job.id in self._gone:
            return
        try:
            await self.deliver(job, card)
        except ChatGone:
            if card.state not in _OVER:
                self._gone.add(job.id)
        except DeliveryError as error:
            log.info("job %s: a card was not shown: %s", job.id, type(error.__cause__ or error).__name__)
            if card.state in FINISHED:
                self._start(self._insist(job, card, error), f"end of {job.id}")

    async def _insist(self, job: Job, card: Card, error: DeliveryError) -> None:
        for attempt in range(ENDS_TRIED):
            await asyncio.sleep(pause_s(attempt, error))
            try:
                await self.deliver(job, card)
            except ChatGone:
                return
            except DeliveryError as again:
                error = again
            else:
                return

    async def deliver(self, job: Job, card: Card) -> Shown:
        """Show a card in its job's one message, after all that is being shown in it.

        Raises:
            ChatGone: nobody is there any more.
            DeliveryError: the chat can't be reached, asks for a pause, or isn't set up any more; or the card
                is overtaken by the job's end.
        """
        with on_trail(job.id):
            return await self._deliver(job, card)

    async def _deliver(self, job: Job, card: Card) -> Shown:
        chat = self._chat(job)
        async with self._locks.setdefault(job.id, asyncio.Lock()):
            self._check(job, card)
            known = self._messages.get(job.id, job.message)
            if known is None:
                shown = await self._first(chat, job, card)
            else:
                shown = await self._shown(chat, job, known, card)
            if shown.message != known:
                await self._claims.shown(job.id, shown.message)
            self._remember(card, shown.message)
            if card.picture is not None:
                await self.on_picture(job, shown.message)
            return shown

    def _check(self, job: Job, card: Card) -> None:
        now = time.monotonic()
        self._pauses = {chat: until for chat, until in self._pauses.items() if until > now}
        if job.chat in self._pauses:
            raise DeliveryError(self._pauses[job.chat] - now)
        if job.id in self._over and card.state not in _OVER:
            raise DeliveryError

    async def _first(self, chat: Chat, job: Job, card: Card) -> Shown:
        """Show a job whose message isn't known here: another process may have sent it, or do so just now."""
        self.opening.add(job.id)
        try:
            return await self._shown(chat, job, await self._opened(job), card)
        except BaseException:
            await self._claims.close(job.id, self._owner)
            raise
        finally:
            self.opening.discard(job.id)

    async def _opened(self, job: Job) -> str | None:
        opening = await self._claims.open(job.id, self._owner)
        if opening.message is None and not opening.ours:
            raise DeliveryError
        return opening.message

    async def _shown(self, chat: Chat, job: Job, message: str | None, card: Card) -> Shown:
        try:
            return await chat.show(Address(job.chat, message, job.context), card)
        except ChatGone:
            self._end(card)
            raise
        except DeliveryError as error:
            self._pause(job.chat, error)
            raise

    async def nudge(self, job: Job) -> None:
        """Tell a guest who has waited long that the picture is there; never repeated."""
        words = self._words.say(job.language, "card-nudge")
        try:
            address = Address(job.chat, job.message, job.context)
            await self._chat(job).nudge(address, words, f"nudge {job.id}")
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

    async def adopt(self, job: JobId, message: str) -> None:
        """A message that was thought lost has turned up: it is the job's, where none was known."""
        if await self._claims.adopt(job, message):
            self._messages[job] = message

    def _remember(self, card: Card, message: str) -> None:
        # A row in hand may be older than what was shown. Once the job is over, its row is read anew.
        self._messages[card.job] = message
        self._end(card)

    def _end(self, card: Card) -> None:
        if card.state not in _OVER:
            return
        self._messages.pop(card.job, None)
        self._gone.discard(card.job)
        self._over[card.job] = None
        if len(self._over) > ENDS_REMEMBERED:
            self._over.popitem(last=False)

    async def tell(self, job: Job) -> None:
        """Show how the job stands now."""
        await self.show(job, self.card(job, await self._lines.place(job)))

    def tell_soon(self, job: Job) -> None:
        """As :meth:`tell`, without waiting for a chat that may be away."""
        self._start(self._told(job), f"card of {job.id}")

    async def _told(self, job: Job) -> None:
        try:
            await self.tell(job)
        except STORE_TROUBLE as error:
            log.warning("job %s: how it stands is not told: %s", job.id, type(error).__name__)

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
        self._start(self._follow(job, latest), f"follow {job.id}")
        try:
            yield latest.put
        finally:
            latest.close()

    async def quiet(self) -> None:
        """End all that is being told."""
        for task in self._telling:
            task.cancel()
        if self._telling:
            await asyncio.wait(self._telling)

    def _start(self, telling: Coroutine[None, None, None], name: str) -> None:
        task = asyncio.create_task(telling, name=name)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _follow(self, job: Job, latest: "_Latest") -> None:
        try:
            await self.tell(job)
            while (progress := await latest.next()) is not None:
                await self.show(job, self.card(job, await self._lines.place(job), progress=progress))
                await asyncio.sleep(PACE_S)
        except STORE_TROUBLE as error:
            log.warning("job %s: its progress is not told: %s", job.id, type(error).__name__)


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
