"""JSON from strangers: parsed within limits, and only what every other reader would read the same way.

Python's own reader takes NaN, infinities and doubled keys, gives up on deep nesting with RecursionError and
lets half a surrogate pair through (RFC 8259 leaves all of them open). Here they are refused before or while
reading.
"""

import json
import math
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NoReturn

from comfy.problems import Problem, shown

MOST_BYTES = 1 << 20
DEEPEST = 32
MOST_VALUES = 50_000
"""Opening brackets and commas; a workflow of 500 nodes has a tenth of that."""

LARGEST_INTEGER = 2**64
"""Seeds have up to 64 bits."""

_STRING = re.compile(rb'"(?:[^"\\]++|\\.?)*+"?', re.DOTALL)
"""Without a way back, and an end of the file ends it too: or hostile bytes would take hours."""

_NOT_STRUCTURE = bytes(set(range(256)) - set(b"[]{},"))
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_UNFIT_TEXT = re.compile("[\x00\ud800-\udfff]")


class JsonRefused(ValueError):
    """These bytes are not taken; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        """Take the reason."""
        super().__init__(problem.key)
        self.problem = problem


def read_json(data: bytes) -> object:
    """Parse UTF-8 JSON, with or without a byte order mark.

    Raises:
        JsonRefused: it is too large or too deep, no JSON, or readers could differ about it.
    """
    if len(data) > MOST_BYTES:
        _refuse("too-large", limit_kib=MOST_BYTES >> 10)
    _check_structure(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse("not-text")
    try:
        document: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_integer,
        )
    except JsonRefused:
        raise
    except (ValueError, RecursionError):
        _refuse("not-json")
    _check_texts(text, document)
    return document


def texts(value: object) -> Iterator[str]:
    """Every string of a JSON value, names included, however deep."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str(text):
                yield text
            case dict(entries):
                waiting += [*entries, *entries.values()]
            case list(items):
                waiting += items


def _refuse(reason: str, **values: str | int) -> NoReturn:
    raise JsonRefused(Problem(f"workflow-{reason}", values))


def _check_structure(data: bytes) -> None:
    """Count brackets and commas outside of strings, without recursion and before anything is built."""
    structure = _STRING.sub(b"", data).translate(None, _NOT_STRUCTURE)
    if len(structure) - structure.count(b"]") - structure.count(b"}") > MOST_VALUES:
        _refuse("too-much", limit=MOST_VALUES)
    if max(accumulate(_STEPS.get(sign, 0) for sign in structure), default=0) > DEEPEST:
        _refuse("too-deep", limit=DEEPEST)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        _refuse("doubled-key", name=shown(next(name for name in names if names.count(name) > 1)))
    return found


def _constant(_name: str) -> NoReturn:
    _refuse("odd-number")


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        _refuse("odd-number")
    return value


def _integer(digits: str) -> int:
    if len(digits) > len(str(LARGEST_INTEGER)) + 1 or abs(int(digits)) > LARGEST_INTEGER:
        _refuse("odd-number")
    return int(digits)


def _check_texts(text: str, document: object) -> None:
    """Refuse characters that databases and UTF-8 don't know; they come only as escapes."""
    if "\\u" in text and any(_UNFIT_TEXT.search(found) for found in texts(document)):
        _refuse("odd-text")
