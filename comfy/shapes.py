"""Reading JSON whose shape nobody promises.

ComfyUI's answers come without a schema, differ between versions and are extended by custom nodes. Each reader
here gives a value of the wanted type, or the emptiest one, so that a missing detail never loses a job.
"""

import json
from collections.abc import Mapping, Sequence


class MalformedError(ValueError):
    """The bytes are not what the server's protocol says; the message names the place, never the contents."""


def load(data: str | bytes, place: str) -> object:
    """Parse JSON.

    Args:
        data: UTF-8 text.
        place: What it is, for the error.

    Raises:
        MalformedError: it is not JSON.
    """
    try:
        document: object = json.loads(data)
    except ValueError as error:
        raise MalformedError(place) from error
    return document


def mapping(value: object) -> Mapping[str, object]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> Sequence[object]:
    """The value if it is an array, else an empty one."""
    return value if isinstance(value, list) else ()


def text(value: object) -> str:
    """The value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def text_or_none(value: object) -> str | None:
    """The value if it is a string."""
    return value if isinstance(value, str) else None


def number(value: object) -> float:
    """The value if it is a number (and no boolean), else 0."""
    return number_or_none(value) or 0.0


def number_or_none(value: object) -> float | None:
    """The value if it is a number and no boolean."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def strings(value: object) -> tuple[str, ...]:
    """The strings of an array."""
    return tuple(item for item in sequence(value) if isinstance(item, str))
