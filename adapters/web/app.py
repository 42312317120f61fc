"""The guest page's ASGI app: routes inside, around them the origin's check, errors, compression, headers."""

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


def web_app(
    booth: Booth, chat: WebChat, words: Words, site: WebSite, others: Sequence[BaseRoute] = ()
) -> ASGIApp:
    """The guest page.

    Args:
        booth: The use cases.
        chat: The chat of the same booth that is named ``web``; its cards reach the page's streams.
        words: The catalogue.
        site: The page's settings.
        others: Routes of other platforms on the same port.
    """
    jobs = Jobs(
        booth,
        chat,
        words,
        GuestCookies(site.secret),
        Uploads(site.max_upload_bytes),
        AddressLimit(site.address_limit),
    )
    arrivals = Arrivals(booth, site)
    page = Page(booth, words, site, Assets(), arrivals)
    problems = Problems(words)
    app = Starlette(
        routes=[*page.routes(), *arrivals.routes(), *jobs.routes(), *others],
        middleware=[
            Middleware(GZipMiddleware, compresslevel=GZIP_LEVEL),
            Middleware(ExceptionMiddleware, handlers=problems.handlers()),
            Middleware(SameOrigin, public_url=site.public_url),
        ],
        exception_handlers={HTTPException: problems.answer},  # Starlette answers these itself otherwise
    )
    app.router.redirect_slashes = False
    return SecurityHeaders(app)
