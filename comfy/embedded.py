"""The embedded renderer: instant filters in child processes, on any machine, without model or GPU.

:mod:`comfy.drawing` is what a child does; the renderer only waits for it, so the event loop stays free, and
whatever a filter does to its process becomes :class:`~bot.errors.RenderCrashed`. Nothing is left anywhere
that would have to be scrubbed.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress

from bot.errors import ChildLost, RenderCrashed, StyleBroken
from bot.nouns import JobId, Offer, Order, Picture, Progress, Style, StyleId
from bot.pixels.children import Children
from bot.ports import Report
from comfy.drawing import draw
from workflows.filters import UnknownFilterError

PREVIEW_PX = 256
PREVIEW_FRACTION = 0.25
"""The share of the time after which a megapixel's preview is there; filters work at 640 pixels or more."""

Drawing = Callable[[StyleId, bytes, int, int | None], bytes]
"""Style, photo's JPEG, seed, and the long side of a preview in pixels or None: to the picture's JPEG."""


class EmbeddedRenderer:
    """Draws filter styles in the children that it is given; whoever made these keeps them running.

    Args:
        styles: Filter styles, in the order in which they are offered.
        children: Where the filters run; its slots are the renderer's.
        drawing: A module's function that does the work in a child.
    """

    name = "embedded"
    leaves_traces = False

    def __init__(self, styles: Sequence[Style], children: Children, drawing: Drawing = draw) -> None:
        self._offers = tuple(Offer(style, available=True) for style in styles)
        self._known = frozenset(style.id for style in styles)
        self._children = children
        self._drawing = drawing

    @property
    def slots(self) -> int:
        """Renders at once."""
        return self._children.slots

    @property
    def spare(self) -> int:
        """Slots in which nothing is drawn just now."""
        return self._children.spare

    def offers(self) -> Sequence[Offer]:
        """All filters, always."""
        return self._offers

    async def render(self, order: Order, report: Report) -> Picture:
        """Draw one picture, and beside it a quick preview where one is wanted and a child has nothing to do.

        A preview costs a third of a picture: with guests in the line that time is theirs.

        Raises:
            RenderCrashed: the child crashed, took too long or ran out of memory.
            StyleBroken: not one of its styles.
        """
        if order.style not in self._known:
            raise StyleBroken("unknown-filter")
        if not order.previews or self.spare < 2:
            return await self._drawn(order, None)
        preview = asyncio.create_task(self._preview(order, report), name=f"preview {order.job}")
        try:
            return await self._drawn(order, None)
        finally:
            preview.cancel()
            await asyncio.wait([preview])

    async def _preview(self, order: Order, report: Report) -> None:
        # Whether the style can be drawn at all is the picture's to say.
        with suppress(RenderCrashed, StyleBroken):
            report(Progress(PREVIEW_FRACTION, await self._drawn(order, PREVIEW_PX)))

    async def _drawn(self, order: Order, preview_px: int | None) -> Picture:
        try:
            jpeg = await self._children.run(self._drawing, order.style, order.photo, order.seed, preview_px)
        except ChildLost as error:
            raise RenderCrashed(error.cause) from error
        except UnknownFilterError as error:
            raise StyleBroken("unknown-filter") from error
        return Picture(jpeg)

    async def scrub(self, jobs: Sequence[JobId]) -> int:  # noqa: ARG002  # the port's
        """Nothing is left anywhere."""
        return 0

    def running(self) -> AbstractAsyncContextManager[None]:
        """Nothing of its own: the children are warmed up and ended by whoever made them."""
        return nullcontext()
