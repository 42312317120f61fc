"""Settings in a file: one ``NAME=value`` a line. Pure.

It is the dialect of ``kubectl create secret --from-env-file`` and ``docker run --env-file``: a value is all
that follows the sign, without quotes.
"""

import re
from collections.abc import Mapping

_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)")


class NotALine(ValueError):
    """A line is neither empty, nor a comment, nor a setting; ``number`` counts from 1."""

    def __init__(self, number: int) -> None:
        """Take the line's number: what stands there may be a secret."""
        super().__init__(number)
        self.number = number


def read_env(text: str) -> dict[str, str]:
    """The variables of a file; the last of a name counts.

    Raises:
        NotALine: the first one that can't be understood.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise NotALine(number)
        found[match[1]] = match[2].strip()
    return found


def write_env(values: Mapping[str, str], heading: str) -> str:
    """The file's text, with a comment at its head; values are single lines."""
    comment = "".join(f"# {line}\n" for line in heading.splitlines())
    return comment + "".join(f"{name}={value}\n" for name, value in values.items())
