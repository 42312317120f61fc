"""The HTTP surface of jobs: post, look, watch, fetch, delete; and *forget me*."""

import re
import uuid
from http import HTTPStatus

from sse_starlette import EventSourceResponse
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.web.answers import job_answer, sharing_answer
from adapters.web.chat import WebChat
from adapters.web.events import job_events
from adapters.web.guests import GuestCookies, whose_job
from adapters.web.language import language_of, worded
from adapters.web.limits import AddressLimit
from adapters.web.problems import Refused
from adapters.web.uploads import Upload, Uploads
from bot.booth import Booth
from bot.errors import Busy, UnknownJob
from bot.nouns import ChatKey, GuestKey, JobId, JobView, Post, StyleId
from bot.words import Words

IDEMPOTENCY_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
PRIVATE = {"Cache-Control": "private, no-store"}  # faces stay out of every cache
PING_S = 15  # keeps proxies from closing a quiet stream
SUFFIXES = {"image/jpeg": "jpg", "image/webp": "webp", "image/png": "png"}


class Jobs:
    """The routes under ``/api/jobs`` and ``/api/me``."""

    def __init__(
        self,
        booth: Booth,
        chat: WebChat,
        words: Words,
        cookies: GuestCookies,
        uploads: Uploads,
        addresses: AddressLimit,
    ) -> None:
        """Take the booth, and what stands before it."""
        self._booth = booth
        self._chat = chat
        self._words = words
        self._cookies = cookies
        self._uploads = uploads
        self._addresses = addresses

    def routes(self) -> list[Route]:
        """One route an address; methods of one address share it, so that 405 names them all."""
        return [
            Route("/api/jobs", self.post, methods=["POST"]),
            Route("/api/jobs/{job:uuid}", self.job, methods=["GET", "DELETE"]),
            Route("/api/jobs/{job:uuid}/events", self.events, methods=["GET"]),
            Route("/api/jobs/{job:uuid}/picture", self.picture, methods=["GET"]),
            Route("/api/me", self.forget, methods=["DELETE"]),
        ]

    async def post(self, request: Request) -> Response:
        """A photo, or *again* from the kept one: 202 with the job and the guest's cookie."""
        await self._addresses.check(request)
        guest = self._cookies.read(request)
        key = _idempotency_key(request)
        await self._check_room(guest, key)
        async with self._uploads.receive(request) as upload:
            view = await self._take(request, guest, key, upload)
        answer = JSONResponse(job_answer(view), HTTPStatus.ACCEPTED, PRIVATE)
        self._cookies.write(answer, request, view.job.guest)
        return answer

    async def _check_room(self, guest: GuestKey | None, key: str | None) -> None:
        try:
            await self._booth.check_room(guest or self._cookies.newcomer(None, b""))
        except Busy:
            # A repeated post may be about a job that is here already: submit() can tell.
            if key is None:
                raise

    async def _take(
        self, request: Request, guest: GuestKey | None, key: str | None, upload: Upload
    ) -> JobView:
        if upload.style is None:
            raise Refused(HTTPStatus.BAD_REQUEST, "page-problem-no-style")
        style = StyleId(upload.style)
        if upload.again is not None:
            return await self._again(guest, key, upload.again, style)
        if upload.photo is None:
            raise Refused(HTTPStatus.BAD_REQUEST, "page-problem-no-photo")
        guest = guest or self._cookies.newcomer(key, upload.photo)
        return await self._booth.submit(
            Post(
                event=_event(guest, key),
                guest=guest,
                chat=ChatKey(guest),
                language=language_of(request, self._words),
                photo=upload.photo,
                style=style,
            )
        )

    async def _again(self, guest: GuestKey | None, key: str | None, job: str, style: StyleId) -> JobView:
        if guest is None:
            raise UnknownJob
        return await self._booth.again(guest, _job_id(job), style, event=_event(guest, key))

    async def job(self, request: Request) -> Response:
        """``GET``: how it stands, with its words. ``DELETE``: cancelled or erased."""
        guest, job = whose_job(self._cookies, request)
        if request.method == "DELETE":
            await self._booth.discard(guest, job)
            return Response(status_code=HTTPStatus.NO_CONTENT)
        view = await self._booth.look(guest, job)
        told = job_answer(view) | sharing_answer(view.job)
        told |= {"style": view.job.style, "text": self._booth.card(view).words}
        return JSONResponse(told, headers=PRIVATE | worded(view.job.language))

    async def events(self, request: Request) -> Response:
        """Place, progress and previews as they come."""
        guest, job = whose_job(self._cookies, request)
        await self._booth.look(guest, job)
        if not self._chat.may_watch(job):
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "page-problem-watchers", retry_after_s=5)
        return EventSourceResponse(job_events(self._booth, self._chat, guest, job), ping=PING_S)

    async def picture(self, request: Request) -> Response:
        """The finished picture, for its guest's eyes."""
        guest, job = whose_job(self._cookies, request)
        view = await self._booth.look(guest, job)
        picture = await self._booth.picture(guest, job)
        name = f"petaflop-{view.job.style}.{SUFFIXES.get(picture.media_type, 'jpg')}"
        headers = PRIVATE | {"Content-Disposition": f'inline; filename="{name}"'}
        return Response(picture.data, headers=headers, media_type=picture.media_type)

    async def forget(self, request: Request) -> Response:
        """Erase all that is known of the guest; the receipt counts it by kind."""
        guest = self._cookies.read(request)
        if guest is None:
            return JSONResponse({"erased": {}, "pending": {}}, headers=PRIVATE)
        receipt = await self._booth.forget(guest)
        told = {"erased": dict(receipt.erased), "pending": dict(receipt.pending)}
        answer = JSONResponse(told, headers=PRIVATE)
        self._cookies.clear(answer, request)
        return answer


def _job_id(text: str) -> JobId:
    try:
        return JobId(str(uuid.UUID(text)))
    except ValueError as error:
        raise UnknownJob from error


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not IDEMPOTENCY_KEY.fullmatch(key):
        raise Refused(HTTPStatus.BAD_REQUEST, "page-problem-key")
    return key


def _event(guest: GuestKey, key: str | None) -> str:
    # Within the guest's own names, so that two guests who choose the same key stay apart.
    return f"{guest}:{key or uuid.uuid4()}"
