"""The ASGI app of page, wall and gallery: routes; around them who sees and changes what, errors, headers."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from adapters.web.arrivals import Arrivals
from adapters.web.assets import Assets
from adapters.web.broadcast import Broadcast
from adapters.web.chat import WebChat
from adapters.web.display import Display
from adapters.web.exhibits import Exhibits
from adapters.web.gallery import Gallery
from adapters.web.guests import GuestCookies
from adapters.web.headers import SecurityHeaders
from adapters.web.hosts import OwnHosts
from adapters.web.jobs import Jobs
from adapters.web.keepsakes import WebKeepsakes
from adapters.web.limits import AddressLimit
from adapters.web.missing import ProblemPages
from adapters.web.origin import SameOrigin
from adapters.web.page import Page
from adapters.web.problems import Problems
from adapters.web.reach import RoomOnly
from adapters.web.shares import Shares
from adapters.web.site import WebSite
from adapters.web.smalls import Smalls
from adapters.web.templating import Templates
from adapters.web.uploads import Uploads
from bot.booth import Booth
from bot.pixels.children import Children
from bot.words import Words

GZIP_LEVEL = 6  # level 9 costs twice the time for one percent


def web_app(
    booth: Booth,
    chat: WebChat,
    words: Words,
    site: WebSite,
    desk: Children,
    others: Sequence[BaseRoute] = (),
) -> ASGIApp:
    """The guest page, the wall and the gallery.

    Args:
        booth: The use cases.
        chat: The chat of the same booth that is named ``web``; its cards reach the page's streams.
        words: The catalogue.
        site: The page's settings.
        desk: Draws small copies of pictures.
        others: Routes of other platforms on the same port.
    """
    templates = Templates(words, Assets())
    problems = Problems(words, ProblemPages(templates, site))
    app = Starlette(
        routes=[
            *_guests(booth, chat, site, templates),
            *_everybody(booth, chat, site, templates, desk),
            *others,
        ],
        middleware=[
            Middleware(GZipMiddleware, compresslevel=GZIP_LEVEL),
            Middleware(ExceptionMiddleware, handlers=problems.handlers()),
            Middleware(OwnHosts, public_url=site.public_url, host=site.host),
            Middleware(RoomOnly, public_url=site.public_url, open_gallery=site.open_gallery),
            Middleware(SameOrigin, public_url=site.public_url),
        ],
        exception_handlers={HTTPException: problems.answer},  # Starlette answers these itself otherwise
    )
    app.router.redirect_slashes = False
    return SecurityHeaders(app)


def _guests(booth: Booth, chat: WebChat, site: WebSite, templates: Templates) -> list[BaseRoute]:
    """The guest page, and what its guests do."""
    cookies = GuestCookies(site.secret)
    uploads, addresses = Uploads(site.max_upload_bytes), AddressLimit(site.address_limit)
    arrivals = Arrivals(booth, site)
    page = Page(booth, site, templates, arrivals)
    jobs = Jobs(booth, chat, templates.words, cookies, uploads, addresses)
    keepsakes = WebKeepsakes(booth, cookies)
    rooms = (page, arrivals, jobs, Shares(booth, cookies), keepsakes)
    return [route for room in rooms for route in room.routes()]


def _everybody(
    booth: Booth, chat: WebChat, site: WebSite, templates: Templates, desk: Children
) -> list[BaseRoute]:
    """What is shown to everybody in the room."""
    smalls = Smalls(booth.wall, desk)
    exhibits = Exhibits(booth.wall, smalls)
    broadcast = Broadcast(booth.wall, chat, smalls, templates.assets.version)
    display = Display(booth, site, templates, exhibits, broadcast)
    gallery = Gallery(booth, site, templates, exhibits, GuestCookies(site.secret))
    return [*display.routes(), *gallery.routes()]
