"""How the console speaks: sentences, keys and slips in the maintainer's language, in a message's length."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.bench import Complaint
from bot.console import data
from bot.errors import GuestError
from bot.office.slips import NotDrawable, UnusableSet, UnusableWorkflow
from bot.replies import MOST_WORDS, Key, Reply
from bot.words import Words

MOST_COMPLAINTS = 12
MOST_COMPLAINT = 240  # characters

Row = tuple[Key, ...]
MENU = data.to("menu")


@dataclass(frozen=True, slots=True)
class Speech:
    """Puts things into words."""

    words: Words

    def say(self, language: str, key: str, /, **values: str | float) -> str:
        """A sentence."""
        return self.words.say(language, key, **values)

    def key(self, language: str, name: str, target: str) -> Key:
        """A button whose words are ``key-<name>``."""
        return Key(self.say(language, f"key-{name}"), target)

    def way_back(self, language: str, *others: tuple[str, str]) -> Row:
        """The last row: where to go from here, and the menu."""
        places = (*others, ("menu", MENU))
        return tuple(self.key(language, name, target) for name, target in places)

    def complaints(self, language: str, found: Sequence[Complaint]) -> list[str]:
        """A line each, the first dozen."""
        lines = ["• " + shortened(self._complaint(language, one), MOST_COMPLAINT) for one in found]
        left = len(lines) - MOST_COMPLAINTS
        more = [self.say(language, "console-more", number=left)] if left > 0 else []
        return [*lines[:MOST_COMPLAINTS], *more]

    def slip(self, language: str, error: GuestError) -> str:
        """What was wrong, with the reasons."""
        lines = [self.say(language, error.key, **error.values)]
        if isinstance(error, NotDrawable | UnusableWorkflow):
            lines += self.complaints(language, error.complaints)
        if isinstance(error, UnusableSet):
            for style, found in error.complaints.items():
                lines += [f"{style}:"] if style else []
                lines += self.complaints(language, found)
        return fitted("\n".join(lines))

    def _complaint(self, language: str, complaint: Complaint) -> str:
        known = self.words.has(complaint.key)
        return self.say(language, complaint.key, **complaint.values) if known else complaint.key


def shortened(text: str, most: int) -> str:
    """The text, its end cut off where it is too long."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def fitted(text: str) -> str:
    """The text as far as it fits into one message."""
    return shortened(text, MOST_WORDS)


def page_of(number: int, size: int, entries: int) -> tuple[int, int]:
    """The page to show for the one that was asked for, counted from 0, and how many there are."""
    pages = max(1, -(-entries // size))
    return min(number, pages - 1), pages


def turning(verb: str, page: int, pages: int) -> Row:
    """The keys that turn the pages of a list; none where there is one."""
    back = (Key("◀", data.to(verb, page - 1)),) if page else ()
    forth = (Key("▶", data.to(verb, page + 1)),) if page + 1 < pages else ()
    return back + forth


def rows_of(keys: Sequence[Key], width: int) -> tuple[Row, ...]:
    """The keys in rows."""
    return tuple(tuple(keys[at : at + width]) for at in range(0, len(keys), width))


def below(notice: str, reply: Reply) -> str:
    """A reply's words below what is new."""
    return fitted(f"{notice}\n\n{reply.words}")
