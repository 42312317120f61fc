"""The children of intake and frames, one set a session: starting some takes longer than most tests."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.pixels import frame, intake
from bot.pixels.children import Children

_open: list[Children] = []
_stack = AsyncExitStack()


def warm() -> None:
    """What the program warms up, and the frame's font."""
    intake.warm_up()
    frame.lay_out((64, 64), frame.FrameCaption("Tests", "", ""))


async def shared_desk() -> Children:
    """One warm child as the booth has it; whoever kills it gets a fresh one at the next run."""
    if not _open:
        children = Children(slots=1, memory_bytes=1 << 30, seconds=60)
        await _stack.enter_async_context(children.running(warm))
        _open.append(children)
    return _open[0]


@asynccontextmanager
async def closing_desk() -> AsyncIterator[None]:
    """The session's end of what :func:`shared_desk` has begun."""
    async with _stack:
        yield
        _open.clear()
