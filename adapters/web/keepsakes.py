"""The HTTP surface of keepsakes, and of the frame that a guest's pictures get."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.web.guests import GuestCookies
from adapters.web.jobs import PRIVATE, SUFFIXES
from adapters.web.problems import Refused
from bot.booth import Booth
from bot.errors import UnknownJob
from bot.guests.keepsakes import kind_of
from bot.nouns import JobId


class WebKeepsakes:
    """Two routes: a job's keepsakes, and the guest's frame."""

    def __init__(self, booth: Booth, cookies: GuestCookies) -> None:
        """Take the booth, and who knows its guests."""
        self._booth = booth
        self._cookies = cookies

    def routes(self) -> list[Route]:
        """One route an address, as in :meth:`adapters.web.jobs.Jobs.routes`."""
        return [
            Route("/api/jobs/{job:uuid}/keepsake", self.keepsake, methods=["GET"]),
            Route("/api/me/frame", self.frame, methods=["GET", "PUT", "DELETE"]),
        ]

    async def keepsake(self, request: Request) -> Response:
        """The keepsake that ``kind`` names: ``card``, ``loop`` or ``plain``."""
        guest, kind = self._cookies.read(request), kind_of(request.query_params.get("kind", ""))
        if guest is None:
            raise UnknownJob
        if kind is None:
            raise Refused(HTTPStatus.BAD_REQUEST, "page-problem-kind")
        job = JobId(str(request.path_params["job"]))
        made = await self._booth.keepsakes.make(guest, job, kind, "webp")
        name = f"petaflop-{kind}.{SUFFIXES[made.media_type]}"
        headers = PRIVATE | {"Content-Disposition": f'inline; filename="{name}"'}
        return Response(made.data, headers=headers, media_type=made.media_type)

    async def frame(self, request: Request) -> Response:
        """``GET``: ``{"on"}``. ``PUT``, ``DELETE``: with one, without one, from the next picture on."""
        keepsakes, guest = self._booth.keepsakes, self._cookies.read(request)
        if request.method in ("GET", "HEAD"):
            on = guest is None or await keepsakes.frame_of(guest)
            return JSONResponse({"on": on}, headers=PRIVATE)
        guest = guest or self._cookies.newcomer(None, b"")
        await keepsakes.set_frame(guest, on=request.method == "PUT")
        answer = Response(status_code=HTTPStatus.NO_CONTENT)
        self._cookies.write(answer, request, guest)
        return answer
