"""What every chat tells guests about the house: the event, and how long things are kept."""

from dataclasses import dataclass

from bot.words import Words

HOUR_S, MINUTE_S = 3600, 60


@dataclass(frozen=True, slots=True)
class Terms:
    """The event's name, and how long photos and pictures are kept, in seconds."""

    event: str
    photos_s: float
    pictures_s: float

    def kept(self, words: Words, language: str) -> dict[str, str]:
        """How long photos and pictures are kept, in words: the values of sentences on privacy."""
        return {
            "photos": _span(words, language, self.photos_s),
            "pictures": _span(words, language, self.pictures_s),
        }


def _span(words: Words, language: str, seconds: float) -> str:
    if seconds >= HOUR_S:
        return words.say(language, "span-hours", hours=round(seconds / HOUR_S))
    return words.say(language, "span-minutes", minutes=max(1, round(seconds / MINUTE_S)))
