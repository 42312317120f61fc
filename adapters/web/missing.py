"""A problem as a page in the house's looks, for browsers whose guest looks at it.

It says nothing of the address: what was never there, what was taken back and what isn't for those who come
from outside read the same, byte for byte.
"""

from http import HTTPStatus

from starlette.requests import Request

from adapters.web.language import language_of
from adapters.web.reach import sees_gallery
from adapters.web.site import WebSite
from adapters.web.templating import Templates

FOR_PROGRAMS = ("/api/", "/telegram/", "/discord/")
HEADINGS = {HTTPStatus.NOT_FOUND: "page-missing-heading"}
TEXTS = {HTTPStatus.NOT_FOUND: "page-missing"}


class ProblemPages:
    """Renders problems as HTML."""

    def __init__(self, templates: Templates, site: WebSite) -> None:
        """Take the templates, and what the site lets people see."""
        self._templates = templates
        self._site = site

    def wanted(self, request: Request) -> bool:
        """Whether a person reads the answer: a browser that goes to an address asks for HTML by its name."""
        is_asked = "text/html" in request.headers.get("accept", "").lower()
        return is_asked and not request.url.path.startswith(FOR_PROGRAMS)

    def html(self, request: Request, status: HTTPStatus, detail: str) -> str:
        """The page; ``detail`` is the sentence where the status has none of its own."""
        language = language_of(request, self._templates.words)
        say = self._templates.say(language)
        return self._templates.render(
            "missing.html",
            language,
            event=self._site.event,
            heading=say(HEADINGS.get(status, "page-refused-heading")),
            text=say(TEXTS[status]) if status in TEXTS else detail,
            is_home=status is not HTTPStatus.MISDIRECTED_REQUEST,
            gallery=sees_gallery(request.headers, request.url.scheme, self._site),
        )
