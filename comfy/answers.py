"""What ComfyUI answers over HTTP, as frozen values. Pure: status and body in, values out.

Three shapes mislead: a 200 may carry ``node_errors`` (the valid outputs run, the others are dropped), an
unknown job's history is ``{}`` with 200, and refusals of the web framework (413, 500) are plain text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType

from comfy.protocol import Crash, FileRef, read_crash, read_file, read_files
from comfy.shapes import (
    MalformedError,
    load,
    mapping,
    number,
    sequence,
    strings,
    text,
)


@dataclass(frozen=True, slots=True)
class NodeProblem:
    """One reason why a node was refused.

    Attributes:
        kind: The server's word for it, e.g. ``value_not_in_list``.
        input: The input that it is about, or an empty string.
        details: The server's words; they may quote a file's name.
    """

    node: str
    class_type: str
    kind: str
    input: str
    details: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a graph was refused, in whole or in part.

    Attributes:
        kind: The server's word, ``partly_valid`` for a 200 with node errors, or ``http_<status>`` for an
            answer in plain text.
        details: The server's words for the whole graph.
        nodes: The reasons node by node; to be read first, as ``details`` is often empty.
    """

    kind: str
    details: str = field(repr=False)
    nodes: tuple[NodeProblem, ...] = ()

    @property
    def lacks_photo(self) -> bool:
        """Whether only the uploaded photo is missing: the server was restarted after the upload."""
        return bool(self.nodes) and all(
            problem.kind == "custom_validation_failed" and problem.input == "image" for problem in self.nodes
        )

    @property
    def is_trouble(self) -> bool:
        """Whether the server failed instead of judging the graph."""
        return self.kind.startswith("http_5")


class State(Enum):
    """Where a job stands on a server."""

    ABSENT = auto()
    PENDING = auto()
    RUNNING = auto()
    SUCCEEDED = auto()
    FAILED = auto()
    INTERRUPTED = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """A job on a server.

    Attributes:
        outputs: The files that each output node has written.
        crash: The exception, when the job failed with one.
    """

    state: State
    outputs: Mapping[str, tuple[FileRef, ...]] = field(default_factory=dict)
    crash: Crash | None = None

    @property
    def over(self) -> bool:
        """Whether the server is done with it."""
        return self.state in {State.SUCCEEDED, State.FAILED, State.INTERRUPTED}


ABSENT = Standing(State.ABSENT)


@dataclass(frozen=True, slots=True)
class Queue:
    """The jobs on a server: those that run, and those that wait, the next one first."""

    running: tuple[str, ...]
    pending: tuple[str, ...]

    @property
    def stuck(self) -> bool:
        """Whether jobs wait though none runs: seen twice in a row, the server's worker is dead."""
        return bool(self.pending) and not self.running


@dataclass(frozen=True, slots=True)
class Device:
    """A processor that renders: its name, and its memory in bytes."""

    name: str
    memory: int
    memory_free: int


@dataclass(frozen=True, slots=True)
class System:
    """What a server says about itself; the version is empty when it doesn't say.

    Attributes:
        arguments: Its command line; it may hold paths.
    """

    version: str
    devices: tuple[Device, ...]
    arguments: tuple[str, ...] = field(default=(), repr=False)


def read_upload(body: bytes) -> FileRef:
    """Where an upload was put, possibly under another name than asked for.

    Raises:
        MalformedError: the answer names no file.
    """
    file = read_file(load(body, "upload"))
    if not file.name:
        raise MalformedError("upload: name")
    return file


def read_submit(status: int, body: bytes) -> Rejection | None:
    """Whether a graph was taken: None, or why not."""
    document = _object_or_empty(body)
    nodes = _node_problems(document)
    if status == 200:
        return Rejection("partly_valid", "", nodes) if nodes else None
    error = mapping(document.get("error"))
    kind = text(error.get("type")) or f"http_{status}"
    details = text(error.get("details")) or text(error.get("message"))
    return Rejection(kind, details, nodes)


def read_job(status: int, body: bytes) -> Standing:
    """A job as ``/api/jobs/{id}`` tells it."""
    if status == 404:
        return ABSENT
    document = mapping(load(body, "job"))
    state = _JOB_STATES.get(text(document.get("status")), State.ABSENT)
    failure = mapping(document.get("execution_error"))
    return Standing(
        state, _outputs(document.get("outputs")), read_crash(failure) if state is State.FAILED else None
    )


def read_history(body: bytes, job: str) -> Standing:
    """A job as ``/history/{id}`` tells it: over, or absent (unknown, waiting and running are the same)."""
    entry = mapping(mapping(load(body, "history")).get(job))
    if not entry:
        return ABSENT
    status = mapping(entry.get("status"))
    outputs = _outputs(entry.get("outputs"))
    if text(status.get("status_str")) == "success":
        return Standing(State.SUCCEEDED, outputs)
    messages = {text(message[0]): mapping(message[1]) for message in _pairs(status.get("messages"))}
    if "execution_interrupted" in messages:
        return Standing(State.INTERRUPTED, outputs)
    return Standing(State.FAILED, outputs, read_crash(messages.get("execution_error", {})))


def read_leavings(body: bytes, job: str) -> frozenset[FileRef]:
    """All files that a job's history knows of: its results, and the uploads that its graph loads."""
    entry = mapping(mapping(load(body, "history")).get(job))
    results = (file for files in _outputs(entry.get("outputs")).values() for file in files)
    queued = sequence(entry.get("prompt"))
    graph = mapping(queued[2]) if len(queued) > 2 else {}
    loads = (text(mapping(mapping(node).get("inputs")).get("image")) for node in graph.values())
    return frozenset([*results, *(read_load_name(name) for name in loads if name)])


def read_load_name(name: str) -> FileRef:
    """The file that LoadImage means by ``[subfolder/]name [ [folder]]``; without a folder it is an input."""
    path, bracket, folder = name.removesuffix("]").rpartition(" [")
    subfolder, _, last = (path if bracket else name).rpartition("/")
    return FileRef(last, subfolder, folder if bracket else "input")


def write_load_name(file: FileRef) -> str:
    """How LoadImage wants an uploaded file named."""
    path = f"{file.subfolder}/{file.name}" if file.subfolder else file.name
    return f"{path} [{file.folder}]"


def read_queue(body: bytes) -> Queue:
    """The queue; the server tells it in heap order, so it is sorted as it will run: by number, then id."""
    document = mapping(load(body, "queue"))
    pending = sorted(_queued(document.get("queue_pending")))
    return Queue(
        tuple(job for _, job in _queued(document.get("queue_running"))), tuple(job for _, job in pending)
    )


def standing_in_queue(queue: Queue, job: str) -> Standing:
    """Where a job stands by the queue alone."""
    if job in queue.running:
        return Standing(State.RUNNING)
    return Standing(State.PENDING) if job in queue.pending else ABSENT


def read_system(body: bytes) -> System:
    """The version and the devices."""
    document = mapping(load(body, "system"))
    devices = tuple(
        Device(
            text(device.get("name")),
            int(number(device.get("vram_total"))),
            int(number(device.get("vram_free"))),
        )
        for device in map(mapping, sequence(document.get("devices")))
    )
    system = mapping(document.get("system"))
    return System(text(system.get("comfyui_version")), devices, strings(system.get("argv")))


def _object_or_empty(body: bytes) -> Mapping[str, object]:
    try:
        return mapping(load(body, "answer"))
    except MalformedError:
        return {}


def _node_problems(document: Mapping[str, object]) -> tuple[NodeProblem, ...]:
    return tuple(
        NodeProblem(
            node=node,
            class_type=text(mapping(entry).get("class_type")),
            kind=text(error.get("type")),
            input=text(mapping(error.get("extra_info")).get("input_name")),
            details=text(error.get("details")),
        )
        for node, entry in mapping(document.get("node_errors")).items()
        for error in map(mapping, sequence(mapping(entry).get("errors")))
    )


def _outputs(value: object) -> Mapping[str, tuple[FileRef, ...]]:
    return MappingProxyType({node: read_files(output) for node, output in mapping(value).items()})


def _pairs(value: object) -> list[tuple[object, object]]:
    pairs = (sequence(item) for item in sequence(value))
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


def _queued(value: object) -> list[tuple[float, str]]:
    entries = (sequence(item) for item in sequence(value))
    return [(number(entry[0]), text(entry[1])) for entry in entries if len(entry) > 1]


_JOB_STATES = MappingProxyType(
    {
        "pending": State.PENDING,
        "in_progress": State.RUNNING,
        "completed": State.SUCCEEDED,
        "failed": State.FAILED,
        "cancelled": State.INTERRUPTED,
    }
)
