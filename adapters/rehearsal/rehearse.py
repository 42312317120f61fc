"""The rehearsal itself: a booth over a temporary data directory, and guests who come to it."""

import asyncio
import os
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlalchemy as sa

from adapters.composition import plan
from adapters.rehearsal.chat import CountingChat
from adapters.rehearsal.figures import Figures
from adapters.rehearsal.guests import Guest, make_guests
from adapters.rehearsal.watch import Watched
from adapters.renderers import ONCE, desk_children, make_renderers, render_children
from adapters.settings import Settings
from bot.assembly.assembly import open_booth
from bot.assembly.plan import Parts
from bot.booth import Booth, StyleOffer
from bot.errors import GuestError, SetupError
from bot.nouns import ChatKey, GuestKey, JobId, Post, StyleId
from bot.pixels import intake
from bot.store.bell import line_topic
from bot.store.stores import open_stores
from bot.trail import Step
from bot.words import DEFAULT_LANGUAGE, words
from comfy import drawing
from comfy.remote import ComfyRenderer


@dataclass(frozen=True, slots=True)
class Wish:
    """What is rehearsed.

    Attributes:
        spread_s: The seconds over which the guests arrive.
        styles: What they choose from; none: what ComfyUI offers, or the filters where there is none.
    """

    guests: int
    spread_s: float
    styles: Sequence[StyleId]
    seed: int


@dataclass(slots=True)
class Tally:
    """What has happened so far; times are the event loop's.

    Attributes:
        came: When each job's guest arrived.
        outcomes: How renders ended, by code.
    """

    came: dict[JobId, float] = field(default_factory=dict)
    outcomes: Counter[str] = field(default_factory=Counter)
    refused: int = 0

    def note(self, step: Step) -> None:
        """Count a render."""
        if step.name == "render":
            self.outcomes[step.outcome] += 1


@dataclass(frozen=True, slots=True)
class Stage:
    """An open booth with its counters."""

    booth: Booth
    chat: CountingChat
    renderers: Sequence[Watched]
    tally: Tally


async def rehearse(
    settings: Settings, wish: Wish, progress: Callable[[int], None], stop: asyncio.Event
) -> Figures:
    """Let the guests come, and wait until each has a picture or an apology, or until ``stop`` is set.

    Args:
        settings: Of the real booth; its data directory and database stay as they are.
        wish: Who comes.
        progress: Called with the number of guests who are done.
        stop: Ends it early.

    Raises:
        SetupError: nobody can paint the styles.
    """
    changed = asyncio.Event()
    async with _open_stage(settings, changed) as stage:
        styles = _chosen(await stage.booth.styles(DEFAULT_LANGUAGE), wish.styles)
        guests = await asyncio.to_thread(make_guests, wish.guests, wish.spread_s, styles, wish.seed)
        before = [renderer.busy_s() for renderer in stage.renderers]
        began = _now()
        await _until_done(stage, guests, changed, progress, stop)
        return _figures(stage, wish, began, before)


@asynccontextmanager
async def _open_stage(settings: Settings, changed: asyncio.Event) -> AsyncIterator[Stage]:
    tally, chat = Tally(), CountingChat(changed.set)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="petaflop-rehearsal-")))
        url = sa.URL.create("sqlite+aiosqlite", database=str(folder / "petaflop.db"))
        stores = await stack.enter_async_context(open_stores(url, folder))
        desk, render = desk_children(), render_children()
        await stack.enter_async_context(desk.running(intake.warm_up))
        await stack.enter_async_context(render.running(drawing.warm_up))
        bell = stores.bell.event(line_topic(ComfyRenderer.name))
        made = make_renderers(settings, render, bell.set, ONCE)
        renderers = [Watched(renderer) for renderer in made]
        for renderer in renderers:
            await stack.enter_async_context(renderer.running())
        parts = Parts(stores, renderers, [chat], desk, words(), tally.note)
        booth = await stack.enter_async_context(open_booth(replace(plan(settings, None), sheet=False), parts))
        yield Stage(booth, chat, renderers, tally)


def _chosen(offers: Sequence[StyleOffer], wanted: Sequence[StyleId]) -> Sequence[StyleId]:
    available = [offer for offer in offers if offer.available]
    ids = {offer.id for offer in available}
    if missing := [style for style in wanted if style not in ids]:
        hint = f"Nobody within reach can paint {', '.join(missing)}: petaflop doctor says why."
        raise SetupError(hint, os.EX_UNAVAILABLE)
    return wanted or [o.id for o in available if o.kind == "graph"] or [o.id for o in available]


async def _until_done(
    stage: Stage,
    guests: Sequence[Guest],
    changed: asyncio.Event,
    progress: Callable[[int], None],
    stop: asyncio.Event,
) -> None:
    began = _now()

    async def come(guest: Guest) -> None:
        await asyncio.sleep(guest.at_s - (_now() - began))
        await _visit(stage, guest)
        changed.set()

    async def watch() -> None:
        while (done := _done(stage)) < len(guests):
            progress(done)
            await changed.wait()
            changed.clear()
        progress(done)

    async def stopped() -> None:
        await stop.wait()

    async with asyncio.TaskGroup() as group:
        visitors = [group.create_task(come(guest), name=f"guest {guest.number}") for guest in guests]
        ends = [group.create_task(watch()), group.create_task(stopped())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for task in (*visitors, *ends):
            task.cancel()


async def _visit(stage: Stage, guest: Guest) -> None:
    came, key = _now(), f"{stage.chat.name}:{guest.number}"
    post = Post(key, GuestKey(key), ChatKey(key), DEFAULT_LANGUAGE, guest.photo, guest.style)
    try:
        view = await stage.booth.submit(post)
    except GuestError as error:
        stage.tally.refused += 1
        stage.tally.outcomes[error.key] += 1
    else:
        stage.tally.came[view.job.id] = came


def _done(stage: Stage) -> int:
    """Guests who are done; a picture may be there before its job's guest knows the number."""
    ended = stage.chat.served.keys() | stage.chat.lost.keys()
    return len(ended & stage.tally.came.keys()) + stage.tally.refused


def _figures(stage: Stage, wish: Wish, began: float, before: Sequence[float]) -> Figures:
    chat, tally = stage.chat, stage.tally
    waits = [at - tally.came[job] for job, at in chat.served.items() if job in tally.came]
    ended = max(chat.served.values(), default=began)
    seconds = _now() - began if _done(stage) < wish.guests else ended - began
    causes = {code: count for code, count in tally.outcomes.items() if code not in {"done", "cancelled"}}
    return Figures(
        guests=wish.guests,
        served=len(waits),
        failed=len(chat.lost) + tally.refused,
        seconds=seconds,
        waits=waits,
        busy={
            renderer.name: min((renderer.busy_s() - was) / (seconds * renderer.workplaces), 1.0)
            for renderer, was in zip(stage.renderers, before, strict=True)
            if seconds and renderer.workplaces
        },
        retries=max(sum(causes.values()) - len(chat.lost) - tally.refused, 0),
        causes=causes,
        stopped=_done(stage) < wish.guests,
    )


def _now() -> float:
    return asyncio.get_running_loop().time()
