"""One call of the Bot API, out of a URL's query, a form, multipart or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.values import JsonObject


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    mime_type: str | None
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A method's name as it was written, its parameters, and the files that came with it."""

    method: str
    parameters: Mapping[str, Any] = field(repr=False)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string; empty where it is not given."""
        value = self.parameters.get(name)
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        """A whole number; None where it is not given or not a number, as Telegram reads it."""
        try:
            return int(self.text(name))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """A boolean; false where it is not given."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def structure(self, name: str, what: str) -> Any:
        """A JSON-serialised value; None where it is not given.

        Raises:
            Refused: it is no JSON.
        """
        value = self.parameters.get(name)
        if value == "" or not isinstance(value, str):
            return None if value == "" else value
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {what} JSON object") from error

    def object(self, name: str, what: str) -> JsonObject:
        """A JSON-serialised object; empty where it is not given.

        Raises:
            Refused: it is something else.
        """
        value = self.structure(name, what)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {what}")
        return value

    def upload(self, reference: str) -> Upload | None:
        """The file that a parameter's value (``attach://…``) or name means."""
        return self.files.get(reference.removeprefix("attach://"))


async def read_call(request: Request, method: str) -> Call:
    """Read parameters and files from wherever the client put them.

    Raises:
        Refused: the body is not what its content type says.
    """
    parameters: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        parameters |= _json_body(await request.body())
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form(max_part_size=1 << 20) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = Upload(value.filename or name, value.content_type, await value.read())
                else:
                    parameters[name] = value
    return Call(method, parameters, files)


def _json_body(body: bytes) -> JsonObject:
    try:
        value = json.loads(body or b"{}")
    except ValueError as error:
        raise bad_request("can't parse JSON encoded in the request body") from error
    if not isinstance(value, dict):
        raise bad_request("object expected in the request body")
    return value
