"""Trials: a draft rendered like any photo, on the portrait and on the maintainer's own last photo.

A trial is an ordinary job ahead of the guests', with one message, progress and a before-and-after card. Its
style is one revision of one draft, so that what was tried out is exactly what is published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.bench import Complaint
from bot.errors import UnknownJob
from bot.nouns import ChatKey, JobView, StyleId
from bot.office.previews import BACKROOM, SEED
from bot.office.slips import NoPhoto, NotDrawable
from bot.ports import Vault
from bot.states import UNFINISHED
from bot.store.drafts import Draft
from bot.store.jobs import JobStore, NewJob, new_job_id
from bot.store.vaults import photo_name
from bot.styles.collection import Collection
from bot.styles.model import Model
from bot.styles.shelf import Shelf
from bot.underway.ending import Ending
from bot.underway.entrance import Entrance

PRIORITY = 1  # ahead of the guests: a maintainer stands at the booth, and it is one picture

Subject = Literal["portrait", "own"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a trial is shown, as in :class:`~bot.nouns.Post`."""

    event: str
    chat: ChatKey
    language: str
    message: str | None = None
    context: str = ""


@dataclass(frozen=True, slots=True)
class Trials:
    """Puts drafts into the line."""

    jobs: JobStore
    vault: Vault
    shelf: Shelf
    collection: Collection
    entrance: Entrance
    ending: Ending
    model: Model

    async def start(self, draft: Draft, subject: Subject, spot: Spot) -> JobView:
        """Render the draft as it is now; the same event gives its job again.

        Raises:
            NotDrawable: nobody can draw it.
            NoPhoto: the maintainer has sent none that is still kept.
        """
        present = await self.jobs.by_event(spot.event)
        jpeg = await self._photo(draft, subject)
        if present is None:
            await self._check(draft)
        style = self.shelf.known(draft.render_id)
        if style is None:
            raise NotDrawable((Complaint("slip-no-server"),))
        new = NewJob(
            id=new_job_id(),
            event=spot.event,
            guest=draft.owner,
            chat=spot.chat,
            language=spot.language,
            seed=SEED,
            style=style,
            message=spot.message,
            context=spot.context,
            priority=PRIORITY,
            kind="trial",
        )
        return (await self.entrance.enter(new, jpeg))[0]

    async def start_unseen(self, draft: Draft, language: str) -> JobView:
        """Render an imported draft on the portrait, for nobody to look at."""
        chat = ChatKey(f"{BACKROOM}:{draft.owner.replace(':', '-')}")
        return await self.start(draft, "portrait", Spot(f"import:{draft.render_id}", chat, language))

    async def stop(self, style: StyleId) -> None:
        """End the trials of a revision that is not wanted any more."""
        for job in await self.jobs.of_style(style):
            if job.state in UNFINISHED:
                try:
                    await self.ending.discard(job.guest, job.id)
                except UnknownJob:  # it has just ended by itself
                    continue

    async def _check(self, draft: Draft) -> None:
        complaints = await self.collection.check(draft.definition)
        if wrong := _hindering(complaints):
            raise NotDrawable(wrong)

    async def _photo(self, draft: Draft, subject: Subject) -> bytes:
        if subject == "portrait":
            return await self.model.jpeg()
        job = await self.jobs.last_photo(draft.owner)
        photo = None if job is None else await self.vault.get(photo_name(job.id))
        if photo is None:
            raise NoPhoto
        return photo


def _hindering(complaints: Sequence[Complaint]) -> Sequence[Complaint]:
    return [complaint for complaint in complaints if complaint.severity != "note"]
