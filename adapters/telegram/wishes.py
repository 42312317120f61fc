"""Words of a guest that name a style: a caption, what follows a command, a deep link. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.nouns import StyleId

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


def _spoken(words: str) -> str:
    return f" {' '.join(_WORD.findall(words.casefold().replace('_', ' ')))} "


@dataclass(frozen=True, slots=True)
class DeepLink:
    """What a scanned code says: the event, a style, and where the code hung; "" where it says nothing."""

    event: str = ""
    style: str = ""
    place: str = ""


_KEYS: Mapping[str, str] = MappingProxyType({"e": "event", "s": "style", "p": "place"})


def deep_link(payload: str) -> DeepLink:
    """The payload of ``/start``: fields as ``e_pycon26__s_flux-oil__p_hall-2``, in any order.

    A payload has at most 64 characters of ``A-Za-z0-9_-``; what can't be read is left out.
    """
    fields = (field.partition("_") for field in payload.split("__"))
    return DeepLink(**{_KEYS[key]: value for key, _, value in fields if key in _KEYS and value})


def deep_link_payload(link: DeepLink) -> str:
    """The payload of a link; empty fields are left out."""
    values = {"e": link.event, "s": link.style, "p": link.place}
    return "__".join(f"{key}_{value}" for key, value in values.items() if value)
