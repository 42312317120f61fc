"""The keeper: erases what has had its time, and makes room when the disk is full."""

import asyncio
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.nouns import JobId
from bot.ports import Vault
from bot.store.bell import RECALLS, WALL, Bell
from bot.store.console import QUESTION_LASTS_S
from bot.store.jobs import JobStore
from bot.store.reserve import Reserve
from bot.store.shares import ShareStore
from bot.store.trouble import STORE_TROUBLE
from bot.store.upkeep import UpkeepStore
from bot.store.vaults import all_names, loop_names, photo_name

BATCH = 200
ORPHAN_AGE_S = 600.0  # a photo is written before its row: leave it that long
INBOUND_S = 48 * 3600.0  # platforms send an event again for a day at most
GUESTS_S = 30 * 86400.0  # a guest's language and last styles, no face: an event and its coming back
MOMENTS_S = 3600.0  # a chat's style and its last collage
TROUBLES_S = 86400.0  # the status tells of an hour

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept, in seconds after their job's last change, and how often to look."""

    photos_s: float
    pictures_s: float
    shared_s: float | None = None  # since it was shared; None: until it is unshared, or the event is closed
    longest_round_s: float = 30.0

    @property
    def every_s(self) -> float:
        """Seconds between two rounds: short times are kept more exactly than long ones."""
        times = [self.photos_s, self.pictures_s, *([] if self.shared_s is None else [self.shared_s])]
        return min(self.longest_round_s, max(1.0, min(times) / 4))


@dataclass(frozen=True, slots=True)
class Broom:
    """What the keeper looks after. ``reserve`` is None where the database keeps the pictures."""

    jobs: JobStore
    upkeep: UpkeepStore
    shares: ShareStore
    vault: Vault
    reserve: Reserve | None
    bell: Bell


class Keeper:
    """Looks after the vault and the rows."""

    def __init__(self, broom: Broom, retention: Retention) -> None:
        """Take what is looked after, and for how long things are kept."""
        self._jobs = broom.jobs
        self._upkeep = broom.upkeep
        self._shares = broom.shares
        self._vault = broom.vault
        self._reserve = broom.reserve
        self._bell = broom.bell
        self._retention = retention

    async def run(self) -> None:
        """Look after everything for ever."""
        while True:
            try:
                await self.tidy()
            except STORE_TROUBLE as error:
                log.warning("retention is put off: %s", type(error).__name__)
            await asyncio.sleep(self._retention.every_s)

    async def tidy(self) -> int:
        """Erase what is over its time; return how many photos and pictures that were."""
        await self._old_shares()
        erased = await self._old_photos() + await self._old_rows() + await self._orphans(ORPHAN_AGE_S)
        if erased:
            log.info("retention: %d photos and pictures erased", erased)
        await self._old_words()
        await self._upkeep.cut_log()
        if self._reserve is not None:
            await self._reserve.restore()
        return erased

    async def room_for(self, photo_bytes: int) -> bool:
        """Whether another photo may be taken; retention runs first where there is no room."""
        if self._reserve is None:
            return True
        unfinished = await self._jobs.unfinished()
        if await self._reserve.room_for(photo_bytes, unfinished):
            return True
        await self.tidy()
        return await self._reserve.room_for(photo_bytes, unfinished)

    async def make_room(self) -> bool:
        """The disk is full: erase what may go, then give up the ballast; return whether it gave room."""
        photos = await self._overdue_photos_files_only()
        released = self._reserve is not None and await self._reserve.release()
        return photos > 0 or released

    async def _overdue_photos_files_only(self) -> int:
        # Deleting files works on a full disk, writing rows may not.
        stale = await self._upkeep.stale_photos(self._retention.photos_s, BATCH)
        return await self._vault.delete(_with_loops(stale))

    async def _old_photos(self) -> int:
        erased = 0
        while stale := await self._upkeep.stale_photos(self._retention.photos_s, BATCH):
            erased += await self._vault.delete(_with_loops(stale))
            await self._upkeep.drop_photos(stale)
        return erased

    async def _old_shares(self) -> None:
        if self._retention.shared_s is None:
            return
        while stale := await self._shares.stale(self._retention.shared_s, BATCH):
            for job in stale:
                await self._shares.end(job)
            for topic in (RECALLS, WALL):
                await self._bell.ring(topic)

    async def _old_rows(self) -> int:
        erased = 0
        while stale := await self._upkeep.stale_rows(self._retention.pictures_s, BATCH):
            gone = await self._upkeep.drop_rows(stale)
            erased += await self._vault.delete([name for job in gone for name in all_names(job)])
        return erased

    async def _old_words(self) -> None:
        if given_up := await self._upkeep.give_up_fetching(self._retention.pictures_s):
            log.warning("retention: %d photos could never be fetched", given_up)
        await self._upkeep.drop_inbound(INBOUND_S)
        await self._upkeep.drop_guests(GUESTS_S)
        await self._upkeep.drop_troubles(TROUBLES_S)
        await self._upkeep.drop_moments(MOMENTS_S)
        await self._upkeep.drop_console(INBOUND_S, QUESTION_LASTS_S)

    async def sweep(self) -> None:
        """Erase what a kill has left between row and file: for a process that starts alone with both."""
        await self._orphans(-math.inf)

    async def _orphans(self, least_age_s: float) -> int:
        old = [name async for name, age_s in self._vault.names() if age_s > least_age_s]
        erased = 0
        for start in range(0, len(old), BATCH):
            erased += await self._drop_orphans(old[start : start + BATCH])
        return erased

    async def _drop_orphans(self, names: Sequence[str]) -> int:
        owners = {name: JobId(name.partition("/")[2]) for name in names}
        known = await self._upkeep.existing(set(owners.values()))
        return await self._vault.delete([name for name, job in owners.items() if job not in known])


def _with_loops(jobs: Sequence[JobId]) -> Sequence[str]:
    return [name for job in jobs for name in (photo_name(job), *loop_names(job))]
