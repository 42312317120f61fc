"""The upload form, read as it streams: bounded in bytes, in time and in what all uploads hold together."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from adapters.web.problems import Refused
from bot.errors import PhotoTooManyBytes

MIB = 1 << 20
FORM_BYTES = 16 << 10  # the form's own lines and its short fields, beside the photo
FIELDS = 4
FIELD_BYTES = 256  # a style's or a job's id
IDLE_S = 30.0  # a phone that walks through a dead spot
WHOLE_S = 600.0
AT_ONCE = 12  # photos of full size that may lie in memory together


@dataclass(frozen=True, slots=True)
class Upload:
    """The form's fields; an empty or missing one is None.

    Attributes:
        photo: The file's bytes.
        style: Id of the style.
        again: Id of an own job whose photo is to be used again, instead of ``photo``.
    """

    photo: bytes | None = field(repr=False)
    style: str | None
    again: str | None


class _InMemory(MultiPartParser):
    """Starlette's parser, without its temporary files: on disk a face could outlive its use."""

    spool_max_size = 0  # SpooledTemporaryFile: never rolls over


class Uploads:
    """Reads forms; knows how many bytes all of them hold just now."""

    def __init__(self, max_photo_bytes: int) -> None:
        """Take the limit of one photo in bytes."""
        self._max_photo_bytes = max_photo_bytes
        self._max_body_bytes = max_photo_bytes + FORM_BYTES
        self._room_bytes = AT_ONCE * self._max_body_bytes
        self._held_bytes = 0

    @asynccontextmanager
    async def receive(self, request: Request) -> AsyncIterator[Upload]:
        """The form; its bytes count as held until the block ends.

        Raises:
            PhotoTooManyBytes: at once when announced, else as soon as it is over.
            Refused: 400 for what is no such form, 408 when it stalls, 503 when too many come at once.
        """
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
            raise Refused(HTTPStatus.BAD_REQUEST, "page-problem-form")
        if _announced(request) > self._max_body_bytes:
            raise self._too_large()
        with _Held(self) as held:
            form = await self._form(request, held)
            try:
                upload = self._upload(form)
            finally:
                await form.close()
            yield upload

    async def _form(self, request: Request, held: "_Held") -> FormData:
        stream = self._bounded(request, held)
        parser = _InMemory(request.headers, stream, max_files=1, max_fields=FIELDS, max_part_size=FIELD_BYTES)
        try:
            async with asyncio.timeout(WHOLE_S):
                return await parser.parse()
        except (MultiPartException, UnicodeError, LookupError) as error:  # the latter two: its charset
            raise Refused(HTTPStatus.BAD_REQUEST, "page-problem-form") from error
        except TimeoutError as error:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT, "page-problem-stalled") from error

    async def _bounded(self, request: Request, held: "_Held") -> AsyncGenerator[bytes, None]:
        chunks = request.stream()
        while (chunk := await asyncio.wait_for(anext(chunks, None), IDLE_S)) is not None:
            held.add(len(chunk))
            if held.size > self._max_body_bytes:
                raise self._too_large()
            yield chunk

    def _upload(self, form: FormData) -> Upload:
        photo = form.get("photo")
        data = photo.file.read() if isinstance(photo, UploadFile) else b""
        if len(data) > self._max_photo_bytes:
            raise self._too_large()
        return Upload(data or None, _text(form, "style"), _text(form, "again"))

    def _too_large(self) -> PhotoTooManyBytes:
        return PhotoTooManyBytes(limit_mib=round(self._max_photo_bytes / MIB, 1))

    def hold(self, size: int) -> None:
        """Count bytes in (or, negative, out).

        Raises:
            Refused: 503, all uploads together are too large for the memory that they may have.
        """
        if self._held_bytes + size > self._room_bytes:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "page-problem-crowded", retry_after_s=5)
        self._held_bytes += size


class _Held:
    """One upload's share of the memory."""

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads
        self.size = 0

    def __enter__(self) -> "_Held":
        return self

    def __exit__(self, *_: object) -> None:
        self._uploads.hold(-self.size)

    def add(self, size: int) -> None:
        self._uploads.hold(size)
        self.size += size


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return value.strip() or None if isinstance(value, str) else None
