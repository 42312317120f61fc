"""ComfyUI's HTTP side: one method a request, values in and out. It holds no state but connections.

Errors are translated here, once::

    ComfyError
    ├── ServerAway      no answer; `sent` tells whether the request may have been carried out
    ├── ServerTrouble   an answer that is none: a 5xx, or not what the protocol says
    └── Refused         the server judged what it was given; `rejection` says why
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import httpx

from bot.nouns import Picture
from comfy.answers import (
    ABSENT,
    Queue,
    Rejection,
    Standing,
    System,
    read_history,
    read_job,
    read_leavings,
    read_queue,
    read_submit,
    read_system,
    read_upload,
    standing_in_queue,
)
from comfy.nodes import NodeTypes, read_node_types
from comfy.patience import Patience
from comfy.protocol import FileRef
from comfy.shapes import MalformedError

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_BROKEN_CONNECTION = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)
_GATEWAY_TROUBLE = (502, 503, 504)
"""A reverse proxy's words for a server that is away."""

_AS_SMALL = "jpeg;90"
"""The server converts its PNG: a tenth of the bytes, and the graph stays off the wire."""


class ComfyError(Exception):
    """Root of this module's errors."""


class ServerAway(ComfyError):
    """The server gave no answer.

    Attributes:
        sent: Whether the request may have reached it, so that a repetition may do it twice.
    """

    def __init__(self, *, sent: bool) -> None:
        """Take what is known."""
        super().__init__("sent" if sent else "not sent")
        self.sent = sent


class ServerTrouble(ComfyError):
    """The server answered, but failed; ``code`` is the status, or what could not be read."""

    def __init__(self, code: str) -> None:
        """Take the code."""
        super().__init__(code)
        self.code = code


class Refused(ComfyError):
    """The server refused a graph or an upload."""

    def __init__(self, rejection: Rejection) -> None:
        """Take why."""
        super().__init__(rejection.kind)
        self.rejection = rejection


class Client:
    """One server's HTTP side.

    Used as a context manager, it closes its connections at the end. ``has_jobs`` is whether the server knows
    ``/api/jobs`` (0.3.64 doesn't); it is asked once by :meth:`learn`.
    """

    def __init__(self, url: str, client_id: str, patience: Patience) -> None:
        """Take the server's root URL, and the id under which its websocket knows us."""
        self.client_id = client_id
        self.has_jobs = False
        timeout = httpx.Timeout(patience.answer_s, connect=patience.connect_s)
        secure = url.startswith("https:")  # loading certificates takes 50 ms
        self._http = httpx.AsyncClient(base_url=url, timeout=timeout, trust_env=False, verify=secure)

    async def __aenter__(self) -> Self:
        """Nothing is opened before the first request."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def learn(self) -> System:
        """What the server is, and which API it has."""
        system = await self._request("GET", "/system_stats")
        jobs = await self._request("GET", "/api/jobs", params={"limit": 1})
        self.has_jobs = jobs.status_code == 200 and jobs.headers["content-type"].startswith(
            "application/json"
        )
        with _readable("system"):
            return read_system(_good(system).content)

    async def system(self) -> System:
        """What the server is just now."""
        answer = _good(await self._request("GET", "/system_stats"))
        with _readable("system"):
            return read_system(answer.content)

    async def node_types(self) -> NodeTypes:
        """All its nodes: 660 kB at the last count."""
        answer = _good(await self._request("GET", "/object_info"))
        with _readable("nodes"):
            return await asyncio.to_thread(read_node_types, answer.content)

    async def queue(self) -> Queue:
        """What runs and waits."""
        answer = _good(await self._request("GET", "/queue"))
        with _readable("queue"):
            return read_queue(answer.content)

    async def upload(self, name: str, data: bytes, *, folder: str = "temp", subfolder: str = "") -> FileRef:
        """Write a file, over one of the same name; repeating it is harmless.

        Raises:
            Refused: it is too large.
        """
        fields = {"type": folder, "subfolder": subfolder, "overwrite": "true"}
        answer = await self._request("POST", "/upload/image", files={"image": (name, data)}, data=fields)
        if 400 <= answer.status_code < 500:
            raise Refused(Rejection(f"http_{answer.status_code}", ""))
        with _readable("upload"):
            return read_upload(_good(answer).content)

    async def submit(self, job: str, graph: Mapping[str, object], *, previews: bool) -> None:
        """Queue a graph. To be repeated only after :meth:`look_up`: two of one id can kill the worker.

        Raises:
            Refused: the graph is bad, or only a part of it would run (which may be queued nevertheless).
        """
        body = {
            "prompt": graph,
            "prompt_id": job,
            "client_id": self.client_id,
            "extra_data": {"preview_method": "latent2rgb" if previews else "none"},
        }
        answer = await self._request("POST", "/prompt", repeat=False, json=body)
        rejection = read_submit(answer.status_code, answer.content)
        if rejection is not None:
            raise Refused(rejection)

    async def look_up(self, job: str) -> Standing:
        """Where a job stands; one request, up to three on an old server.

        The queue is asked before the history, as jobs only move from the one into the other.
        """
        if self.has_jobs:
            answer = await self._request("GET", f"/api/jobs/{job}")
            with _readable("job"):
                return read_job(answer.status_code, answer.content)
        standing = await self._history(job)
        if standing == ABSENT:
            standing = standing_in_queue(await self.queue(), job)
        return standing if standing != ABSENT else await self._history(job)

    async def view(self, file: FileRef) -> Picture:
        """Fetch a picture as JPEG.

        Raises:
            ServerTrouble: it isn't there, or is no picture.
        """
        where = {"filename": file.name, "subfolder": file.subfolder, "type": file.folder}
        answer = await self._request("GET", "/view", params={**where, "preview": _AS_SMALL})
        return Picture(_good(answer).content, answer.headers.get("content-type", "image/jpeg"))

    async def cancel(self, job: str) -> None:
        """Take a job out of the queue, or stop it where it runs; nobody else's is touched."""
        if self.has_jobs:
            await self._request("POST", f"/api/jobs/{job}/cancel")
            return
        await self._request("POST", "/queue", json={"delete": [job]})
        await self._request("POST", "/interrupt", json={"prompt_id": job})

    async def forget(self, job: str) -> None:
        """Delete a job from the history, and with it prompt and file names."""
        _good(await self._request("POST", "/history", json={"delete": [job]}))

    async def leavings(self, job: str) -> frozenset[FileRef]:
        """The files that a job's history knows of."""
        answer = _good(await self._request("GET", f"/history/{job}"))
        with _readable("history"):
            return read_leavings(answer.content, job)

    async def free(self) -> None:
        """Have models and caches dropped from memory."""
        await self._request("POST", "/free", json={"unload_models": True, "free_memory": True})

    async def _history(self, job: str) -> Standing:
        answer = _good(await self._request("GET", f"/history/{job}"))
        with _readable("history"):
            return read_history(answer.content, job)

    async def _request(self, method: str, path: str, *, repeat: bool = True, **parts: Any) -> httpx.Response:
        """Send one request; a connection found broken is replaced once, where repeating does no harm."""
        try:
            answer = await self._http.request(method, path, **parts)
        except _BROKEN_CONNECTION as error:
            if not repeat:
                raise ServerAway(sent=True) from error
            return await self._request(method, path, repeat=False, **parts)
        except httpx.RequestError as error:
            raise ServerAway(sent=not isinstance(error, _NEVER_SENT)) from error
        if answer.status_code in _GATEWAY_TROUBLE:
            raise ServerAway(sent=True)
        return answer


@contextmanager
def _readable(place: str) -> Iterator[None]:
    try:
        yield
    except MalformedError as error:
        raise ServerTrouble(f"unreadable-{place}") from error


def _good(answer: httpx.Response) -> httpx.Response:
    if answer.status_code >= 400:
        raise ServerTrouble(f"http-{answer.status_code}")
    return answer
