"""The HTTP side: from a request to an answer, with faults on the way; REST and CDN."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from tests.fakes.discord import application, messages, responses
from tests.fakes.discord.bodies import read_body
from tests.fakes.discord.calls import Call, Operation
from tests.fakes.discord.faults import DOWNLOAD, Fault
from tests.fakes.discord.ledger import Ledger, Request
from tests.fakes.discord.limits import VIA, Brake, banned, limited
from tests.fakes.discord.refusals import Refused, not_found, unauthorized
from tests.fakes.discord.world import World
from tests.fakes.wire import Cut, Silence

API = "/api/v10"
GONE = "This content is no longer available."
Answer = Callable[[], Awaitable[Response]]


@dataclass(slots=True)
class Gate:
    """Answers for one application."""

    world: World
    faults: list[Fault] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    brake: Brake = field(default_factory=Brake)

    def app(self) -> Starlette:
        """All routes."""
        routes: list[BaseRoute] = [self._route(*entry, auth=True) for entry in application.ROUTES]
        routes += [self._route(*entry, auth=True) for entry in messages.ROUTES]
        # What is done with an interaction's token needs no other one.
        routes += [self._route(*entry, auth=False) for entry in responses.ROUTES]
        routes += [
            WebSocketRoute("/gateway", self.world.gateway.serve),
            Route("/attachments/{path:path}", self.download),
            Route("/ephemeral-attachments/{path:path}", self.download),
            Route("/avatars/{user}/{name}", self.avatar),
            Route("/embed/avatars/{name}", self.default_avatar),
        ]
        return Starlette(routes=routes, exception_handlers={404: _nowhere, 405: _wrong_method})

    def _route(self, method: str, path: str, name: str, operation: Operation, *, auth: bool) -> Route:
        async def endpoint(request: HttpRequest) -> Response:
            return await self._answer(request, name, operation, auth=auth)

        return Route(API + path, endpoint, methods=[method])

    async def _answer(self, request: HttpRequest, name: str, operation: Operation, *, auth: bool) -> Response:
        size = len(await request.body())
        channel = self._channel(request)
        place = channel if auth else request.path_params["token"]

        async def answer() -> Response:
            if too_many := self.brake.refuse(name, place, token_only=not auth):
                return too_many
            try:
                if auth and request.headers.get("authorization") != f"Bot {self.world.token}":
                    raise unauthorized()
                call = Call(request.path_params, request.query_params, await read_body(request))
                return _result(operation(self.world, call), self.brake.headers(name, place))
            except Refused as refused:
                return refusal(refused)

        return await self._through_faults(Request(name, channel, size, 0, 0), answer)

    async def download(self, request: HttpRequest) -> Response:
        """A file, while its URL is good."""

        async def answer() -> Response:
            file = self.world.cdn.read(request.url.path.lstrip("/"), request.url.query)
            if file is None:
                return Response(GONE, 404, media_type="text/plain")
            return Response(file.content, media_type=file.kind)

        return await self._through_faults(Request(DOWNLOAD, None, 0, 0, 0), answer)

    async def avatar(self, request: HttpRequest) -> Response:
        """Somebody's avatar."""
        size = int(request.query_params.get("size", 1024))

        async def answer() -> Response:
            found = self.world.cdn.avatar(request.path_params["user"], request.path_params["name"], size)
            return Response(found[0], media_type=found[1]) if found else Response("", 404)

        return await self._through_faults(Request(DOWNLOAD, None, 0, 0, 0), answer)

    async def default_avatar(self, request: HttpRequest) -> Response:
        """The avatar of somebody without one."""
        content, kind = self.world.cdn.default_avatar(request.path_params["name"], 256)
        return Response(content, media_type=kind)

    def _channel(self, request: HttpRequest) -> int | None:
        """The channel a request is about, also where only its interaction says that."""
        if "channel" in request.path_params:
            given = request.path_params["channel"]
            return int(given) if given.isdecimal() else None
        token = request.path_params.get("token")
        found = (one for one in self.world.interactions.values() if one.token == token)
        return next((one.channel.id for one in found), None)

    async def _through_faults(self, request: Request, answer: Answer) -> Response:
        fault = next((one for one in self.faults if one.strikes(request.operation, request.channel)), None)
        if fault is None:
            response = await answer()
        else:
            self.world.news.spread()
            response = await self._faulty(fault, answer)
            request = replace(request, fault=fault.kind)
        if not isinstance(response, Cut | Silence):
            request = replace(request, bytes_down=len(response.body), status=response.status_code)
        self.ledger.entries.append(request)
        self.brake.note(request.status)
        self.world.news.spread()
        return response

    async def _faulty(self, fault: Fault, answer: Answer) -> Response:
        instead = await self._before(fault)
        if instead is not None:
            return instead
        response = await answer()
        if fault.kind == "hold after":
            await fault.released()
        if fault.kind == "reset after":
            return Cut(self.world.wires)
        return Silence() if fault.kind == "hang after" else response

    async def _before(self, fault: Fault) -> Response | None:
        """The answer of a fault that keeps the request from its effect."""
        match fault.kind:
            case "reset before":
                return Cut(self.world.wires)
            case "hang":
                return Silence()
            case "hold":
                await fault.released()
            case "slow":
                await asyncio.sleep(fault.delay_s)
        return _answer_of(fault)


def _answer_of(fault: Fault) -> Response | None:
    match fault.kind:
        case "rate limit" | "global rate limit":
            return limited(fault.retry_after, everywhere=fault.kind == "global rate limit")
        case "banned":
            return banned(fault.retry_after)
        case "refused":
            return refusal(Refused(fault.status, fault.code, "Refused by a test"))
        case "server error":
            return _server_error(fault.status)
    return None


def _result(value: object, headers: Mapping[str, str]) -> Response:
    headers = {**VIA, **headers}
    return Response(None, 204, headers) if value is None else JSONResponse(value, 200, headers)


def refusal(refused: Refused) -> JSONResponse:
    """How Discord says no."""
    return JSONResponse(refused.body, refused.status, VIA)


def _server_error(status: int) -> Response:
    """The API's own 500, or the page of the proxy before it."""
    if status == 500:
        return JSONResponse({"message": "500: Internal Server Error", "code": 0}, 500, VIA)
    if status == 503:
        return Response("upstream connect error or disconnect/reset before headers", 503, VIA, "text/plain")
    return HTMLResponse(f"<html><head><title>{status}</title></head><body>{status}</body></html>", status)


async def _nowhere(_request: HttpRequest, _error: Exception) -> Response:
    return refusal(not_found())


async def _wrong_method(_request: HttpRequest, _error: Exception) -> Response:
    return refusal(Refused(405, 0, "405: Method Not Allowed"))
