"""One photo without a server: intake, renderer and frame, each in a child process as the server does it."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from adapters.cli.finish import Finished, Format, finish
from adapters.renderers import DESK_MEMORY, ONCE, RENDER_SECONDS, make_renderers
from adapters.settings import Settings
from bot.errors import SetupError
from bot.nouns import Order, Picture, Progress, Style
from bot.pixels.captions import Framing, make_caption
from bot.pixels.children import Children
from bot.pixels.frame import FrameCaption
from bot.pixels.intake import clean
from bot.ports import Renderer, Report
from bot.store.jobs import new_job_id
from bot.words import DEFAULT_LANGUAGE, words

Stage = Callable[[str, float], None]
"""Called with what is being done and the share of the whole, 0..1."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line.

    Attributes:
        seed: 0 … 2³¹-1.
        name: The style's name as the frame tells it.
    """

    photo: bytes = field(repr=False)
    style: Style
    name: str
    seed: int
    format: Format
    framed: bool


async def make(settings: Settings, wish: Wish, stage: Stage) -> Finished:
    """Make one picture.

    Raises:
        PhotoError: another photo may work.
        SetupError: no ComfyUI is set up for a graph style.
        RenderError, ChildLost: the renderer did not give a picture.
    """
    # One child does one thing after the other, so it needs the largest bounds of all three.
    children = Children(slots=1, memory_bytes=DESK_MEMORY, seconds=RENDER_SECONDS)
    renderer = _renderer(settings, wish.style, children)
    async with children.running(), renderer.running():
        stage("Reading the photo", 0.0)
        cleaned = await children.run(partial(clean, max_bytes=settings.max_upload), wish.photo)
        order = Order(new_job_id(), 1, wish.style.id, cleaned.jpeg, wish.seed, previews=False)
        stage("Painting", 0.15)
        picture = await _painted(renderer, order, _painting(stage))
        stage("Finishing", 0.95)
        return await children.run(finish, picture.data, _caption(settings, wish), wish.format)


def _renderer(settings: Settings, style: Style, children: Children) -> Renderer:
    for renderer in make_renderers(settings, children, patience=ONCE):
        if renderer.name == style.renderer:
            return renderer
    hint = "ComfyUI paints this style: set PETAFLOP_COMFY_URLS=http://<server>:8188, or choose a filter."
    raise SetupError(hint, os.EX_UNAVAILABLE)


async def _painted(renderer: Renderer, order: Order, report: Report) -> Picture:
    """The picture; nothing of the photo is left on the renderer's servers."""
    try:
        return await renderer.render(order, report)
    finally:
        await renderer.scrub([order.job])


def _painting(stage: Stage) -> Report:
    def report(progress: Progress) -> None:
        stage("Painting", 0.15 + 0.8 * progress.fraction)

    return report


def _caption(settings: Settings, wish: Wish) -> FrameCaption | None:
    if not wish.framed:
        return None
    today = datetime.now(UTC).astimezone().date()
    framing = Framing(settings.event, settings.public_url)
    return make_caption(wish.style, wish.name, DEFAULT_LANGUAGE, today, framing, words())
