"""Which style somebody means who types its name. Pure."""

import re
from collections.abc import Iterator, Sequence

from bot.console.moments import OPEN
from bot.office.slips import NoSuchStyle
from bot.office.wardrobe import StyleReport
from bot.styles.naming import style_id

_SEPARATORS = re.compile(r"[,;\n]+")


def found(reports: Sequence[StyleReport], typed: str) -> StyleReport:
    """The style that somebody means: by its id, its name, or how either begins where only one does.

    Raises:
        NoSuchStyle: none, or several.
    """
    plain = typed.strip().casefold()
    ways = (
        [one for one in reports if one.style == plain],
        [one for one in reports if one.name.casefold() == plain],
        [one for one in reports if one.style == style_id(typed)],
        [
            one
            for one in reports
            if plain and plain in (one.style[: len(plain)], one.name.casefold()[: len(plain)])
        ],
    )
    first = next((way for way in ways if way), [])
    if len(first) != 1:
        raise NoSuchStyle
    return first[0]


def found_all(reports: Sequence[StyleReport], typed: str) -> Sequence[StyleReport]:
    """The styles that somebody means by a list: with commas between them, or simply one after the other.

    Names of several words need no quotation marks: as many words as make a style are taken for one.

    Raises:
        NoSuchStyle: at some place there is none.
    """
    parts = [part.split() for part in _SEPARATORS.split(typed)]
    return [report for words in parts for report in _in_line(reports, words)]


def leading(reports: Sequence[StyleReport], words: Sequence[str]) -> tuple[StyleReport, int]:
    """The style that a line begins with, and how many of its words name it.

    Raises:
        NoSuchStyle: it begins with none.
    """
    for count in range(len(words), 1, -1):
        if words[count - 1] == OPEN:  # an open moment; no name ends so
            continue
        try:
            return found(reports, " ".join(words[:count])), count
        except NoSuchStyle:
            continue
    return found(reports, words[0]), 1


def _in_line(reports: Sequence[StyleReport], words: Sequence[str]) -> Iterator[StyleReport]:
    while words:
        report, count = leading(reports, words)
        yield report
        words = words[count:]
