"""MarkdownV2 and the older Markdown of https://core.telegram.org/bots/api#formatting-options."""

from dataclasses import dataclass, field

from tests.fakes.telegram.refusals import Refused, bad_request
from tests.fakes.telegram.values import JsonObject
from tests.fakes.telegram.wording.spans import Wording, byte_offset, entity

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
MARKS = {
    "```": "pre",
    "__": "underline",
    "||": "spoiler",
    "*": "bold",
    "_": "italic",
    "~": "strikethrough",
    "`": "code",
}
OLD_MARKS = {mark: MARKS[mark] for mark in ("```", "*", "_", "`")}
NAMES = {"pre": "PreCode", "strikethrough": "Strikethrough"}
VERBATIM = ("```", "`")


@dataclass(slots=True)
class _Reader:
    source: str
    marks: dict[str, str]
    strict: bool
    text: str = ""
    at: int = 0
    open: list[tuple[str, int, int]] = field(default_factory=list)
    entities: list[JsonObject] = field(default_factory=list)

    def read(self) -> Wording:
        while self.at < len(self.source):
            self._step()
        if self.open:
            mark, _, where = self.open[-1]
            raise self._endless(mark, where)
        return Wording(self.text, tuple(sorted(self.entities, key=lambda e: int(e["offset"]))))

    def _step(self) -> None:
        rest = self.source[self.at :]
        mark = next((mark for mark in self.marks if rest.startswith(mark)), None)
        if rest[0] == "\\" and len(rest) > 1 and (rest[1] in RESERVED or rest[1] == "\\"):
            self._literal(rest[1], 2)
        elif mark in VERBATIM:
            self._verbatim(mark)
        elif mark is not None:
            self._toggle(mark)
        elif rest[0] == "[":
            self._link()
        elif self.strict and rest[0] in RESERVED:
            where = f"Character '{rest[0]}' is reserved and must be escaped with the preceding '\\'"
            raise _wrong(where)
        else:
            self._literal(rest[0], 1)

    def _literal(self, character: str, length: int) -> None:
        self.text += character
        self.at += length

    def _toggle(self, mark: str) -> None:
        if self.open and self.open[-1][0] == mark:
            _, start, _ = self.open.pop()
            self._add(self.marks[mark], start)
        else:
            self.open.append((mark, len(self.text), self.at))
        self.at += len(mark)

    def _verbatim(self, mark: str) -> None:
        end = self.source.find(mark, self.at + len(mark))
        if end < 0:
            raise self._endless(mark, self.at)
        start = len(self.text)
        self.text += self.source[self.at + len(mark) : end]
        self._add(self.marks[mark], start)
        self.at = end + len(mark)

    def _link(self) -> None:
        middle = self.source.find("](", self.at)
        end = self.source.find(")", middle)
        if middle < 0 or end < 0:
            raise self._endless("[", self.at)
        start = len(self.text)
        self.text += self.source[self.at + 1 : middle].replace("\\", "")
        self._add("text_link", start, url=self.source[middle + 2 : end].replace("\\", ""))
        self.at = end + 1

    def _add(self, kind: str, start: int, **more: str) -> None:
        if inside := self.text[start:]:
            self.entities.append(entity(kind, self.text[:start], inside, **more))

    def _endless(self, mark: str, index: int) -> Refused:
        where = byte_offset(self.source, index)
        if not self.strict:
            return _wrong(f"Can't find end of the entity starting at byte offset {where}")
        kind = self.marks.get(mark, "TextUrl")
        return _wrong(f"Can't find end of {NAMES.get(kind, kind.capitalize())} entity at byte offset {where}")


def _wrong(words: str) -> Refused:
    return bad_request(f"can't parse entities: {words}")


def from_markdown_v2(source: str) -> Wording:
    """Text and entities; quotations are not drawn by this fake.

    Raises:
        Refused: an unescaped reserved character, or a mark without its end.
    """
    return _Reader(source, MARKS, strict=True).read()


def from_markdown(source: str) -> Wording:
    """Text and entities of the older style.

    Raises:
        Refused: a mark without its end.
    """
    return _Reader(source, OLD_MARKS, strict=False).read()
