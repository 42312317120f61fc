"""Who is to blame for a render that failed, and so what to do next."""

from enum import Enum

from comfy.answers import Rejection
from comfy.protocol import Crash


class Blame(Enum):
    """What broke; the value is the cause's code in errors, logs and metrics."""

    MEMORY = "memory"
    """The device had too little memory: free it, and try once more, elsewhere if possible."""

    DEVICE = "device"
    """The GPU or its driver: the server's process is of no more use until it is restarted."""

    MACHINE = "machine"
    """Something around it, e.g. a full disk: another try may succeed."""

    PHOTO = "photo"
    """The photo could not be read there, e.g. as a restart took it away."""

    GRAPH = "graph"
    """The graph can't work: no other try will help."""


_MEMORY_WORDS = (
    "out of memory",
    "outofmemory",
    "allocation on device",
    "memoryerror",
    "can't allocate memory",
)
_DEVICE_WORDS = ("cuda", "cudnn", "cublas", "acceleratorerror", "hip error", "device-side assert", "nvrtc")
_MACHINE_TYPES = (
    "OSError",
    "IOError",
    "PermissionError",
    "ConnectionError",
    "TimeoutError",
    "BrokenPipeError",
)


def blame_crash(crash: Crash | None) -> Blame:
    """Tell an exception's cause by its type and words (as PyTorch 2 and ComfyUI's nodes put them).

    The order matters: ``CUDA out of memory`` is about memory, and a missing photo is an ``OSError``.
    """
    if crash is None:
        return Blame.MACHINE
    words = f"{crash.exception_type} {crash.message}".lower()
    if any(word in words for word in _MEMORY_WORDS):
        return Blame.MEMORY
    if any(word in words for word in _DEVICE_WORDS):
        return Blame.DEVICE
    if crash.node_type == "LoadImage":
        return Blame.PHOTO
    if crash.exception_type.rpartition(".")[2] in _MACHINE_TYPES:
        return Blame.MACHINE
    return Blame.GRAPH


def blame_rejection(rejection: Rejection) -> Blame:
    """Tell a refusal's cause."""
    if rejection.is_trouble:
        return Blame.MACHINE
    return Blame.PHOTO if rejection.lacks_photo else Blame.GRAPH
