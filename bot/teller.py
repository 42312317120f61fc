"""Telling guests how their jobs stand: one message a job, its cards one after the other, thinned out.

What is told here is a courtesy: a card that doesn't reach its chat is lost, the next one follows. Only the
finished picture is a promise; :mod:`bot.courier` keeps it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from bot.cards import Address, Card, Told, make_card
from bot.errors import DeliveryError
from bot.lines import Lines
from bot.nouns import Job, JobId, Picture, Place, Progress
from bot.ports import Chat, Report
from bot.shelf import Shelf
from bot.states import JobState
from bot.store.claims import ClaimStore
from bot.words import Words

PACE_S = 0.1  # between two cards of one job; adapters thin further where a platform's limits ask for it

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

    def card(
        self, job: Job, place: Place, *, progress: Progress | None = None, picture: Picture | None = None
    ) -> Card:
        """The card of a job as it stands."""
        name = "" if job.style is None else self._shelf.name(job.style, job.language)
        away = job.renderer is not None and self._shelf.slots(job.renderer) == 0
        return make_card(job, Told(place, name, away, progress, picture), self._words)

    async def show(self, job: Job, card: Card) -> None:
        """Show a card in its job's message, if the chat can be reached."""
        chat = self.chats.get(job.chat.partition(":")[0])
        if chat is None:
            return
        try:
            message = await chat.show(Address(job.chat, job.message), card)
        except DeliveryError as error:
            log.info("job %s: a card was not shown: %s", job.id, type(error.__cause__ or error).__name__)
            return
        if message != job.message:
            await self._claims.shown(job.id, message)

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

    @asynccontextmanager
    async def following(self, job: Job) -> AsyncIterator[Report]:
        """Show a render's progress while the block runs; after it no card of it is under way any more."""
        latest: asyncio.Queue[Progress] = asyncio.Queue(maxsize=1)

        def report(progress: Progress) -> None:
            if latest.full():
                kept = latest.get_nowait()
                progress = Progress(progress.fraction, progress.preview or kept.preview)
            latest.put_nowait(progress)

        task = asyncio.create_task(self._follow(job, latest), name=f"follow {job.id}")
        try:
            yield report
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _follow(self, job: Job, latest: asyncio.Queue[Progress]) -> None:
        await self.tell(job)
        while True:
            progress = await latest.get()
            await self.show(job, self.card(job, await self._lines.place(job), progress=progress))
            await asyncio.sleep(PACE_S)
