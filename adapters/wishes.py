"""Words of a guest that name a style, or say yes or no: a caption, what follows a command. Pure."""

import re
from collections.abc import Iterable, Mapping

from bot.nouns import StyleId

_ON, _OFF = frozenset({"on", "yes", "an", "ein", "ja"}), frozenset({"off", "no", "aus", "nein"})
_WORD = re.compile(r"\w+")


def style_in(words: str, names: Mapping[StyleId, Iterable[str]]) -> StyleId | None:
    """The style that the words name, by id or by one of its names; the longest name that occurs wins.

    Args:
        words: Free text, e.g. ``Comic, please!``.
        names: For each style what it is called; its id need not be among them.
    """
    said = _spoken(words)
    found = [
        (len(spoken), style)
        for style, called in names.items()
        for spoken in {_spoken(style), *map(_spoken, called)}
        if spoken.strip() and spoken in said
    ]
    return max(found, default=(0, None), key=lambda entry: entry[0])[1]


def on_or_off(words: str) -> bool | None:
    """What the words ask for; None where they don't say it."""
    said = words.strip().casefold()
    if said in _ON:
        return True
    return False if said in _OFF else None


def declines(words: str) -> bool:
    """Whether they begin with a no."""
    first = _WORD.search(words.casefold())
    return first is not None and first[0] in ("no", "nein")


def _spoken(words: str) -> str:
    return f" {' '.join(_WORD.findall(words.casefold().replace('_', ' ')))} "
