"""What a request brings: JSON, alone or beside files in a multipart form."""

import io
import json
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from tests.fakes.discord.refusals import bad_json, too_large
from tests.fakes.discord.values import Attachment, JsonObject

MAX_REQUEST_BYTES = 25 << 20
FILE_FIELD = re.compile(r"files?\[(\d+)\]")
# What not every Python knows.
KINDS = {"avif": "image/avif", "heic": "image/heic", "heif": "image/heif", "webp": "image/webp"}
UNSAFE = re.compile(r"[^\w.\-]+")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Body:
    """The JSON, and the files by their number."""

    fields: JsonObject | list[JsonObject] = field(repr=False)
    files: Mapping[int, Upload] = field(default_factory=dict)

    @property
    def object(self) -> JsonObject:
        """The JSON where it has to be an object.

        Raises:
            Refused: it is something else.
        """
        if not isinstance(self.fields, dict):
            raise bad_json()
        return self.fields


async def read_body(request: Request) -> Body:
    """Read a request's body.

    Raises:
        Refused: it is too large, or no JSON.
    """
    if len(await request.body()) > MAX_REQUEST_BYTES:
        raise too_large()
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return Body(_json(await request.body()))
    async with request.form(max_part_size=1 << 20) as form:
        fields = _json(str(form.get("payload_json", "{}")).encode())
        return Body(fields, await _files(form))


async def _files(form: FormData) -> dict[int, Upload]:
    files: dict[int, Upload] = {}
    for name, value in form.multi_items():
        numbered = FILE_FIELD.fullmatch(name)
        if isinstance(value, UploadFile):
            number = int(numbered[1]) if numbered else len(files)
            files[number] = Upload(value.filename or "unknown", await value.read())
    return files


def _json(text: bytes) -> JsonObject | list[JsonObject]:
    try:
        value = json.loads(text or b"{}")
    except ValueError as error:
        raise bad_json() from error
    if not isinstance(value, dict | list):
        raise bad_json()
    return value


def attachment(
    id_: int, name: str, content: bytes, description: str | None = None, *, ephemeral: bool = False
) -> Attachment:
    """A stored file, measured where it is a picture."""
    name = UNSAFE.sub("_", name) or "unknown"
    kind = KINDS.get(name.lower().rpartition(".")[2]) or mimetypes.guess_type(name)[0]
    kind = kind or "application/octet-stream"
    width, height = _size(content) if kind.startswith("image/") else (None, None)
    return Attachment(id_, name, kind, content, width, height, description, ephemeral)


def _size(content: bytes) -> tuple[int | None, int | None]:
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.size
    except (UnidentifiedImageError, OSError):
        return None, None
