"""Sockets and servers: the guest page and the ops port, from listening to the graceful end."""

import asyncio
import errno
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.types import ASGIApp

from adapters.proxies import behind
from bot.errors import SetupError

BACKLOG = 256
GRACE_S = 5  # for answers under way; a pod has 20 s in all
START_POLL_S = 0.005


@dataclass(frozen=True, slots=True)
class Address:
    """Where the program listens, once it does; and the code for the first maintainer, while there is none."""

    host: str
    port: int
    url: str
    ops_url: str | None
    claim_code: str | None = field(default=None, repr=False)


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handlers: the command line decides when to end."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int, variable: str) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    Raises:
        SetupError: the port is taken, or the host is not an address of this machine.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except PermissionError as error:
        hint = f"Port {port} needs more rights; set PETAFLOP_{variable} to one above 1023."
        raise SetupError(hint, os.EX_NOPERM) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = f"Port {port} on {host} is taken. Set PETAFLOP_{variable} to another one."
        else:
            hint = f"{host} is no address of this machine. Set PETAFLOP_HOST to one that is, e.g. 127.0.0.1."
        raise SetupError(hint, os.EX_UNAVAILABLE) from error
    # asyncio sets it only on sockets that it made; without it small answers take 40 ms longer.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


@asynccontextmanager
async def serving(
    app: ASGIApp,
    listener: socket.socket,
    trusted_proxies: Sequence[str] = (),
    on_end: Callable[[], None] = lambda: None,
) -> AsyncIterator[None]:
    """Serve the app while the block runs; ``on_end`` is called first when it ends, to close long streams."""
    server = _Server(
        uvicorn.Config(
            behind(app, trusted_proxies),
            log_config=None,  # the command line has set logging up
            access_log=False,  # addresses of guests are personal
            server_header=False,
            date_header=True,
            lifespan="off",
            proxy_headers=False,  # adapters/proxies.py does it
            timeout_graceful_shutdown=GRACE_S,
            timeout_keep_alive=30,
            backlog=BACKLOG,
        )
    )
    task = asyncio.create_task(server.serve(sockets=[listener]), name="server")
    try:
        while not (server.started or task.done()):  # noqa: ASYNC110 # uvicorn has no event for it
            await asyncio.sleep(START_POLL_S)
        yield
    finally:
        on_end()
        server.should_exit = True
        await asyncio.wait([task])
