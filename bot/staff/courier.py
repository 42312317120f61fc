"""The courier: edits each job's one message into its picture, and repeats that until the chat has said yes.

Repeating an edit is harmless, so an ambiguous answer is simply repeated. Who has waited long is nudged once.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Shown
from bot.errors import ChatGone, DeliveryError
from bot.nouns import Claim, Picture, Place
from bot.ports import Vault
from bot.store.bell import DELIVER, Bell
from bot.store.claims import ClaimStore
from bot.store.vaults import picture_name
from bot.trail import OnStep, followed, no_step, step
from bot.underway.keeper import Keeper
from bot.underway.teller import Teller
from bot.underway.worker import Task, Worker, pause_s, written

SLOTS = 8

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Satchel:
    """What the courier works with."""

    owner: str
    claims: ClaimStore
    vault: Vault
    keeper: Keeper
    bell: Bell
    teller: Teller
    on_step: OnStep = no_step


class Courier:
    """Delivers finished pictures to all chats."""

    def __init__(self, satchel: Satchel) -> None:
        """Deliver through the teller's chats."""
        self._owner = satchel.owner
        self._claims = satchel.claims
        self._vault = satchel.vault
        self._keeper = satchel.keeper
        self._teller = satchel.teller
        self._on_step = satchel.on_step
        wake = satchel.bell.event(DELIVER)
        self.worker = Worker(Task("courier", wake, lambda: SLOTS, self._claim, followed(self._deliver)))

    async def _claim(self, slots: int) -> Sequence[Claim]:
        return await self._claims.claim_delivery(list(self._teller.chats), self._owner, slots)

    async def _deliver(self, claim: Claim) -> None:
        began = time.monotonic()
        outcome = "cancelled"
        try:
            outcome = await self._show(claim)
        except ChatGone:
            outcome = "gone"
            log.info("job %s: nobody is there any more", claim.job.id)
            await self._done(claim, None)
        except DeliveryError as error:
            outcome = "later"
            await self._later(claim, pause_s(claim.attempt, error))
        except Exception:  # the top of a worker: the picture stays kept and is tried again
            outcome = "unexpected"
            log.exception("job %s: an unexpected error while delivering", claim.job.id)
            await self._later(claim, pause_s(claim.attempt))
        finally:
            self._on_step(step("deliver", claim.job, outcome, time.monotonic() - began, claim.attempt))

    async def _show(self, claim: Claim) -> str:
        """Show the picture; return what came of it."""
        job = claim.job
        data = await self._vault.get(picture_name(job.id))
        if not await self._claims.holds(claim):  # erased, or this process was frozen meanwhile
            return "cancelled"
        if data is None:
            log.warning("job %s: the picture is missing and is painted again", job.id)
            await written(lambda: self._claims.repaint(claim), self._keeper.make_room)
            return "missing"
        card = self._teller.card(job, Place(0, 0.0), picture=Picture(data))
        await self._done(claim, await self._teller.deliver(job, card))
        return "done"

    async def _done(self, claim: Claim, shown: Shown | None) -> None:
        """End the job; where its chat is gone, the picture is kept for its guest all the same."""
        done = await written(lambda: self._claims.delivered(claim, shown), self._keeper.make_room)
        if done is not None and done.nudged:
            await self._teller.nudge(done)

    async def _later(self, claim: Claim, wait_s: float) -> None:
        log.warning("job %s: not delivered, again in %.0f s", claim.job.id, wait_s)
        await written(lambda: self._claims.deliver_later(claim, wait_s), self._keeper.make_room)
