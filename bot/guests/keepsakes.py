"""Keepsakes of a guest's picture: a before-and-after card, a wipe loop, the picture without its frame.

They are for the picture's own guest and show the photo, too: so they can be had while the photo is kept, and
what is kept of them goes with it. A card is drawn anew each time, which takes less than keeping it would.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from weakref import WeakValueDictionary

from bot.errors import ChildLost, DiskFull, KeepsakeFailed, PhotoErased, RenderCrashed, UnknownJob
from bot.nouns import GuestKey, Job, JobId, Picture
from bot.pixels.bare import bare_jpeg
from bot.pixels.captions import Framing
from bot.pixels.children import Children
from bot.pixels.keepsake_card import CardWords, card_jpeg
from bot.pixels.wipe_loop import MEDIA_TYPES, Taste, loop_bytes
from bot.ports import Vault
from bot.states import JobState
from bot.store.guests import GuestStore
from bot.store.jobs import JobStore
from bot.store.vaults import loop_name, photo_name, picture_name
from bot.styles.shelf import Shelf
from bot.words import Words

SLOTS = 1  # children are for photos and pictures first
RETRY_S = 5.0

log = logging.getLogger(__name__)

Made = TypeVar("Made")


class Kind(StrEnum):
    """What there is; its words are ``keepsake-<kind>``."""

    CARD = "card"
    LOOP = "loop"
    PLAIN = "plain"


def kind_of(text: str) -> Kind | None:
    """The kind of this name; None for a name that no kind has."""
    return next((kind for kind in Kind if kind == text), None)


@dataclass(frozen=True, slots=True)
class KeepsakeParts:
    """What keepsakes are made with."""

    jobs: JobStore
    guests: GuestStore
    vault: Vault
    children: Children
    shelf: Shelf
    words: Words
    framing: Framing


class Keepsakes:
    """What a guest can have of a finished picture beside the picture; and whether pictures get a frame."""

    def __init__(self, parts: KeepsakeParts) -> None:
        """Work with these."""
        self._parts = parts
        self._free = asyncio.Semaphore(SLOTS)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def make(self, guest: GuestKey, job: JobId, kind: Kind, taste: Taste) -> Picture:
        """The keepsake of this kind; ``taste`` is the format of loops that the chat plays.

        Raises:
            UnknownJob, PhotoErased, KeepsakeFailed: as :meth:`card`.
        """
        match kind:
            case Kind.CARD:
                return await self.card(guest, job)
            case Kind.LOOP:
                return await self.loop(guest, job, taste)
            case Kind.PLAIN:
                return await self.plain(guest, job)

    async def card(self, guest: GuestKey, job: JobId) -> Picture:
        """Photo and picture on one card (JPEG), under the event's name unless the guest wants no frame.

        Raises:
            UnknownJob: there is no picture for this guest: not theirs, not finished, or erased.
            PhotoErased: the picture is there, its photo isn't any more.
            KeepsakeFailed: it didn't work out this time.
        """
        found, picture = await self._own(guest, job)
        photo = await self._photo(job)
        words = await self._words(found)
        parts = self._parts
        data = await self._made(job, lambda: parts.children.run(card_jpeg, photo, picture, words))
        await self._still(guest, job)
        return Picture(data)

    async def loop(self, guest: GuestKey, job: JobId, taste: Taste) -> Picture:
        """An edge that wipes photo to picture and back, in a format that the chat plays.

        Raises:
            UnknownJob, PhotoErased, KeepsakeFailed: as :meth:`card`.
        """
        name = loop_name(job, taste)
        async with self._locks.setdefault(name, asyncio.Lock()):
            _, picture = await self._own(guest, job)
            photo = await self._photo(job)
            data = await self._parts.vault.get(name)
            if data is None:
                run = self._parts.children.run
                data = await self._made(job, lambda: run(loop_bytes, photo, picture, taste))
                await self._keep(name, data)
            try:
                await self._still(guest, job)
            except (UnknownJob, PhotoErased):
                await self._parts.vault.delete([name])
                raise
        return Picture(data, MEDIA_TYPES[taste])

    async def plain(self, guest: GuestKey, job: JobId) -> Picture:
        """The picture without its frame (JPEG); it needs no photo.

        Raises:
            UnknownJob, KeepsakeFailed: as :meth:`card`.
        """
        _, picture = await self._own(guest, job)
        return Picture(await self._made(job, lambda: self._parts.children.run(bare_jpeg, picture)))

    # -- the frame --------------------------------------------------------------------------------------

    async def frame_of(self, guest: GuestKey) -> bool:
        """Whether the guest's pictures get a frame with event and code."""
        return await self._parts.guests.framed(guest)

    async def set_frame(self, guest: GuestKey, *, on: bool) -> None:
        """Remember whether the guest's pictures get a frame, from the next one on."""
        await self._parts.guests.set_framed(guest, on=on)

    # -- inside -----------------------------------------------------------------------------------------

    async def _own(self, guest: GuestKey, job: JobId) -> tuple[Job, bytes]:
        found = await self._parts.jobs.get(job, guest)
        finished = found is not None and found.state in (JobState.DELIVERING, JobState.DONE)
        picture = await self._parts.vault.get(picture_name(job)) if finished else None
        if found is None or picture is None or found.kind != "guest":
            raise UnknownJob
        return found, picture

    async def _photo(self, job: JobId) -> bytes:
        photo = await self._parts.vault.get(photo_name(job))
        if photo is None:
            raise PhotoErased
        return photo

    async def _still(self, guest: GuestKey, job: JobId) -> None:
        """What was erased while we drew is not handed out, nor kept."""
        if await self._parts.jobs.get(job, guest) is None:
            raise UnknownJob
        await self._photo(job)

    async def _made(self, job: JobId, make: Callable[[], Awaitable[Made]]) -> Made:
        try:
            async with self._free:
                return await make()
        except (RenderCrashed, ChildLost) as error:
            log.warning("job %s: a keepsake was not made: %s", job, error.cause)
            raise KeepsakeFailed(RETRY_S) from error

    async def _keep(self, name: str, data: bytes) -> None:
        with suppress(DiskFull):  # it is made anew the next time
            await self._parts.vault.put(name, data)

    async def _words(self, job: Job) -> CardWords:
        parts = self._parts
        event = parts.framing.event if await parts.guests.framed(job.guest) else ""
        style = "" if job.style is None else parts.shelf.name(job.style, job.language)
        return CardWords(event, parts.words.say(job.language, "keepsake-before"), style)
