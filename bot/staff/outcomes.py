"""What follows from a render's end: a tested draft, a fresh preview, a style that is set aside."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.console import data
from bot.nouns import Job, StyleId
from bot.office.herald import Crier, Herald
from bot.office.previews import Previews
from bot.store.audit import Act, Deed
from bot.store.counts import CountStore
from bot.store.drafts import DraftStore, revision_of
from bot.store.notes import Note
from bot.store.styles import StyleStore
from bot.store.trouble import STORE_TROUBLE
from bot.styles.collection import Collection

FAILURES_IN_A_ROW = 3
OF_THE_STYLE = frozenset({"crashed", "style-broken"})
"""Apologies that speak against the style, and not against the photo."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ImportedNews:
    """Tells who has brought a style along that it is published."""

    crier: Crier
    style: StyleId

    def __call__(self, version: int) -> Sequence[Note]:
        """As this version."""
        return self.crier.notes("news-imported", style=self.style, version=version)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Told by the painters how jobs ended."""

    styles: StyleStore
    drafts: DraftStore
    counts: CountStore
    collection: Collection
    previews: Previews
    herald: Herald

    async def painted(self, job: Job, picture: bytes) -> None:
        """A picture is there, and about to be kept. It may be told twice, when a restart comes between."""
        if job.kind == "preview":
            await self.previews.keep(job, picture)
        elif job.kind == "trial":
            await self._tested(job)

    async def failed(self, job: Job, failure: str, cause: str) -> None:
        """A job has ended in an apology; ``failure`` is its sentence's code, ``cause`` the worker's."""
        try:
            if job.kind == "guest" and failure in OF_THE_STYLE:
                await self._count(job, cause)
            elif job.kind == "trial":
                await self._tell_owner(job)
        except STORE_TROUBLE as error:
            log.warning("job %s: its failure was not counted: %s", job.id, type(error).__name__)

    async def trouble(self, cause: str) -> None:
        """An attempt did not give a picture."""
        try:
            await self.counts.note_trouble(cause)
        except STORE_TROUBLE as error:
            log.warning("a trouble was not counted: %s", type(error).__name__)

    async def _count(self, job: Job, cause: str) -> None:
        if job.style is None:
            return
        most = FAILURES_IN_A_ROW
        keys = (("style", data.to("s", job.style)), ("show", data.to("show", job.style)))
        news = await self.herald.to_crew("news-set-aside", keys, style=job.style, times=most, cause=cause)
        if not await self.styles.note_failure(job.style, cause, most, news):
            return
        log.warning("style %s is set aside: %s", job.style, cause)
        await self.collection.changed()
        await self.herald.ring()

    async def _tested(self, job: Job) -> None:
        names = None if job.style is None else revision_of(job.style)
        draft = None if names is None else await self.drafts.note_tested(*names)
        if draft is None or not draft.imported:
            return
        news = ImportedNews(await self.herald.to(draft.owner), draft.style)
        number = await self.drafts.publish(Deed(draft.owner, Act.PUBLISH, draft.style), draft, news)
        if number is not None:
            await self.collection.changed()
            await self.herald.ring()

    async def _tell_owner(self, job: Job) -> None:
        names = None if job.style is None else revision_of(job.style)
        draft = None if names is None else await self.drafts.get(names[0])
        if draft is not None and draft.imported:
            await self.herald.tell(draft.owner, "news-not-imported", style=draft.style)
