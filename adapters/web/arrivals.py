"""Guests who come by a code: which event and which place it names is counted, and nothing else of them.

No cookie is set and nothing is kept of who came: a scan is one more for its place (:mod:`bot.store.scans`).
What isn't a person who opens the page (chats that make a preview of a link, browsers that fetch ahead, HEAD)
is not counted, and neither is more than an address may post in a minute.
"""

import logging
import re
import uuid

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.web.limits import AddressLimit
from adapters.web.problems import Refused
from adapters.web.site import WebSite
from bot.booth import Booth
from bot.invites.links import PAGE_FIELD, SHORT_PATH
from bot.invites.payload import Invite, invite_of
from bot.nouns import Arrival
from bot.store.trouble import STORE_TROUBLE

# Discordbot, TelegramBot, Twitterbot, Slackbot … but not CUBOT, which makes phones.
_NOBODY = re.compile(r"(?<!cu)bot\b|crawler|spider|preview|facebookexternalhit|whatsapp/", re.IGNORECASE)

log = logging.getLogger(__name__)


def comes_in_person(request: Request) -> bool:
    """Whether somebody looks at the answer, as far as a request can tell."""
    headers = request.headers
    ahead = "prefetch" in (headers.get("sec-purpose", "") + headers.get("purpose", "")).lower()
    return request.method == "GET" and not ahead and not _NOBODY.search(headers.get("user-agent", ""))


class Arrivals:
    """Counts who comes by a code, and leads those on whose network carries no payload."""

    def __init__(self, booth: Booth, site: WebSite) -> None:
        """Count in this booth."""
        self._booth = booth
        self._site = site
        self._limit = AddressLimit(site.address_limit)

    def routes(self) -> list[BaseRoute]:
        """The short links of Discord's codes: its own invites can't say where they hang."""
        return [Route(f"{SHORT_PATH}{{payload}}", self.short)]

    async def short(self, request: Request) -> Response:
        """Count, and lead on to Discord; what says nothing leads to the page, as all do without Discord."""
        payload = request.path_params["payload"]
        invite, discord = invite_of(payload), self._site.ways().discord
        headers = {"Cache-Control": "no-store"}  # the next scan shall come here as well
        if invite == Invite() or discord is None:
            home = "/" if invite == Invite() else f"/?{PAGE_FIELD}={payload}"
            return RedirectResponse(home, 302, headers)
        counting = self.counting(request, "discord", invite)
        return RedirectResponse(discord, 302, headers, background=counting)

    def counting(self, request: Request, platform: str, invite: Invite) -> BackgroundTask | None:
        """What counts a scan once its answer is on its way; None where there is nothing to count."""
        if not (invite.event or invite.place) or not comes_in_person(request):
            return None
        return BackgroundTask(self._count, request, platform, invite)

    async def _count(self, request: Request, platform: str, invite: Invite) -> None:
        try:
            await self._limit.check(request)
            key = f"{platform}:{uuid.uuid4().hex}"
            await self._booth.arrived(Arrival(key, platform, invite.event, invite.place))
        except Refused:
            return
        except STORE_TROUBLE as error:
            log.info("a scan was not counted: %s", type(error).__name__)
