"""The sheet of styles kept fresh: graph styles are drawn on the shipped portrait while nobody waits.

A preview is an ordinary job of the house's own, last in the line; one that is being drawn makes way for the
first guest who comes. It is due when a style has none of its
published version and a server that is up can draw it: after it was published, and when its server comes back.
"""

import asyncio
import logging
import time
from dataclasses import dataclass

from bot.errors import PhotoError
from bot.nouns import ChatKey, GuestKey, Job, JobId, Picture, Style, StyleId
from bot.ports import Vault
from bot.store.audit import HOUSE
from bot.store.jobs import JobStore, NewJob, new_job_id
from bot.store.previews import Kept, PreviewStore
from bot.store.trouble import STORE_TROUBLE
from bot.store.vaults import preview_name
from bot.styles.collection import Collection
from bot.styles.model import Model
from bot.styles.shelf import Shelf
from bot.underway.entrance import Entrance
from bot.words import DEFAULT_LANGUAGE

BACKROOM = "backroom"
LOOK_S = 10.0
SAME_TRY_S = 600.0  # what could not be drawn is not tried again sooner
PRIORITY = -1  # behind every guest
SEED = 7  # the same picture on every booth
MEDIA_TYPE = "image/webp"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PreviewParts:
    """What the sheet is made with."""

    store: PreviewStore
    jobs: JobStore
    vault: Vault
    shelf: Shelf
    collection: Collection
    entrance: Entrance
    model: Model


class Previews:
    """Draws previews in idle time, and hands them out."""

    def __init__(self, parts: PreviewParts) -> None:
        """Work with these."""
        self._parts = parts
        self._kept: dict[StyleId, Kept] = {}
        self._current: Job | None = None
        self._drawn: JobId | None = None  # the last one: it may be there before its job is in our hands
        self._tried: dict[tuple[StyleId, int], float] = {}

    def version(self, style: StyleId) -> str | None:
        """What changes with a style's preview, for the address that it is kept under; None without one."""
        kept = self._kept.get(style)
        return None if kept is None else kept.blob[:8]

    async def of(self, style: StyleId) -> Picture | None:
        """A style's own preview, WebP of at most 512 pixels; None when it has none yet."""
        kept = self._kept.get(style)
        data = None if kept is None else await self._parts.vault.get(preview_name(kept.blob))
        return None if data is None else Picture(data, MEDIA_TYPE)

    async def keep(self, job: Job, picture: bytes) -> None:
        """Take over what a job of ours has drawn."""
        if job.style is None:
            return
        self._drawn = job.id
        if self._current is not None and self._current.id == job.id:
            self._current = None
        await self._parts.vault.put(preview_name(job.id), picture)
        replaced = await self._parts.store.keep(job.style, Kept(_version_of(job), job.id))
        if replaced is not None:
            await self._parts.vault.delete([preview_name(replaced)])
        await self.refresh()

    async def refresh(self) -> None:
        """Read which previews there are."""
        self._kept = dict(await self._parts.store.all())

    async def run(self) -> None:
        """Draw what is due, one at a time, for ever; only after nobody has come for a while."""
        idle = False
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                await self.refresh()
                was_idle, idle = idle, not await self._parts.jobs.unfinished()
                if was_idle and idle:
                    await self.draw_one()
            except (*STORE_TROUBLE, PhotoError) as error:  # a photo that a busy child could not clean
                log.warning("previews wait: %s", type(error).__name__)

    async def draw_one(self) -> Job | None:
        """Put the next due preview into the line, if nobody is in it; return its job."""
        due = self._next()
        if due is None or await self._parts.jobs.unfinished():
            return None
        version = self._parts.collection.version(due.id)
        self._tried[due.id, version] = time.monotonic()
        new = _job(due, version)
        view, _ = await self._parts.entrance.enter(new, await self._parts.model.jpeg())
        self._current = None if self._drawn == view.job.id else view.job
        return view.job

    def yielded(self) -> Job | None:
        """The preview that was begun last, unless it is done: a guest has come, and it is to make way."""
        job, self._current = self._current, None
        if job is not None and job.style is not None:
            self._tried.pop((job.style, _version_of(job)), None)
        return job

    def _next(self) -> Style | None:
        long_ago = time.monotonic() - SAME_TRY_S
        for offer in self._parts.shelf.everything():
            style, version = offer.style, self._parts.collection.version(offer.style.id)
            wanted = offer.available and style.offered and style.kind == "graph"
            kept = self._kept.get(style.id)
            stale = kept is None or kept.version != version
            if wanted and stale and self._tried.get((style.id, version), long_ago) <= long_ago:
                return style
        return None


def _job(style: Style, version: int) -> NewJob:
    name = new_job_id()
    return NewJob(
        id=name,
        event=f"preview:{style.id}:{version}:{name}",
        guest=GuestKey(HOUSE),
        chat=ChatKey(f"{BACKROOM}:previews"),
        language=DEFAULT_LANGUAGE,
        seed=SEED,
        style=style,
        priority=PRIORITY,
        kind="preview",
    )


def _version_of(job: Job) -> int:
    """The version that was drawn stands in the event, as another one may be published by now."""
    return int(job.event.split(":")[2])
