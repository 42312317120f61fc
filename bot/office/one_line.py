"""The one-line form of a new style: ``wizard 🧙 "an old wizard" strength=medium graph=flux``. Pure.

The name comes first, then in any order an emoji, the words in quotation marks, and options. Phones replace
straight quotation marks by typographic ones: all kinds are taken, single ones but for the apostrophe too.
"""

import re
from dataclasses import dataclass, field

from bot.definitions import EMOJI, STRENGTHS, Strength
from bot.office.recipes import NewStyle
from bot.office.slips import WrongLine

_QUOTES = {'"': '"', "“": '”“"', "„": "“”", "”": "”", "«": "»", "»": "«"}
_OPTIONS = frozenset({"strength", "graph"})
_EMOJI = re.compile(EMOJI)
_PART = re.compile(r"\S+")


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    language: str
    name: list[str] = field(default_factory=list)
    emoji: str | None = None
    prompt: str | None = None
    options: dict[str, str] = field(default_factory=dict)


def read_line(line: str, language: str) -> NewStyle:
    """Read what follows the command.

    Raises:
        WrongLine: what it stumbled over is in ``part``, shortened; empty when there is no name.
    """
    reading = _Reading(language)
    rest = line.strip()
    while rest:
        rest = _take(reading, rest).lstrip()
    if not reading.name:
        raise WrongLine(part="")
    return NewStyle(
        name=" ".join(reading.name),
        language=language,
        emoji=reading.emoji,
        prompt=reading.prompt,
        strength=_strength(reading.options.get("strength")),
        graph=reading.options.get("graph"),
    )


def _take(reading: _Reading, rest: str) -> str:
    """Take the next part; return what is left."""
    if rest[0] in _QUOTES:
        return _take_quoted(reading, rest)
    found = _PART.match(rest)
    part = rest if found is None else found.group()
    option, equals, value = part.partition("=")
    if equals and option.lower() in _OPTIONS:
        if not value or option.lower() in reading.options:
            raise _stumbled(part)
        reading.options[option.lower()] = value.lower() if option.lower() == "strength" else value
    elif reading.emoji is None and reading.name and _is_emoji(part):
        reading.emoji = part
    elif reading.emoji is None and reading.prompt is None and not reading.options:
        reading.name.append(part)
    else:
        raise _stumbled(part)
    return rest[len(part) :]


def _take_quoted(reading: _Reading, rest: str) -> str:
    ends = [at for at in (rest.find(mark, 1) for mark in _QUOTES[rest[0]]) if at > 0]
    if not ends or reading.prompt is not None:
        raise _stumbled(rest)
    end = min(ends)
    words = rest[1:end].strip()
    if not words:
        raise _stumbled(rest[: end + 1])
    if not reading.name:  # a name of several words may be quoted
        reading.name.append(words)
    else:
        reading.prompt = words
    return rest[end + 1 :]


def _is_emoji(part: str) -> bool:
    """No letters of any script: a name in Greek is a name."""
    return _EMOJI.fullmatch(part) is not None and not any(character.isalnum() for character in part)


def _strength(word: str | None) -> Strength | None:
    if word is None:
        return None
    found = [strength for strength in STRENGTHS if strength == word]
    if not found:
        raise _stumbled(f"strength={word}")
    return found[0]


def _stumbled(part: str) -> WrongLine:
    return WrongLine(part=part[:40])
