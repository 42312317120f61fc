"""The TCP side: connections that can be cut with a reset, and answers that never come."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from typing import Any, cast

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from tests.fakes.closing import close

GRACE_S = 0.5
RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER: on, 0 s


class Wires:
    """Serves an app over connections that can be cut.

    It takes uvicorn's HTTP without uvicorn's server, whose end takes two tenths of a second in every test.
    """

    def __init__(self) -> None:
        self._open: dict[object, asyncio.Transport] = {}

    @asynccontextmanager
    async def serving(self, app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
        """Serve while the block runs; what is under way then is cut."""
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        state = ServerState()
        server = await asyncio.get_running_loop().create_server(
            lambda: _Noted(self._open, config, state), sock=listener
        )
        try:
            yield
        finally:
            await close(server)
            self.cut_all()
            await _ended(state.tasks)
            await server.wait_closed()

    def cut_all(self) -> None:
        """Reset every connection."""
        for client in list(self._open):
            self.cut(client)

    def cut(self, client: object) -> None:
        """Reset a connection."""
        transport = self._open.pop(client, None)
        if transport is not None and not transport.is_closing():
            plug = transport.get_extra_info("socket")
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            transport.abort()


async def _ended(tasks: Set[asyncio.Task[None]]) -> None:
    """Whoever is answering sees that the client is gone; who doesn't look is cancelled."""
    if tasks:
        _, busy = await asyncio.wait(tasks, timeout=GRACE_S)
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)


class _Noted(H11Protocol):
    """uvicorn's HTTP, which notes its connection."""

    def __init__(
        self, wires: dict[object, asyncio.Transport], config: uvicorn.Config, state: ServerState
    ) -> None:
        super().__init__(config, state, {})
        self._wires = wires

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wires[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._wires.pop(self.client, None)
        super().connection_lost(exc)


class Cut(Response):
    """No answer but a reset."""

    def __init__(self, wires: Wires) -> None:
        super().__init__()
        self._wires = wires

    async def __call__(self, scope: Scope, _receive: Receive, _send: Send) -> None:
        """Cut the request's connection."""
        self._wires.cut(tuple(cast("Any", scope["client"])))


class Silence(Response):
    """No answer until the client has given up."""

    async def __call__(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        """Wait for the client to go."""
        while (await receive())["type"] != "http.disconnect":
            pass
