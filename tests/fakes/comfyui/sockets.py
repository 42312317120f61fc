"""Who is connected to the websocket. One publisher sends message after message, and waits for each."""

import asyncio
import json
import struct
from dataclasses import dataclass
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

_U32 = struct.Struct(">I")


@dataclass(slots=True)
class Connection:
    """One client's socket."""

    socket: WebSocket
    port: int
    knows_metadata: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture on its way, before it is put into the frame that its receiver understands."""

    about: dict[str, Any]
    jpeg: bytes

    def frame(self, *, metadata: bool) -> bytes:
        """The binary frame."""
        if not metadata:
            return _U32.pack(1) + _U32.pack(1) + self.jpeg
        head = json.dumps(self.about).encode()
        return _U32.pack(4) + _U32.pack(len(head)) + head + self.jpeg


class Sockets:
    """All clients by their id. A second socket of one id takes its place; whoever closes takes it away."""

    def __init__(self) -> None:
        self.by_id: dict[str, Connection] = {}
        self.all: list[Connection] = []
        self._messages: asyncio.Queue[tuple[str | Preview, str | None]] = asyncio.Queue()

    def join(self, client_id: str, connection: Connection) -> None:
        """Register a socket."""
        self.by_id[client_id] = connection
        self.all.append(connection)

    def leave(self, client_id: str, connection: Connection) -> None:
        """Unregister the id, whoever has it now: the bug that makes newer sockets deaf."""
        self.by_id.pop(client_id, None)
        self.all.remove(connection)

    def say(self, kind: str, data: dict[str, Any], to: str | None) -> None:
        """Queue a message for one client, or for all."""
        self._messages.put_nowait((json.dumps({"type": kind, "data": data}), to))

    def show(self, preview: Preview, to: str | None) -> None:
        """Queue a preview for one client, or for all."""
        self._messages.put_nowait((preview, to))

    async def publish(self) -> None:
        """Send what is queued, one after the other."""
        while True:
            message, to = await self._messages.get()
            receivers = (
                list(self.by_id.values()) if to is None else [self.by_id[to]] if to in self.by_id else []
            )
            for receiver in receivers:
                await _send(receiver, message)


async def _send(receiver: Connection, message: str | Preview) -> None:
    try:
        if isinstance(message, str):
            await receiver.socket.send_text(message)
        else:
            await receiver.socket.send_bytes(message.frame(metadata=receiver.knows_metadata))
    except (RuntimeError, WebSocketDisconnect, OSError):
        return
