"""The HTML of https://core.telegram.org/bots/api#html-style, with Telegram's own errors."""

import html
import re
from dataclasses import dataclass, field

from tests.fakes.telegram.refusals import Refused, bad_request
from tests.fakes.telegram.values import JsonObject
from tests.fakes.telegram.wording.spans import Wording, byte_offset, entity

TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z0-9-]*)(?P<attributes>[^<>]*)>")
ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9A-Fa-f]+);")
KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    start: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reader:
    source: str
    text: str = ""
    open: list[_Open] = field(default_factory=list)
    entities: list[JsonObject] = field(default_factory=list)

    def read(self) -> Wording:
        position = 0
        while (found := self.source.find("<", position)) >= 0:
            self._words(position, found)
            match = TAG.match(self.source, found)
            if match is None:
                raise _wrong(f"Unclosed start tag at byte offset {byte_offset(self.source, found)}")
            self._tag(match)
            position = match.end()
        self._words(position, len(self.source))
        if self.open:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return Wording(self.text, tuple(sorted(self.entities, key=lambda e: int(e["offset"]))))

    def _words(self, start: int, end: int) -> None:
        self.text += REFERENCE.sub(lambda match: html.unescape(match.group()), self.source[start:end])

    def _tag(self, match: re.Match[str]) -> None:
        name, where = match["name"].lower(), byte_offset(self.source, match.start())
        if match["end"]:
            self._close(name, where)
        elif name not in KINDS:
            raise _wrong(f'Unsupported start tag "{name}" at byte offset {where}')
        else:
            attributes = {
                key: html.unescape(a or b or c) for key, a, b, c in ATTRIBUTE.findall(match["attributes"])
            }
            self.open.append(_Open(name, len(self.text), attributes))

    def _close(self, name: str, where: int) -> None:
        if not self.open:
            raise _wrong(f"Unexpected end tag at byte offset {where}")
        opened = self.open.pop()
        if name not in {"", opened.name}:
            raise _wrong(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.name}>", found "</{name}>"'
            )
        if inside := self.text[opened.start :]:
            more = {"url": opened.attributes["href"]} if "href" in opened.attributes else {}
            self.entities.append(entity(KINDS[opened.name], self.text[: opened.start], inside, **more))


def _wrong(words: str) -> Refused:
    return bad_request(f"can't parse entities: {words}")


def from_html(source: str) -> Wording:
    """Text and entities.

    Raises:
        Refused: an unknown, unclosed or crossed tag.
    """
    return _Reader(source).read()
