"""The commands that our pages tell readers to type."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)
FENCE = re.compile(r"^ *(?:\d+\. )?```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
GIVEN = re.compile(r"([A-Z_][A-Z0-9_]*)=(.*)", re.DOTALL)
REDIRECTIONS = frozenset({">", ">>", "<"})


@dataclass(frozen=True)
class Command:
    """One command of a page."""

    page: str
    text: str
    """As it is written, on one line, without its comment."""
    given: Mapping[str, str]
    """The variables that are set for it."""
    words: tuple[str, ...]

    def __str__(self) -> str:
        """What pytest calls it."""
        return f"{self.page}: {self.text}"


def commands(page: str) -> Iterator[Command]:
    """All commands in a page's ``sh`` blocks."""
    for block in FENCE.findall((ROOT / page).read_text()):
        for line in block.replace("\\\n", " ").splitlines():
            for part in line.split(" && "):
                if words := shlex.split(part, comments=True):
                    yield _command(page, words)


def _command(page: str, words: list[str]) -> Command:
    text = " ".join(words)
    given: dict[str, str] = {}
    if words[0] == "export":
        del words[0]
    while words and (parts := GIVEN.fullmatch(words[0])):
        given[parts[1]] = parts[2]
        del words[0]
    words = words or ["petaflop", "serve"]  # variables that were exported for what comes next
    end = next((number for number, word in enumerate(words) if word in REDIRECTIONS), len(words))
    return Command(page, text, given, tuple(words[:end]))
