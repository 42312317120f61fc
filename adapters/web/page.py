"""The page itself, what it offers, and the files that it is made of."""

from collections.abc import Sequence
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from adapters.web.arrivals import Arrivals
from adapters.web.assets import ASK_ANEW, FOREVER, CachedFiles
from adapters.web.language import language_of, worded
from adapters.web.reach import sees_gallery
from adapters.web.site import WebSite
from adapters.web.templating import Templates
from bot.booth import Booth, StyleOffer
from bot.invites.links import PAGE_FIELD
from bot.invites.payload import invite_of
from bot.nouns import StyleId

SCRIPT_WORDS = "page-say-"
SAMPLE = "sample.jpg"
FAN = 3


def fan(previews: Sequence[str]) -> list[str]:
    """Three previews for the page's head, from across the offer; none when there are fewer."""
    if len(previews) < FAN:
        return []
    return [previews[index * len(previews) // FAN] for index in range(FAN)]


class Page:
    """The routes of the page and of its files."""

    def __init__(self, booth: Booth, site: WebSite, templates: Templates, arrivals: Arrivals) -> None:
        """Take what is shown, and who counts those who come by a code."""
        self._booth = booth
        self._site = site
        self._templates = templates
        self._words = templates.words
        self._assets = templates.assets
        self._arrivals = arrivals
        self._promises = {language: self._promise(language) for language in self._words.languages}

    def routes(self) -> list[BaseRoute]:
        """The page, the offer, and the files."""
        lasting = f"/static/{self._assets.version}"
        return [
            Route("/", self.page),
            Route("/api/styles", self.styles),
            Route(f"/static/{SAMPLE}", self.sample),
            Route("/previews/{style}/{version}", self.preview),
            Mount(lasting, CachedFiles(self._assets.folder, FOREVER)),
            Mount("/static", CachedFiles(self._assets.folder, ASK_ANEW)),
        ]

    async def page(self, request: Request) -> Response:
        """The page in the guest's language, with the offer in it: one round trip less on a slow line."""
        language = language_of(request, self._words)
        offer = await self._offer(language)
        invite = invite_of(request.query_params.get(PAGE_FIELD, ""))
        html = self._templates.render(
            "page.html",
            language,
            event=self._site.event,
            kept=self._promises[language],
            fan=fan([str(style["preview"]) for style in offer if style["preview"]]),
            start={
                "words": self._templates.script_words(language, SCRIPT_WORDS),
                "styles": offer,
                "style": invite.style,
                "sample": f"/static/{SAMPLE}",
                "maxUpload": self._site.max_upload_bytes,
                "gallery": sees_gallery(request.headers, request.url.scheme, self._site),
            },
        )
        headers = worded(language) | {"Cache-Control": "no-cache"}
        counting = self._arrivals.counting(request, "web", invite)
        return HTMLResponse(html, headers=headers, background=counting)

    async def styles(self, request: Request) -> Response:
        """What is offered just now."""
        language = language_of(request, self._words)
        headers = worded(language) | {"Cache-Control": "no-cache"}
        return JSONResponse(await self._offer(language), headers=headers)

    async def sample(self, _: Request) -> Response:
        """A portrait for guests who don't want to show themselves."""
        headers = {"Cache-Control": "public, max-age=86400"}
        return Response(self._site.sample_jpeg, headers=headers, media_type="image/jpeg")

    async def preview(self, request: Request) -> Response:
        """A graph style's preview, which the booth has drawn by itself; its address changes with it."""
        style = StyleId(request.path_params["style"])
        previews = self._booth.office.previews
        is_current = previews.version(style) == request.path_params["version"]
        picture = await previews.of(style) if is_current else None
        if picture is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(picture.data, headers={"Cache-Control": FOREVER}, media_type=picture.media_type)

    def _promise(self, language: str) -> dict[str, str]:
        """How long things are kept and shown, in words."""
        return self._site.terms.kept(self._words, language)

    async def _offer(self, language: str) -> list[dict[str, object]]:
        return [self._told(style) for style in await self._booth.styles(language)]

    def _told(self, style: StyleOffer) -> dict[str, object]:
        return {
            "id": style.id,
            "name": style.name,
            "emoji": style.emoji,
            "kind": style.kind,
            "preview": self._preview_url(style.id),
            "available": style.available,
            "eta_s": round(style.eta_s, 1),
        }

    def _preview_url(self, style: StyleId) -> str | None:
        version = self._booth.office.previews.version(style)
        return self._assets.preview(style) if version is None else f"/previews/{style}/{version}"
