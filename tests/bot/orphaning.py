"""A parent with a child that hangs, to be killed by a test: ``python -m tests.bot.orphaning PIPE``."""

import asyncio
import os
import sys
from pathlib import Path

from bot.pixels.children import Children
from tests.bot import chores


async def main(sign: Path) -> None:
    """Print the child's process id, then let it hang."""
    children = Children(slots=1, memory_bytes=chores.MEMORY, seconds=600)
    async with children.running():
        print(await children.run(os.getpid), flush=True)  # noqa: T201
        await children.run(chores.hang, sign)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
