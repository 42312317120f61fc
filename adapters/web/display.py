"""The wall: a page for a screen beside the booth, its pictures and codes, and a way to hide one there."""

from contextlib import suppress
from functools import partial
from http import HTTPStatus
from uuid import UUID

from sse_starlette import EventSourceResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from adapters.web.broadcast import Broadcast
from adapters.web.codes import code_svg, told_codes, wall_links
from adapters.web.exhibits import NO_STORE, Exhibits
from adapters.web.language import language_of, worded
from adapters.web.page import fan
from adapters.web.problems import Refused
from adapters.web.reach import WALL
from adapters.web.shares import short_fields
from adapters.web.site import WebSite
from adapters.web.templating import Templates
from adapters.web.wall_keys import WallKeys
from bot.booth import Booth
from bot.exhibits import ShareId
from bot.invites.wording import network_names
from bot.office.pin_lock import Caller
from bot.office.slips import NoSuchShare
from bot.store.trouble import STORE_TROUBLE

PING_S = 30  # the stream's own beats come more often
SCRIPT_WORDS = "wall-say-"


class Display:
    """The routes under ``/display``."""

    def __init__(
        self, booth: Booth, site: WebSite, templates: Templates, exhibits: Exhibits, broadcast: Broadcast
    ) -> None:
        """Take what is shown, and who tells of changes."""
        self._keys = WallKeys(site.secret)
        self._booth = booth
        self._site = site
        self._templates = templates
        self._exhibits = exhibits
        self._broadcast = broadcast

    def routes(self) -> list[Route]:
        """The page first."""
        return [
            Route(WALL, self.page),
            Route(f"{WALL}/events", self.events),
            Route(f"{WALL}/pictures/{{share:uuid}}", self._exhibits.picture),
            Route(f"{WALL}/codes/{{network}}", self.code),
            Route(f"{WALL}/hide", self.hide, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """The page; what it shows comes by its events."""
        templates, words = self._templates, self._templates.words
        language = language_of(request, words)
        html = templates.render(
            "wall.html",
            language,
            event=self._site.event,
            fan=await self._fan(language),
            networks=network_names(words, language),
            start={
                "version": templates.assets.version,
                "words": templates.script_words(language, SCRIPT_WORDS),
                "codes": self._codes(request, language),
            },
        )
        return HTMLResponse(html, headers=NO_STORE | worded(language))

    async def _fan(self, language: str) -> list[str]:
        offered = [style.id for style in await self._booth.styles(language)]
        previews = [self._templates.assets.preview(style) for style in offered]
        return fan([preview for preview in previews if preview is not None])

    async def events(self, request: Request) -> Response:
        """Everything at once, and again when something has changed."""
        caller = await self._watcher(request)
        if not self._broadcast.seats.is_free(caller):
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "wall-problem-screens", retry_after_s=30)
        language = language_of(request, self._templates.words)
        codes = partial(self._codes, request, language)
        return EventSourceResponse(self._broadcast.events(caller, language, codes), ping=PING_S)

    async def _watcher(self, request: Request) -> Caller:
        """Whose screen it is; while the store is away nobody can tell that it is known."""
        edition = ""
        with suppress(*STORE_TROUBLE):
            edition = await self._booth.office.curator.pin_edition()
        return self._keys.caller(request, edition)

    async def code(self, request: Request) -> Response:
        """A network's code; its address names what it says, so it may be kept."""
        wanted = request.path_params["network"]
        for link in wall_links(request, self._site):
            if link.network == wanted:
                headers = {"Cache-Control": "private, max-age=3600"}
                return Response(code_svg(link), headers=headers, media_type="image/svg+xml")
        raise HTTPException(HTTPStatus.NOT_FOUND)

    async def hide(self, request: Request) -> Response:
        """Take a ``share`` down by the wall's ``pin``; one that is gone already is as wished.

        Raises:
            WrongPin, PinLocked: it is another one, or too many were; a device that was right once isn't
                locked out by others.
            Refused: 400, something is missing.
        """
        try:
            fields = await short_fields(request)
            pin, share = fields["pin"], ShareId(str(UUID(fields["share"])))
        except (ValueError, KeyError) as error:
            raise Refused(HTTPStatus.BAD_REQUEST, "wall-problem-hide") from error
        curator = self._booth.office.curator
        edition = await curator.pin_edition()
        caller = self._keys.caller(request, edition)
        answer = Response(status_code=HTTPStatus.NO_CONTENT)
        with suppress(NoSuchShare):
            await curator.hide_by_pin(pin, caller, share)
        self._keys.write(answer, request, caller, edition)
        return answer

    def _codes(self, request: Request, language: str) -> list[dict[str, str]]:
        return told_codes(wall_links(request, self._site), self._templates.words, language)
