"""Who posts: a random id in a signed cookie, and nothing else about the person."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import UnknownJob
from bot.nouns import GuestKey, JobId

COOKIE = "guest"
PREFIX = "web:"
MAX_AGE_S = 7 * 24 * 3600  # longer than an event and than pictures are kept
ID_BYTES = 16  # 128 bits: can't be guessed


class GuestCookies:
    """Reads and writes the cookie. A tampered or expired one reads as none."""

    def __init__(self, secret: bytes) -> None:
        """Take the secret that replicas share."""
        self._secret = secret
        self._signer = TimestampSigner(secret, salt="petaflop.guest", digest_method=hashlib.sha256)

    def read(self, request: Request) -> GuestKey | None:
        """The guest whom this request's cookie names."""
        try:
            value = self._signer.unsign(request.cookies.get(COOKIE, ""), max_age=MAX_AGE_S)
        except BadSignature:
            return None
        return GuestKey(PREFIX + value.decode("ascii"))

    def write(self, response: Response, request: Request, guest: GuestKey) -> None:
        """Send the cookie along; ``Secure`` on https only, or a booth without https could keep no guest."""
        value = self._signer.sign(guest.removeprefix(PREFIX)).decode("ascii")
        response.set_cookie(
            COOKIE,
            value,
            max_age=MAX_AGE_S,
            path="/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )

    def clear(self, response: Response, request: Request) -> None:
        """Have the browser drop the cookie."""
        response.delete_cookie(
            COOKIE, path="/", secure=request.url.scheme == "https", httponly=True, samesite="lax"
        )

    def newcomer(self, key: str | None, photo: bytes) -> GuestKey:
        """A guest for a post that came without a cookie.

        A post that is repeated because its answer was lost (the same idempotency key and photo) gives the
        same guest, so that it finds its job again although the cookie was lost with the answer.
        """
        if key is None:
            return GuestKey(PREFIX + _text(secrets.token_bytes(ID_BYTES)))
        told = hmac.new(self._secret, b"petaflop.newcomer\0" + key.encode("ascii"), hashlib.sha256)
        told.update(b"\0" + hashlib.sha256(photo).digest())
        return GuestKey(PREFIX + _text(told.digest()[:ID_BYTES]))

    def voice(self, address: str, share: str) -> str:
        """Stands for an address where a picture is reported: the same for all of its guests.

        It is keyed with the secret and the picture, so that nobody reads an address in it, or that two
        reports of two pictures came from one.
        """
        told = hmac.new(self._secret, f"petaflop.voice\0{share}\0{address}".encode(), hashlib.sha256)
        return _text(told.digest()[:ID_BYTES])


def whose_job(cookies: GuestCookies, request: Request) -> tuple[GuestKey, JobId]:
    """Who asks, and for which job; whether it is theirs, the booth says.

    Raises:
        UnknownJob: nobody is known by the request's cookie.
    """
    guest = cookies.read(request)
    if guest is None:
        raise UnknownJob
    return guest, JobId(str(request.path_params["job"]))


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
