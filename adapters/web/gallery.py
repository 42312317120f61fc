"""The gallery: what is shared, for phones. Every page of it works without a script."""

from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from adapters.web.codes import reached_under
from adapters.web.exhibits import NO_STORE, Exhibits, share_of
from adapters.web.guests import PREFIX, GuestCookies
from adapters.web.language import FIELD, chosen, language_of, worded
from adapters.web.limits import AddressLimit, address_key
from adapters.web.reach import GALLERY
from adapters.web.site import WebSite
from adapters.web.templating import Templates
from bot.booth import Booth
from bot.guests.wall import Piece
from bot.nouns import GuestKey
from bot.pixels.qr import qr_svg

A_PAGE = 24


class Gallery:
    """The routes under ``/gallery``."""

    def __init__(
        self,
        booth: Booth,
        site: WebSite,
        templates: Templates,
        exhibits: Exhibits,
        cookies: GuestCookies,
    ) -> None:
        """Take what is shown, and who knows guests that report."""
        self._booth = booth
        self._site = site
        self._templates = templates
        self._exhibits = exhibits
        self._cookies = cookies
        self._limit = AddressLimit(site.address_limit)

    def routes(self) -> list[Route]:
        """The overview first."""
        one = f"{GALLERY}/{{share:uuid}}"
        return [
            Route(GALLERY, self.overview),
            Route(one, self.piece),
            Route(f"{one}/picture", self._exhibits.picture),
            Route(f"{one}/code", self.code),
            Route(f"{one}/report", self.report, methods=["POST"]),
        ]

    async def overview(self, request: Request) -> Response:
        """The newest pictures, or those before a number."""
        language = language_of(request, self._templates.words)
        before = _number(request.query_params.get("before", ""))
        pieces = await self._booth.wall.newest(language, A_PAGE + 1, before)
        more = pieces[A_PAGE - 1].number if len(pieces) > A_PAGE else None
        return self._html(
            request, "gallery.html", pieces=pieces[:A_PAGE], more=more, begun=before is not None
        )

    async def piece(self, request: Request) -> Response:
        """One picture's own page."""
        piece = await self._shown(request)
        reported = "reported" in request.query_params
        has_code = self._home(request) is not None
        return self._html(request, "piece.html", piece=piece, reported=reported, has_code=has_code)

    async def code(self, request: Request) -> Response:
        """The code that leads to this picture's page, on an address that other phones reach."""
        piece = await self._shown(request)
        home = self._home(request)
        if home is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        svg = qr_svg(f"{home}{GALLERY}/{piece.id}")
        return Response(svg, headers=NO_STORE, media_type="image/svg+xml")

    async def report(self, request: Request) -> Response:
        """Somebody finds that a picture shouldn't be shown; the answer is the same whether it still is."""
        await self._limit.check(request)
        share = share_of(request)
        voice = self._cookies.voice(address_key(request.client.host if request.client else None), share)
        reporter = self._cookies.read(request) or GuestKey(PREFIX + voice)
        await self._booth.sharing.report(reporter, share, voice)
        language = chosen(request, self._templates.words)
        fields = {"reported": "1"} | ({FIELD: language} if language else {})
        there = f"{GALLERY}/{share}" if await self._booth.wall.shows(share) else GALLERY
        return RedirectResponse(f"{there}?{urlencode(fields)}", HTTPStatus.SEE_OTHER, NO_STORE)

    def _home(self, request: Request) -> str | None:
        """The address under which other phones reach the gallery."""
        public = self._site.public_url if self._site.open_gallery else None
        return reached_under(request, self._site, public)

    async def _shown(self, request: Request) -> Piece:
        language = language_of(request, self._templates.words)
        piece = await self._booth.wall.piece(share_of(request), language)
        if piece is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return piece

    def _html(self, request: Request, name: str, **values: object) -> Response:
        templates = self._templates
        language = language_of(request, templates.words)
        asked = chosen(request, templates.words)
        here = partial(_address, {FIELD: asked} if asked else {})
        html = templates.render(name, language, event=self._site.event, here=here, **values)
        return HTMLResponse(html, headers=NO_STORE | worded(language))


def _address(always: dict[str, str], path: str = "", **fields: object) -> str:
    """An address within the gallery that keeps the language that was asked for."""
    query = urlencode({**always, **fields})
    return f"{GALLERY}{path}" + (f"?{query}" if query else "")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
