"""The fetcher: brings photos from their platforms into the vault while their guests choose and wait."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import ChatGone, DeliveryError, GuestError, PhotoError, PhotoOutOfReach
from bot.nouns import Claim, Job
from bot.pixels.cleaning import Cleaner
from bot.ports import Vault
from bot.store.bell import FETCH, Bell, line_topic
from bot.store.fetches import FetchStore
from bot.store.vaults import photo_name
from bot.trail import OnStep, followed, no_step, step
from bot.underway.keeper import Keeper
from bot.underway.lines import Lines
from bot.underway.teller import Teller
from bot.underway.worker import Task, Worker, described, pause_s, written

SLOTS = 8
SLIPS_ALLOWED = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cloakroom:
    """What the fetcher works with."""

    owner: str
    fetches: FetchStore
    cleaner: Cleaner
    vault: Vault
    keeper: Keeper
    bell: Bell
    lines: Lines
    teller: Teller
    on_step: OnStep = no_step


class Fetcher:
    """Fetches photos from all chats."""

    def __init__(self, room: Cloakroom) -> None:
        """Fetch through the teller's chats."""
        self._room = room
        wake = room.bell.event(FETCH)
        self.worker = Worker(Task("fetcher", wake, lambda: SLOTS, self._claim, followed(self._fetch)))

    async def _claim(self, slots: int) -> Sequence[Claim]:
        return await self._room.fetches.claim(list(self._room.teller.chats), self._room.owner, slots)

    async def _fetch(self, claim: Claim) -> None:
        began = time.monotonic()
        outcome = "cancelled"
        try:
            await self._bring(claim)
            outcome = "done"
        except PhotoError as error:
            outcome = error.key
            await self._apologise(claim, error)
        except ChatGone:
            outcome = "gone"
            await self._apologise(claim, PhotoOutOfReach())
        except DeliveryError as error:
            outcome = "later"
            await self._later(claim, pause_s(claim.attempt, error))
        except Exception as error:  # noqa: BLE001 # the top of a worker: the job goes on or ends in the store
            outcome = "unexpected"
            await self._slipped(claim, error)
        finally:
            self._room.on_step(step("intake", claim.job, outcome, time.monotonic() - began, claim.attempt))

    async def _bring(self, claim: Claim) -> None:
        room, job = self._room, claim.job
        if job.source is None:
            raise PhotoOutOfReach
        chat = room.teller.chats[job.chat.partition(":")[0]]
        jpeg = await room.cleaner.clean(await chat.fetch(job.source))
        kept = await self._kept(claim, jpeg)
        if kept is not None and kept.renderer is not None:
            await room.bell.ring(line_topic(kept.renderer))

    async def _kept(self, claim: Claim, jpeg: bytes) -> Job | None:
        room, name = self._room, photo_name(claim.job.id)

        async def keep() -> Job | None:
            await room.vault.put(name, jpeg)
            return await room.fetches.fetched(claim)

        try:
            kept = await written(keep, room.keeper.make_room)
        except BaseException:  # the guest wants nothing of it to stay, or this process ends
            await self._drop_unwanted(claim)
            raise
        if kept is None:
            await self._drop_unwanted(claim)
        return kept

    async def _drop_unwanted(self, claim: Claim) -> None:
        # Another process may have fetched it meanwhile: what its row counts on is left there.
        if not await self._room.fetches.wants_photo(claim.job.id):
            await self._room.vault.delete([photo_name(claim.job.id)])

    async def _slipped(self, claim: Claim, error: Exception) -> None:
        log.error("job %s: an unexpected error while fetching: %s", claim.job.id, described(error))
        if claim.attempt < SLIPS_ALLOWED:
            await self._later(claim, pause_s(claim.attempt))
        else:
            await self._apologise(claim, GuestError())

    async def _later(self, claim: Claim, wait_s: float) -> None:
        room = self._room
        log.warning("job %s: its photo is not fetched, again in %.0f s", claim.job.id, wait_s)
        await written(lambda: room.fetches.later(claim, wait_s), room.keeper.make_room)

    async def _apologise(self, claim: Claim, error: GuestError) -> None:
        room = self._room
        log.info("job %s: its photo can't be used: %s", claim.job.id, error.key)
        failed = await written(
            lambda: room.fetches.fail(claim, error.key, error.values), room.keeper.make_room
        )
        if failed is None:
            return
        if failed.renderer is not None:
            room.lines.changed(failed.renderer)
        await room.teller.tell(failed)
