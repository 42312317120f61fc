"""The guest page's ASGI app: routes inside, then errors, the origin's check, compression and headers."""

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Router
from starlette.types import ASGIApp

from adapters.web.assets import Assets
from adapters.web.chat import WebChat
from adapters.web.guests import GuestCookies
from adapters.web.headers import SecurityHeaders
from adapters.web.jobs import Jobs
from adapters.web.limits import AddressLimit
from adapters.web.origin import SameOrigin
from adapters.web.page import Page
from adapters.web.problems import Problems
from adapters.web.site import WebSite
from adapters.web.uploads import Uploads
from bot.booth import Booth
from bot.words import Words

GZIP_LEVEL = 6  # level 9 costs twice the time for one percent


def web_app(booth: Booth, chat: WebChat, words: Words, site: WebSite) -> ASGIApp:
    """The guest page.

    Args:
        booth: The use cases.
        chat: The chat of the same booth that is named ``web``; its cards reach the page's streams.
        words: The catalogue.
        site: The page's settings.
    """
    jobs = Jobs(
        booth,
        chat,
        words,
        GuestCookies(site.secret),
        Uploads(site.max_upload_bytes),
        AddressLimit(site.address_limit),
    )
    page = Page(booth, words, site, Assets())
    router = Router([*page.routes(), *jobs.routes()], redirect_slashes=False)
    app: ASGIApp = SameOrigin(router, site.public_url)
    app = ExceptionMiddleware(app, handlers=Problems(words).handlers())
    app = GZipMiddleware(app, compresslevel=GZIP_LEVEL)
    return SecurityHeaders(app)
