"""The gateway: sessions that outlive their connections, so that what was missed is sent again."""

import asyncio
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from tests.fakes.discord.intents import PRIVILEGED
from tests.fakes.discord.values import JsonObject
from tests.fakes.news import News

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, REQUEST_MEMBERS, INVALID, HELLO, ACK = (
    0, 1, 2, 6, 7, 8, 9, 10, 11,
)  # fmt: skip
UNKNOWN_OPCODE, NOT_AUTHENTICATED, AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4001, 4003, 4004, 4014

Fields = JsonObject | Callable[[int], JsonObject]
"""What an event says, or how that depends on a session's intents."""


class Line:
    """One connection: what is sent goes out in order, compressed as a stream where that was asked for."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.session: Session | None = None
        self._queue: asyncio.Queue[str | int] = asyncio.Queue()
        wanted = socket.query_params.get("compress") == "zlib-stream"
        self._compressor = zlib.compressobj() if wanted else None

    @property
    def client(self) -> object:
        """The other end's address."""
        return tuple(self.socket.scope["client"])

    def send(self, op: int, data: Any = None) -> None:
        """Queue a message that is no event."""
        self.put(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def put(self, text: str) -> None:
        """Queue a text."""
        self._queue.put_nowait(text)

    def close(self, code: int) -> None:
        """Close, once everything before has gone out."""
        self._queue.put_nowait(code)

    async def write(self) -> None:
        """Send what is queued, until the end."""
        with suppress(WebSocketDisconnect, RuntimeError):
            while isinstance(item := await self._queue.get(), str):
                await self._write(item)
            await self.socket.close(item)

    async def _write(self, text: str) -> None:
        if self._compressor is None:
            await self.socket.send_text(text)
        else:
            packed = self._compressor.compress(text.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(packed)


@dataclass(slots=True)
class Session:
    """What one IDENTIFY began."""

    id: str
    intents: int
    line: Line | None
    sent: list[str] = field(default_factory=list, repr=False)

    def dispatch(self, event: str, data: JsonObject) -> None:
        """Send an event, now or after a RESUME."""
        text = json.dumps({"op": DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data})
        self.sent.append(text)
        if self.line is not None:
            self.line.put(text)


@dataclass(slots=True)
class Gateway:
    """All sessions of the bot.

    Attributes:
        allowed_intents: The portal's switches; another privileged intent closes with 4014.
        deaf: Heartbeats are not answered.
        away: Connections are refused.
        identified: The intents of every IDENTIFY; ``resumed`` counts RESUMEs that worked.
    """

    token: str = field(repr=False)
    news: News = field(repr=False)
    welcome: Callable[[Session], None] = field(repr=False)
    members: Callable[[JsonObject], JsonObject] = field(repr=False)
    cut: Callable[[object], None] = field(repr=False)
    allowed_intents: int = (1 << 53) - 1
    heartbeat_s: float = 41.25
    deaf: bool = False
    away: bool = False
    connections: int = 0
    heartbeats: int = 0
    resumed: int = 0
    identified: list[int] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list, repr=False)
    lines: list[Line] = field(default_factory=list, repr=False)

    @property
    def connected(self) -> bool:
        """Whether a session is being listened to."""
        return any(session.line is not None for session in self.sessions)

    def dispatch(self, event: str, data: Fields, intent: int = 0) -> None:
        """Send an event to every session that asked for it."""
        for session in self.sessions:
            if intent & session.intents == intent:
                session.dispatch(event, data(session.intents) if callable(data) else data)

    def drop(self) -> None:
        """Every connection breaks, without a word."""
        for line in self._leaving():
            self.cut(line.client)

    def close(self, code: int) -> None:
        """Every connection is closed with a code."""
        for line in self._leaving():
            line.close(code)

    def reconnect(self) -> None:
        """Ask the bot to come back over another connection."""
        for line in self._leaving():
            line.send(RECONNECT)

    def invalidate(self, *, resumable: bool) -> None:
        """Tell the bot that its session is invalid; unless resumable, what is missed from here on is lost."""
        for line in self._leaving():
            line.send(INVALID, resumable)
        if not resumable:
            self.forget()

    def forget(self) -> None:
        """Lose the sessions that nobody listens to: a RESUME fails, and what was missed is not sent again."""
        self.sessions = [session for session in self.sessions if session.line is not None]

    def _leaving(self) -> Iterator[Line]:
        """Every line; events from here on wait for a RESUME."""
        for line in list(self.lines):
            self._detach(line)
            yield line

    def _detach(self, line: Line) -> None:
        if line.session is not None and line.session.line is line:
            line.session.line = None
        self.news.spread()

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from HELLO to its end."""
        if self.away:
            await socket.close(1013)
            return
        await socket.accept()
        self.connections += 1
        line = Line(socket)
        self.lines.append(line)
        writer = asyncio.create_task(line.write())
        line.send(HELLO, {"heartbeat_interval": int(self.heartbeat_s * 1000)})
        try:
            await self._listen(line)
        finally:
            self.lines.remove(line)
            self._detach(line)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    async def _listen(self, line: Line) -> None:
        with suppress(RuntimeError):
            async for text in line.socket.iter_text():
                message = json.loads(text)
                self._received(line, message["op"], message.get("d"))
                self.news.spread()
                if line.socket.application_state is WebSocketState.DISCONNECTED:
                    return

    def _received(self, line: Line, op: int, data: Any) -> None:
        if op == HEARTBEAT:
            self.heartbeats += 1
            if not self.deaf:
                line.send(ACK)
        elif op == IDENTIFY:
            self._identify(line, data)
        elif op == RESUME:
            self._resume(line, data)
        elif line.session is None:
            line.close(NOT_AUTHENTICATED)
        elif op == REQUEST_MEMBERS:
            line.session.dispatch("GUILD_MEMBERS_CHUNK", self.members(data))
        elif op not in {3, 4}:  # presence and voice states change nothing here
            line.close(UNKNOWN_OPCODE)

    def _identify(self, line: Line, data: JsonObject) -> None:
        self.identified.append(data["intents"])
        if data["token"] != self.token:
            line.close(AUTHENTICATION_FAILED)
        elif data["intents"] & PRIVILEGED & ~self.allowed_intents:
            line.close(DISALLOWED_INTENTS)
        else:
            line.session = Session(f"session{len(self.identified)}", data["intents"], line)
            self.sessions.append(line.session)
            self.welcome(line.session)

    def _resume(self, line: Line, data: JsonObject) -> None:
        session = next((one for one in self.sessions if one.id == data["session_id"]), None)
        if data["token"] != self.token:
            line.close(AUTHENTICATION_FAILED)
        elif session is None:
            line.send(INVALID, False)
        else:
            line.session, session.line = session, line
            for text in session.sent[data["seq"] or 0 :]:
                line.put(text)
            self.resumed += 1
            session.dispatch("RESUMED", {"_trace": []})
