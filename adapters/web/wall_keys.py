"""Which devices have typed the wall's PIN: a signed cookie, so that others' wrong PINs don't lock them out.

It names a device by a number made for it, no guest, goes to the wall's addresses alone, and is void with the
next PIN. It opens nothing: the PIN is asked for each time.
"""

import hashlib
import secrets

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.limits import address_key
from adapters.web.reach import WALL
from bot.office.pin_lock import Caller

COOKIE = "wall"
MAX_AGE_S = 7 * 24 * 3600  # longer than an event
ID_BYTES = 16


class WallKeys:
    """Reads and writes the cookie. One that is tampered with, expired or of an earlier PIN reads as none."""

    def __init__(self, secret: bytes) -> None:
        """Take the secret that replicas share."""
        self._secret = secret

    def caller(self, request: Request, edition: str) -> Caller:
        """Who types: a device that is known, or anybody at an address.

        Args:
            request: Theirs.
            edition: The PIN's, as :meth:`~bot.office.curator.Curator.pin_edition` tells it.
        """
        try:
            device = self._signer(edition).unsign(request.cookies.get(COOKIE, ""), max_age=MAX_AGE_S)
        except BadSignature:
            return Caller(address_key(request.client.host if request.client else None))
        return Caller(device.decode("ascii"), known=True)

    def write(self, response: Response, request: Request, caller: Caller, edition: str) -> None:
        """Send the cookie along; ``Secure`` on https only, which the room doesn't speak."""
        device = caller.key if caller.known else secrets.token_urlsafe(ID_BYTES)
        response.set_cookie(
            COOKIE,
            self._signer(edition).sign(device).decode("ascii"),
            max_age=MAX_AGE_S,
            path=WALL,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )

    def _signer(self, edition: str) -> TimestampSigner:
        return TimestampSigner(self._secret, salt=f"petaflop.wall.{edition}", digest_method=hashlib.sha256)
