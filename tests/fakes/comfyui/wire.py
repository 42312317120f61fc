"""TCP between a client and the server, where real networks fail: refusals, silence, resets, slow links."""

import asyncio
import contextlib
import socket
import struct

from tests.fakes.closing import close, settled

_CHUNK = 16 * 1024
_BUFFER = 256 * 1024
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: on, 0 seconds: closing sends RST


class Wire:
    """A proxy in front of the server's own port.

    Attributes:
        port: Where clients connect; kept over :meth:`refuse` and :meth:`accept`.
        bytes_per_s: The speed of each connection, each way; 0 is unlimited.
    """

    def __init__(self, port: int, backend: int) -> None:
        self.port = port
        self.bytes_per_s = 0.0
        self._flows = asyncio.Event()
        self._flows.set()
        self._backend = backend
        self._listener: asyncio.Server | None = None
        self._clients: dict[int, asyncio.StreamWriter] = {}
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def accept(self) -> None:
        """Listen."""
        if self._listener is None:
            self._listener = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
            self.port = self._listener.sockets[0].getsockname()[1]

    async def refuse(self) -> None:
        """Refuse new connections; those that are open stay."""
        listener, self._listener = self._listener, None
        if listener is not None:
            await close(listener)

    def freeze(self, *, frozen: bool) -> None:
        """Let nothing pass, and close nothing; or let it pass again."""
        if frozen:
            self._flows.clear()
        else:
            self._flows.set()

    def reset(self, backend_port: int) -> None:
        """Cut the connection that the server sees as coming from this port, with RST."""
        writer = self._clients.get(backend_port)
        if writer is not None:
            _cut(writer)

    def reset_all(self) -> None:
        """Cut all connections."""
        for writer in list(self._clients.values()):
            _cut(writer)

    async def close(self) -> None:
        """Refuse and cut everything."""
        await self.refuse()
        await settled()  # who was let in a moment ago gets its task
        self.reset_all()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._writers:
            if writer.get_extra_info("socket").fileno() >= 0:
                writer.transport.abort()  # closing would wait until somebody reads what is written
        await settled()  # closed transports say goodbye

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await self._carry(reader, writer)
        finally:
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back_reader, back_writer = await asyncio.open_connection("127.0.0.1", self._backend)
        for end in (writer, back_writer):
            _bound(end.get_extra_info("socket"))
            self._writers.add(end)
        port = back_writer.get_extra_info("sockname")[1]
        self._clients[port] = writer
        ways = [
            asyncio.ensure_future(self._pump(reader, back_writer)),
            asyncio.ensure_future(self._pump(back_reader, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            del self._clients[port]
            writer.close()
            back_writer.close()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            await self._flows.wait()
            if self.bytes_per_s:
                await asyncio.sleep(len(data) / self.bytes_per_s)
            writer.write(data)
            await writer.drain()


def _bound(raw: socket.socket) -> None:
    """Let a reader that stops be felt soon: the kernel would hold 30 MB for it."""
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        raw.setsockopt(socket.SOL_SOCKET, option, _BUFFER)


def _cut(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
