"""Entities of a text; offsets and lengths count UTF-16 code units (https://core.telegram.org/api/entities)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.fakes.telegram.values import JsonObject

FOUND = (
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w/])@[A-Za-z0-9_]{4,32}\b")),
    ("url", re.compile(r"https?://[^\s<>]+")),
    ("hashtag", re.compile(r"(?<!\w)#\w+")),
)


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def byte_offset(text: str, index: int) -> int:
    """Where a character stands in UTF-8, as Telegram's errors count."""
    return len(text[:index].encode())


@dataclass(frozen=True, slots=True)
class Wording:
    """A text without its markup, and its entities."""

    text: str
    entities: tuple[JsonObject, ...] = ()

    def with_found(self) -> "Wording":
        """Adds commands, mentions, links and hashtags where the text has no entity yet."""
        taken = [(e["offset"], e["offset"] + e["length"]) for e in self.entities]
        found = [e for e in recognised(self.text) if not _overlaps(e, taken)]
        return Wording(self.text, tuple(sorted([*self.entities, *found], key=lambda e: int(e["offset"]))))


def entity(kind: str, text_before: str, inside: str, **more: str) -> JsonObject:
    """One entity."""
    return {"type": kind, "offset": units(text_before), "length": units(inside), **more}


def recognised(text: str) -> list[JsonObject]:
    """What Telegram sees in plain text, in order."""
    return [
        entity(kind, text[: match.start()], match.group())
        for kind, pattern in FOUND
        for match in pattern.finditer(text)
    ]


def _overlaps(one: JsonObject, taken: Sequence[tuple[int, int]]) -> bool:
    return any(one["offset"] < end and start < one["offset"] + one["length"] for start, end in taken)
