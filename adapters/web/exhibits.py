"""Shared pictures over HTTP: whole or small, to be looked at or to be kept, and in no cache."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.smalls import WIDTHS, Smalls
from bot.exhibits import ShareId
from bot.guests.wall import Wall
from bot.nouns import Picture

NO_STORE = {"Cache-Control": "private, no-store"}
"""What is unshared is to be gone from browsers as well."""

SUFFIXES = {"image/jpeg": "jpg", "image/webp": "webp", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class Exhibits:
    """Answers with pictures that everybody may see."""

    wall: Wall
    smalls: Smalls

    async def picture(self, request: Request) -> Response:
        """The picture of the path's share: whole, or by ``?w=`` small; with ``?save`` to be kept.

        Raises:
            HTTPException: 404, it isn't shared (any more).
        """
        picture = await self._asked(request)
        if picture is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        kind = "attachment" if "save" in request.query_params else "inline"
        name = f"petaflop.{SUFFIXES.get(picture.media_type, 'jpg')}"
        headers = NO_STORE | {"Content-Disposition": f'{kind}; filename="{name}"'}
        return Response(picture.data, headers=headers, media_type=picture.media_type)

    async def _asked(self, request: Request) -> Picture | None:
        share, width = share_of(request), request.query_params.get("w")
        if width is None:
            return await self.wall.picture(share)
        if width not in map(str, WIDTHS):
            return None
        return await self.smalls.of(share, int(width))


def share_of(request: Request) -> ShareId:
    """The share that the address names, whether there is such a one or not."""
    return ShareId(str(request.path_params["share"]))
