"""The painter: takes a renderer's next jobs from the line and brings each to its picture or an apology."""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.errors import ChildLost, RenderCrashed, RendererAway, StyleBroken
from bot.nouns import Claim, Job, Order, Picture, StyleId
from bot.ports import Renderer, Vault
from bot.staff.finishing import Finisher
from bot.staff.outcomes import Outcomes
from bot.store.bell import DELIVER, Bell, line_topic
from bot.store.claims import ClaimStore
from bot.store.meta import MetaStore
from bot.store.traces import TraceStore
from bot.store.vaults import photo_name, picture_name
from bot.styles.collection import Collection
from bot.styles.shelf import Shelf
from bot.trail import OnStep, followed, no_step, step
from bot.underway.keeper import Keeper
from bot.underway.lines import Lines
from bot.underway.teller import Teller
from bot.underway.worker import Task, Worker, written

AWAY_RETRY_S = 2.0
CRASHES_ALLOWED = 1  # the second one ends in an apology

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Studio:
    """What painters share."""

    owner: str
    claims: ClaimStore
    meta: MetaStore
    traces: TraceStore
    vault: Vault
    keeper: Keeper
    bell: Bell
    lines: Lines
    shelf: Shelf
    teller: Teller
    collection: Collection
    finisher: Finisher
    outcomes: Outcomes
    previews: bool
    on_step: OnStep = no_step


class Painter:
    """All renders of one renderer."""

    def __init__(self, renderer: Renderer, studio: Studio) -> None:
        """Paint with this renderer."""
        self.renderer_name = renderer.name
        self._renderer = renderer
        self._studio = studio
        topic = line_topic(renderer.name)
        self.worker = Worker(
            Task(topic, studio.bell.event(topic), lambda: renderer.slots, self._claim, followed(self._paint))
        )

    async def _claim(self, slots: int) -> Sequence[Claim]:
        studio = self._studio
        claims = await studio.claims.claim(self._renderer.name, studio.owner, slots)
        if claims:
            studio.lines.changed(self._renderer.name)
        return claims

    async def _paint(self, claim: Claim) -> None:
        started = time.monotonic()
        self._tell_wait(claim)
        outcome = "cancelled"
        try:
            outcome = await self._deliverable(claim, started)
        except RendererAway as error:
            outcome = error.cause
            await self._later(claim, AWAY_RETRY_S, crashed=False)
        except StyleBroken as error:
            outcome = error.cause
            await self._apologise(claim, "style-broken", outcome)
        except (RenderCrashed, ChildLost) as error:
            outcome = error.cause
            await self._crashed(claim, outcome)
        except Exception:  # the top of a worker: whatever broke, the job ends in the store
            outcome = "unexpected"
            log.exception("job %s: an unexpected error while rendering", claim.job.id)
            await self._crashed(claim, outcome)
        finally:
            self._studio.lines.changed(self._renderer.name)
            if outcome not in ("done", "cancelled"):
                log.warning("job %s: attempt %d: %s", claim.job.id, claim.attempt, outcome)
                await self._studio.outcomes.trouble(outcome)
            if claim.job.kind == "guest":
                seconds = time.monotonic() - started
                self._studio.on_step(step("render", claim.job, outcome, seconds, claim.attempt))

    def _tell_wait(self, claim: Claim) -> None:
        """A job waits once; what is painted again has waited already."""
        entered = claim.job.entered
        if claim.attempt == 1 and entered is not None:
            waited_s = max(0.0, time.time() - entered)
            self._studio.on_step(step("wait", claim.job, "done", waited_s))

    async def _deliverable(self, claim: Claim, started: float) -> str:
        """Bring the job to where its picture can be delivered; return the outcome, ``done`` or why not."""
        studio, job = self._studio, claim.job
        photo = await studio.vault.get(photo_name(job.id))
        if photo is None:
            await self._apologise(claim, "photo-lost", "photo-lost")
            return "photo-lost"
        if self._renderer.leaves_traces:
            await self._written(lambda: studio.traces.note(self._renderer.name, job.id))
        order = await self._order(claim, photo)
        with studio.teller.following(job) as report:
            picture = await self._renderer.render(order, report)
        render_s = time.monotonic() - started
        finished = Picture(await studio.finisher.finish(job, photo, picture.data))
        if await self._kept(claim, finished):
            if job.kind == "guest":
                await studio.meta.note_render(_style(job), render_s)
            await studio.bell.ring(DELIVER)
        return "done"

    async def _order(self, claim: Claim, photo: bytes) -> Order:
        """A draft or version that another replica has made known may be news here."""
        studio, job, style = self._studio, claim.job, _style(claim.job)
        if studio.shelf.known(style) is None:
            await studio.collection.refresh()
        drawn = studio.shelf.drawn_as(style)
        return Order(job.id, claim.attempt, drawn, photo, job.seed, studio.previews)

    async def _kept(self, claim: Claim, picture: Picture) -> bool:
        studio, name = self._studio, picture_name(claim.job.id)

        async def keep() -> bool:
            await studio.vault.put(name, picture.data)
            await studio.outcomes.painted(claim.job, picture.data)
            return await studio.claims.rendered(claim)

        try:
            kept = await self._written(keep)
        except BaseException:  # the guest wants nothing of it to stay, or this process ends
            await self._drop_unwanted(claim)
            raise
        if not kept:
            await self._drop_unwanted(claim)
        return kept

    async def _drop_unwanted(self, claim: Claim) -> None:
        # The row may say by now that the picture is there, or another process may have drawn it meanwhile.
        if not await self._studio.claims.wants_picture(claim.job.id):
            await self._studio.vault.delete([picture_name(claim.job.id)])

    async def _crashed(self, claim: Claim, cause: str) -> None:
        if claim.job.crashes < CRASHES_ALLOWED:
            await self._later(claim, 0.0, crashed=True)
        else:
            await self._apologise(claim, "crashed", cause)

    async def _later(self, claim: Claim, after_s: float, *, crashed: bool) -> None:
        await self._written(lambda: self._studio.claims.retry(claim, after_s, crashed=crashed))

    async def _apologise(self, claim: Claim, failure: str, cause: str) -> None:
        studio = self._studio
        if await self._written(lambda: studio.claims.fail(claim, failure)):
            await studio.outcomes.failed(claim.job, failure, cause)
            job = await studio.claims.get(claim.job.id)
            if job is not None:
                await studio.teller.tell(job)

    async def _written(self, write: Callable[[], Awaitable[bool]]) -> bool:
        return await written(write, self._studio.keeper.make_room)


def _style(job: Job) -> StyleId:
    if job.style is None:
        raise StyleBroken("no-style")
    return job.style
