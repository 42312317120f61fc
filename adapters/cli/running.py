"""``serve`` and ``demo``: run until told to end, and tell where the page is."""

import asyncio
import contextlib
import signal
import sys
import threading
import webbrowser
from collections.abc import Iterator, Mapping

import click

from adapters.composition import serve
from adapters.network import lan_urls, own_url
from adapters.serving import Address
from adapters.settings import Settings
from bot.pixels.qr import qr_terminal

_ENDING = (signal.SIGINT, signal.SIGTERM)


def run(settings: Settings, *, demo: bool, browser: bool) -> None:
    """Serve until SIGINT or SIGTERM, then end gracefully; a second signal ends at once.

    Args:
        demo: Speak to somebody who tries it out: with a code for phones, and how to stop.
        browser: Open the page on this machine.

    Raises:
        SetupError: a port is taken, the data directory is in use, …
    """

    def announce(address: Address) -> None:
        for line in invitation(settings, address) if demo else notice(address):
            click.echo(line)  # flushes: whoever started us waits for the address
        if browser:
            threading.Thread(
                target=webbrowser.open, args=[own_url(address.host, address.port)], daemon=True
            ).start()

    async def until_told() -> None:
        task = asyncio.create_task(serve(settings, announce=announce), name="serve")
        with ended_by_signals(task), contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(until_told())


def notice(address: Address) -> list[str]:
    """What ``serve`` prints once it listens."""
    ops = [f"Health and metrics: {address.ops_url}"] if address.ops_url else []
    return [f"Listening on {own_url(address.host, address.port)}", *ops, *claim_lines(address.claim_code)]


def invitation(settings: Settings, address: Address) -> list[str]:
    """What ``demo`` prints once it listens: the address, and a code for phones that can reach it."""
    here = lan_urls(address.host, address.port)
    from_outside = [settings.public_url] if settings.public_url else list(here)
    lines = [f"PETaflop is open: {own_url(address.host, address.port)}"]
    if address.ops_url:
        lines.append(f"Health and metrics: {address.ops_url}")
    lines += claim_lines(address.claim_code)
    if from_outside:
        lines += ["", f"On a phone: {'  or  '.join(from_outside)}", "", qr_terminal(from_outside[0])]
    return [*lines, "", "Stop with Ctrl-C."]


def claim_lines(code: str | None) -> list[str]:
    """How the first maintainer becomes one; nothing when there is one already."""
    return [] if code is None else [f"No maintainer yet: send the bot “/claim {code}” within an hour."]


def wants_browser(environ: Mapping[str, str]) -> bool:
    """Whether somebody sits before a screen: a terminal and a display, and no CI."""
    display = sys.platform == "darwin" or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
    return sys.stdout.isatty() and display and not environ.get("CI")


@contextlib.contextmanager
def ended_by_signals(task: "asyncio.Task[None]") -> Iterator[None]:
    """Cancel the task at the first signal; leave the second to the system, which ends the process."""
    loop = task.get_loop()

    def end() -> None:
        for number in _ENDING:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        task.cancel()

    for number in _ENDING:
        loop.add_signal_handler(number, end)
    try:
        yield
    finally:
        for number in _ENDING:
            loop.remove_signal_handler(number)
