"""Recorded exchanges with real ComfyUI servers, 0.28.1 and (``old_…``) 0.3.64.

``prompt/`` and ``upload/``: request and answer. ``ws/``: a websocket's stream, binary frames as
``{"_binary": …}``, some of them whole or cut beside it as ``.bin``. ``http/``: all other answers. Tracebacks
are cut to one line.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def load(name: str) -> Any:
    """One recording by its path without suffix."""
    return json.loads((FOLDER / f"{name}.json").read_text())


def frame(name: str) -> bytes:
    """One binary frame by its file's stem."""
    return (FOLDER / "ws" / f"{name}.bin").read_bytes()


def names(folder: str, pattern: str = "*") -> list[str]:
    """The recordings of a folder."""
    return sorted(f"{folder}/{path.stem}" for path in (FOLDER / folder).glob(f"{pattern}.json"))


def body(answer: object) -> bytes:
    """A recorded answer as it crossed the wire: text as it is, everything else as JSON."""
    return answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
