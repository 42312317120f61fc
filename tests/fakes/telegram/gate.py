"""The HTTP side of the Bot API: from a request to an answer, with faults on the way."""

import asyncio
import re
import time
from dataclasses import dataclass, field, replace

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.fakes.telegram.calls import Call, read_call
from tests.fakes.telegram.faults import DOWNLOAD, Fault
from tests.fakes.telegram.ledger import Ledger, Request
from tests.fakes.telegram.limits import Brake
from tests.fakes.telegram.methods import METHODS
from tests.fakes.telegram.refusals import Refused, flood, not_found, unauthorized
from tests.fakes.telegram.values import StoredFile
from tests.fakes.telegram.world import World
from tests.fakes.wire import Cut, Silence, Wires

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
MAX_UPLOAD_BYTES = 50 * 1024 * 1024 + (64 << 10)  # the form around the file
NAMES = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}


@dataclass(slots=True)
class Gate:
    """Answers for one token."""

    world: World
    token: str = field(repr=False)
    brake: Brake
    wires: Wires = field(default_factory=Wires)
    faults: list[Fault] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)

    def app(self) -> Starlette:
        """The routes of the Bot API."""
        return Starlette(
            routes=[
                Route("/bot{token}/{method}", self.answer, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self.download, methods=["GET"]),
            ],
            exception_handlers={404: _nowhere, 405: _nowhere},
        )

    async def answer(self, request: HttpRequest) -> Response:
        """One call of a method."""
        method, came_at = request.path_params["method"], time.monotonic()
        body = await request.body()
        chat, fault = None, None
        try:
            self._check(request.path_params["token"], len(body))
            call = await read_call(request, method)
            chat = call.integer("chat_id")
            fault = self._strike(method, chat)
            response = await self._faulty(fault, call) if fault else await self._act(call)
        except Refused as refused:
            response = refusal(refused)
        kind = fault.kind if fault else None
        self._note(Request(method, chat, len(body), 0, 0, kind, came_at), response)
        return response

    async def download(self, request: HttpRequest) -> Response:
        """One file."""
        fault: Fault | None = None
        came_at = time.monotonic()
        try:
            self._check(request.path_params["token"])
            fault = self._strike(DOWNLOAD, None)
            stored = self.world.files.at(request.path_params["path"])
            response = _file(stored) if stored else refusal(not_found())
            if fault is not None:
                response = await self._before(fault) or self._after(fault, response)
        except Refused as refused:
            response = refusal(refused)
        self._note(Request(DOWNLOAD, None, 0, 0, 0, fault.kind if fault else None, came_at), response)
        return response

    def _check(self, token: str, size: int = 0) -> None:
        if not TOKEN.fullmatch(token):
            raise not_found()
        if token != self.token:
            raise unauthorized()
        if size > MAX_UPLOAD_BYTES:
            raise Refused(413, "Request Entity Too Large")

    def _strike(self, method: str, chat: int | None) -> Fault | None:
        return next((fault for fault in self.faults if fault.strikes(method, chat)), None)

    async def _faulty(self, fault: Fault, call: Call) -> Response:
        return await self._before(fault) or self._after(fault, await self._act(call))

    async def _before(self, fault: Fault) -> Response | None:
        """The answer of a fault that keeps the call from its effect."""
        if fault.kind == "flood":
            return refusal(flood(fault.retry_after))
        if fault.kind == "server error":
            return _server_error(fault.status)
        if fault.kind == "reset before":
            return Cut(self.wires)
        if fault.kind == "hang":
            return Silence()
        if fault.kind == "slow":
            await asyncio.sleep(fault.delay_s)
        return None

    def _after(self, fault: Fault, response: Response) -> Response:
        if fault.kind == "reset after":
            return Cut(self.wires)
        return Silence() if fault.kind == "hang after" else response

    async def _act(self, call: Call) -> Response:
        method = METHODS.get(call.method.lower())
        if method is None:
            return refusal(not_found())
        try:
            self.brake.check(call.method.lower(), call.integer("chat_id"))
            return JSONResponse({"ok": True, "result": await method(self.world, call)})
        except Refused as refused:
            return refusal(refused)

    def _note(self, request: Request, response: Response) -> None:
        if not isinstance(response, Cut | Silence):
            request = replace(request, bytes_down=len(response.body), status=response.status_code)
        self.ledger.entries.append(request)
        self.world.news.spread()


def _file(stored: StoredFile) -> Response:
    return Response(stored.content, media_type="application/octet-stream")


def refusal(refused: Refused) -> JSONResponse:
    """How the Bot API says no."""
    body: dict[str, object] = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    headers = {"Retry-After": str(refused.parameters["retry_after"])} if refused.code == 429 else None
    return JSONResponse(body, refused.code, headers)


def _server_error(status: int) -> Response:
    """The API's own 500, or the page of the proxy before it."""
    name = NAMES.get(status, "Error")
    if status == 500:
        return refusal(Refused(500, name))
    page = f"<html><head><title>{status} {name}</title></head><body><h1>{status} {name}</h1></body></html>"
    return HTMLResponse(page, status)


async def _nowhere(_request: HttpRequest, _error: Exception) -> Response:
    return refusal(not_found())
