"""What is wrong with a workflow: the key of a sentence and what fills it, to be told in any language.

Everything that comes out of a file is shortened and made printable here, before anybody shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.words import DEFAULT_LANGUAGE, words

_LONGEST_SHOWN = 80  # characters of a name out of a file


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a workflow can't be used.

    Attributes:
        key: Of the sentence in the catalogue of words.
        values: What fills it.
        node: The id of the node that it is about; empty when it is about the whole.
    """

    key: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    node: str = ""

    @property
    def sentence(self) -> str:
        """It in English, for logs and for the owner's commands."""
        return words().say(DEFAULT_LANGUAGE, self.key, **self.values)


def shown(text: str) -> str:
    """A name out of a file as it may be shown: one line, printable, short."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text[: 2 * _LONGEST_SHOWN]).strip()
    return printable if len(printable) <= _LONGEST_SHOWN else printable[: _LONGEST_SHOWN - 1] + "…"
