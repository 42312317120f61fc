"""What posters and cards say, in one of our languages; headline and lead are the guest page's own."""

from collections.abc import Sequence

from bot.invites.halves import Example
from bot.invites.links import NETWORKS
from bot.invites.poster import PosterWords
from bot.spans import span
from bot.words import Words


def network_names(words: Words, language: str) -> dict[str, str]:
    """What each network is called."""
    return {network: words.say(language, f"invite-{network}") for network in NETWORKS}


def poster_words(
    words: Words, language: str, event: str, kept_s: tuple[float, float], examples: Sequence[Example]
) -> PosterWords:
    """All words of a poster.

    Args:
        words: The catalogue.
        language: One of its languages.
        event: The event's name.
        kept_s: How long photos and pictures are kept, in seconds.
        examples: Whose styles are named: instant filters, which the catalogue knows.
    """
    photos, pictures = (span(words, language, seconds) for seconds in kept_s)
    steps = (words.say(language, f"invite-step-{step}") for step in ("scan", "photo", "style"))
    first, second, third = steps
    return PosterWords(
        event=event,
        headline=words.say(language, "page-heading"),
        lead=words.say(language, "page-lead"),
        steps=(first, second, third),
        small_print=words.say(language, "invite-small-print", photos=photos, pictures=pictures),
        before=words.say(language, "invite-before"),
        networks=network_names(words, language),
        styles={one.style: words.say(language, f"style-{one.style}") for one in examples},
    )
