"""What every chat tells guests about the house: the event, and how long things are kept."""

from dataclasses import dataclass

from bot.spans import span
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Terms:
    """The event's name, and how long photos and pictures are kept, in seconds."""

    event: str
    photos_s: float
    pictures_s: float

    def kept(self, words: Words, language: str) -> dict[str, str]:
        """How long photos and pictures are kept, in words: the values of sentences on privacy."""
        return {
            "photos": span(words, language, self.photos_s),
            "pictures": span(words, language, self.pictures_s),
        }
