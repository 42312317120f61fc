"""What a key's data says: a verb and what it is about: ``hide:wizard``; a form's opener begins with ``?``.

Nothing else is kept of a key, so that one in an old message works after a restart and on any replica. Whoever
forges one gets no further: each use case checks its arguments and asks the crew.
"""

import re
import zlib
from collections.abc import Sequence

from bot.errors import MaintainerError

OPENER = "?"
_SEPARATOR = ":"
_NUMBER = re.compile(r"[0-9]{1,15}")


class OldKey(MaintainerError):
    """The key means nothing (any more)."""

    key = "slip-old-key"


def to(verb: str, *arguments: object) -> str:
    """A key's data."""
    return _SEPARATOR.join([verb, *map(str, arguments)])


def opening(verb: str, *arguments: object) -> str:
    """The data of a key that opens a form."""
    return to(OPENER + verb, *arguments)


def opens_form(data: str) -> bool:
    """Whether the answer to this key is a form, as far as the key alone can tell."""
    return data.startswith(OPENER)


def parts(data: str) -> tuple[str, Sequence[str]]:
    """The verb and its arguments."""
    verb, *arguments = data.removeprefix(OPENER).split(_SEPARATOR)
    return verb, arguments


def text(arguments: Sequence[str], at: int = 0) -> str:
    """An argument.

    Raises:
        OldKey: it isn't there.
    """
    if at >= len(arguments):
        raise OldKey
    return arguments[at]


def number(arguments: Sequence[str], at: int = 0) -> int:
    """An argument that is a whole number.

    Raises:
        OldKey: it is none.
    """
    found = text(arguments, at)
    if not _NUMBER.fullmatch(found):
        raise OldKey
    return int(found)


def rest(arguments: Sequence[str]) -> str:
    """All arguments as the one that they were: a guest's key holds a separator of its own."""
    return _SEPARATOR.join(arguments)


def short(name: str) -> str:
    """Eight characters in place of a name that is too long for a key."""
    return f"{zlib.crc32(name.encode()):08x}"
