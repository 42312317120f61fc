"""Styles that fit what a guest types, the best first. Pure, and from memory: it is asked at every key."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.nouns import ChatKey, StyleId
from bot.styles.shelf import Shelf
from bot.words import DEFAULT_LANGUAGE, Words

MOST = 25  # Discord shows no more


@dataclass(frozen=True, slots=True)
class Choice:
    """A style as it is offered: ``names`` are what it is called, its own language first."""

    id: StyleId
    emoji: str
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the guest sees."""
        return f"{self.emoji} {self.names[0]}"


class Menu:
    """What can be chosen now; asks nobody."""

    def __init__(self, shelf: Shelf, words: Words) -> None:
        """Offer what stands on the shelf."""
        self._shelf = shelf
        self._words = words

    def choices(self, languages: Sequence[str], chat: ChatKey | None = None) -> list[Choice]:
        """All styles of a chat, called as in the best of our languages for these tags, and in English."""
        language = self._words.negotiate(languages)
        return [
            Choice(
                offer.style.id,
                offer.style.emoji,
                (
                    self._shelf.name(offer.style.id, language),
                    self._shelf.name(offer.style.id, DEFAULT_LANGUAGE),
                ),
            )
            for offer in self._shelf.offers(chat)
        ]


def best(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """At most :data:`MOST` choices that fit; all of the first ones while nothing is typed."""
    said = _plain(typed)
    ranked = [(rank, choice) for choice in choices if (rank := _rank(choice, said)) is not None]
    return [choice for _, choice in sorted(ranked, key=lambda entry: entry[0])][:MOST]


def _rank(choice: Choice, said: str) -> int | None:
    """0 for what begins so, 1 where a word does, 2 where it occurs; None where it doesn't."""
    if not said or said.startswith(_plain(choice.emoji)):
        said = said.removeprefix(_plain(choice.emoji)).strip()
        if not said:
            return 0
    names = [_plain(name) for name in (*choice.names, choice.id)]
    if any(name.startswith(said) for name in names):
        return 0
    if any(f" {said}" in name for name in names):
        return 1
    return 2 if any(said in name for name in names) else None


def _plain(text: str) -> str:
    """Without case, accents, signs between words and the emojis' invisible selector."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    kept = (" " if sign in "-_()" else sign for sign in spread if not unicodedata.combining(sign))
    return " ".join("".join(kept).replace("️", "").split())
