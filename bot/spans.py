"""How long something lasts, in words."""

from bot.words import Words

HOUR_S, MINUTE_S = 3600, 60


def span(words: Words, language: str, seconds: float) -> str:
    """Whole hours, or minutes where it is less than one; as it follows the word *after*."""
    if seconds >= HOUR_S:
        return words.say(language, "span-hours", hours=round(seconds / HOUR_S))
    return words.say(language, "span-minutes", minutes=max(1, round(seconds / MINUTE_S)))
