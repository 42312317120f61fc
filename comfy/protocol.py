"""What ComfyUI says on its websocket, as frozen values. Pure: text and bytes in, values out.

Read from recordings of the servers 0.28.1 and 0.3.64 (``tests/comfy/captures``). Every message of a job
carries the job's id (``prompt_id``) but two: the ``executing`` that greets a reconnecting client, and
previews sent to clients that did not announce :data:`FEATURE_FLAGS`. Those belong to nobody, and nobody may
take them for theirs.

Binary frames begin with a big-endian u32, the event: 1 and 2 a picture without its job (u32 format, then
bytes), 3 text (u32 length of the node's id, the id, the text), 4 a picture with its job (u32 length of a JSON
object, the object, then bytes).
"""

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from comfy.shapes import (
    MalformedError,
    load,
    mapping,
    number,
    number_or_none,
    sequence,
    strings,
    text,
    text_or_none,
)

FEATURE_FLAGS = json.dumps({"type": "feature_flags", "data": {"supports_preview_metadata": True}})
"""The client's first message: previews then carry their job's id."""

_U32 = struct.Struct(">I")
_MEDIA_TYPES = {1: "image/jpeg", 2: "image/png"}


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file on a server: its name, and the folder (``input``, ``output`` or ``temp``) that holds it."""

    name: str
    subfolder: str
    folder: str


@dataclass(frozen=True, slots=True)
class Status:
    """How many jobs the server holds, the running one included; sent to everybody at each change."""

    queue_remaining: int


@dataclass(frozen=True, slots=True)
class Features:
    """The server's answer to our feature flags."""

    preview_metadata: bool


@dataclass(frozen=True, slots=True)
class Started:
    """The server's worker has taken the job."""

    job: str


@dataclass(frozen=True, slots=True)
class Cached:
    """These nodes will not run, as their results are kept from an earlier job."""

    job: str
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeProgress:
    """Shares done, 0..1, of the job's nodes that have begun."""

    job: str
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Executing:
    """A node begins; with ``node`` None the job is over, and its history can be read.

    ``job`` is None in the greeting of a client that reconnects while a job of its runs.
    """

    job: str | None
    node: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A node has done ``value`` of its ``maximum`` steps."""

    job: str
    node: str
    value: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Output:
    """An output node has written these files."""

    job: str
    node: str
    files: tuple[FileRef, ...]


@dataclass(frozen=True, slots=True)
class Succeeded:
    """All outputs are written; the history may still lack the job for some milliseconds."""

    job: str


@dataclass(frozen=True, slots=True)
class Crash:
    """An exception in a node. The message may hold paths and names: it is not for guests, nor for the log."""

    node: str
    node_type: str
    exception_type: str
    message: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failed:
    """The job ended with an exception."""

    job: str
    crash: Crash


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The job was stopped while it ran."""

    job: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture on the way: of ``job``, or of nobody knows whom."""

    job: str | None
    node: str | None
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NodeText:
    """Words of a node about its progress."""

    node: str
    words: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A message of a later version, or of a custom node."""

    kind: str


Message = (
    Status
    | Features
    | Started
    | Cached
    | NodeProgress
    | Executing
    | Step
    | Output
    | Succeeded
    | Failed
    | Interrupted
    | Preview
    | NodeText
    | Unknown
)


def read_frame(frame: str | bytes) -> Message:
    """One websocket frame, text or binary.

    Raises:
        MalformedError: it is not what the protocol says.
    """
    return read_text(frame) if isinstance(frame, str) else read_binary(frame)


def read_text(frame: str) -> Message:
    """A text frame: ``{"type": …, "data": {…}}``.

    Raises:
        MalformedError: it is not JSON, or has no type.
    """
    document = mapping(load(frame, "websocket text"))
    kind = text_or_none(document.get("type"))
    if kind is None:
        raise MalformedError("websocket text: type")
    reader = _READERS.get(kind)
    return reader(mapping(document.get("data"))) if reader else Unknown(kind)


def read_binary(frame: bytes) -> Message:
    """A binary frame, as the module says.

    Raises:
        MalformedError: it is shorter than it says, or its metadata is not JSON.
    """
    event, rest = _u32(frame)
    match event:
        case 1 | 2:
            picture_format, data = _u32(rest)
            return Preview(None, None, _MEDIA_TYPES.get(picture_format, "image/jpeg"), data)
        case 3:
            node, words = _prefixed(rest)
            return NodeText(node.decode(errors="replace"), words.decode(errors="replace"))
        case 4:
            return _picture_of_job(rest)
        case _:
            return Unknown(f"binary {event}")


def read_file(document: object) -> FileRef:
    """A file as outputs (``filename``) and uploads (``name``) tell it."""
    entry = mapping(document)
    name = text(entry.get("filename")) or text(entry.get("name"))
    return FileRef(name, text(entry.get("subfolder")), text(entry.get("type")) or "output")


def read_files(output: object) -> tuple[FileRef, ...]:
    """The pictures that an output node has written; nodes that write something else have none."""
    return tuple(read_file(entry) for entry in sequence(mapping(output).get("images")) if mapping(entry))


def read_crash(data: Mapping[str, object]) -> Crash:
    """An exception as ``execution_error`` tells it."""
    return Crash(
        node=text(data.get("node_id")),
        node_type=text(data.get("node_type")),
        exception_type=text(data.get("exception_type")),
        message=text(data.get("exception_message")),
    )


def _u32(data: bytes) -> tuple[int, bytes]:
    if len(data) < _U32.size:
        raise MalformedError("binary frame: length")
    (value,) = _U32.unpack_from(data)
    return value, data[_U32.size :]


def _prefixed(data: bytes) -> tuple[bytes, bytes]:
    size, rest = _u32(data)
    if size > len(rest):
        raise MalformedError("binary frame: length")
    return rest[:size], rest[size:]


def _picture_of_job(data: bytes) -> Preview:
    head, picture = _prefixed(data)
    about = mapping(load(head, "binary frame: metadata"))
    return Preview(
        job=text_or_none(about.get("prompt_id")),
        node=text_or_none(about.get("node_id")),
        media_type=text(about.get("image_type")) or "image/jpeg",
        data=picture,
    )


def _job(data: Mapping[str, object]) -> str:
    return text(data.get("prompt_id"))


def _status(data: Mapping[str, object]) -> Message:
    info = mapping(mapping(data.get("status")).get("exec_info"))
    return Status(int(number(info.get("queue_remaining"))))


def _shares(data: Mapping[str, object]) -> Message:
    shares = {}
    for node, state in mapping(data.get("nodes")).items():
        entry = mapping(state)
        shares[node] = _share(number(entry.get("value")), number(entry.get("max")))
    return NodeProgress(_job(data), MappingProxyType(shares))


def _share(value: float, maximum: float) -> float:
    return min(max(value / maximum, 0.0), 1.0) if maximum > 0 else 0.0


def _executing(data: Mapping[str, object]) -> Message:
    return Executing(text_or_none(data.get("prompt_id")), text_or_none(data.get("node")))


def _step(data: Mapping[str, object]) -> Message:
    maximum = number_or_none(data.get("max"))
    return Step(_job(data), text(data.get("node")), number(data.get("value")), maximum or 1.0)


def _output(data: Mapping[str, object]) -> Message:
    return Output(_job(data), text(data.get("node")), read_files(data.get("output")))


_READERS: Mapping[str, Callable[[Mapping[str, object]], Message]] = MappingProxyType(
    {
        "status": _status,
        "feature_flags": lambda data: Features(data.get("supports_preview_metadata") is True),
        "execution_start": lambda data: Started(_job(data)),
        "execution_cached": lambda data: Cached(_job(data), strings(data.get("nodes"))),
        "progress_state": _shares,
        "executing": _executing,
        "progress": _step,
        "executed": _output,
        "execution_success": lambda data: Succeeded(_job(data)),
        "execution_error": lambda data: Failed(_job(data), read_crash(data)),
        "execution_interrupted": lambda data: Interrupted(_job(data)),
    }
)
