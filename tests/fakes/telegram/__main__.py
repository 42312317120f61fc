"""``python -m tests.fakes.telegram --port 0 --token 1:TEST``: prints its URL and serves until it is ended."""

import argparse
import asyncio
import signal
import sys

from tests.fakes.telegram.control import ROUTES
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.server import TOKEN, running


async def _serve(arguments: argparse.Namespace) -> None:
    ended = asyncio.Event()
    for end in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(end, ended.set)
    limits = Limits() if arguments.limits else None
    async with running(arguments.token, port=arguments.port, limits=limits, routes=ROUTES) as telegram:
        sys.stdout.write(f"{telegram.url}\n")
        sys.stdout.flush()
        await ended.wait()


def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--limits", action="store_true", help="answer 429 as Telegram does")
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    _main()
