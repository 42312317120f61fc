"""Work that a cancellation may not cut in two: what was begun on a disk or in a database ends first."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def unbroken(work: Awaitable[T]) -> T:
    """Do the work to its end; a cancellation that comes meanwhile is raised afterwards.

    A thread that writes a file, or a commit under way, goes on when whoever waits for it is cancelled. Who
    then deletes what it has written must not be faster than the writing.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):  # who is in a hurry twice waits all the same
                await asyncio.wait([task])
        raise
