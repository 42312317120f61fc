"""A job's server-sent events: its present state at once, then each change until it is final.

``status`` is ``{"id", "status", "position", "eta_s", "text", "shared", "named"}``, ``progress`` is
``{"status", "value"}`` with a value in 0..1, ``preview`` ``{"status", "image"}``: a picture as data URL.
"""

import json
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

from sse_starlette import ServerSentEvent

from adapters.web.answers import FINAL, sharing_answer, status_of
from adapters.web.chat import Watcher, WebChat
from bot.booth import Booth
from bot.cards import Card
from bot.errors import UnknownJob
from bot.nouns import GuestKey, JobId
from bot.states import JobState

RETRY_MS = 1000  # a browser that lost us comes back after a second
LOOK_AGAIN_S = 2.0  # another replica may have moved the job
PREVIEW_EVERY_S = 0.5  # a slow uplink has better things to carry


async def job_events(
    booth: Booth, chat: WebChat, guest: GuestKey, job: JobId
) -> AsyncIterator[ServerSentEvent]:
    """The stream of one job; ends after the final status, and when the job is erased."""
    yield ServerSentEvent(retry=RETRY_MS, comment="hello")
    with chat.watch(job) as watcher:
        told = _Told()
        async for card in _cards(booth, watcher, guest, job):
            for event in told.news(card, await _sharing(booth, card, guest, job)):
                yield event
            if status_of(card.state) in FINAL:
                return


async def _cards(booth: Booth, watcher: Watcher, guest: GuestKey, job: JobId) -> AsyncIterator[Card]:
    card: Card | None = None
    while not watcher.closed:
        try:
            yield card or booth.card(await booth.look(guest, job))
        except UnknownJob:
            return
        card = await watcher.next(LOOK_AGAIN_S)


async def _sharing(booth: Booth, card: Card, guest: GuestKey, job: JobId) -> dict[str, object]:
    """How others see it; what isn't done is seen by nobody."""
    if status_of(card.state) == "done":
        with suppress(UnknownJob):
            return sharing_answer((await booth.look(guest, job)).job)
    return {"shared": None, "named": False}


class _Told:
    """What the stream has said already: nothing is said twice."""

    def __init__(self) -> None:
        self._status: dict[str, object] = {}
        self._progress = 0.0
        self._preview_due = 0.0

    def news(self, card: Card, sharing: dict[str, object]) -> Iterator[ServerSentEvent]:
        status = status_of(card.state)
        figures: dict[str, object] = {
            "id": card.job,
            "status": status,
            "position": card.position,
            "eta_s": round(card.eta_s, 1),
            "text": card.words,
        } | sharing
        if figures != self._status:
            self._status = figures
            yield _event("status", figures)
        if card.state is JobState.RENDERING:
            yield from self._growth(card, status)

    def _growth(self, card: Card, status: str) -> Iterator[ServerSentEvent]:
        if card.progress and card.progress != self._progress:
            self._progress = card.progress
            yield _event("progress", {"status": status, "value": round(card.progress, 3)})
        if card.picture is not None and time.monotonic() >= self._preview_due:
            self._preview_due = time.monotonic() + PREVIEW_EVERY_S
            image = b64encode(card.picture.data).decode("ascii")
            url = f"data:{card.picture.media_type};base64,{image}"
            yield _event("preview", {"status": status, "image": url})


def _event(name: str, data: dict[str, object]) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False, separators=(",", ":")), event=name)
