"""The core's cards as Discord shows them. Pure: a card in, a sheet out."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from types import MappingProxyType

from discord import ButtonStyle

from adapters.discord.buttons import Verb, Wish, packed
from adapters.discord.layouts import CYAN, NIGHT, PINK, ROW_LIMIT, Push, Row, Sheet, Shot
from adapters.discord.where import Where
from bot.cards import Action, Button, Card
from bot.nouns import JobId, Picture
from bot.states import JobState
from bot.words import Words

BAR = 10  # blocks of a render's progress
_VERBS: Mapping[Action, tuple[Verb, ButtonStyle, str]] = MappingProxyType(
    {
        Action.CANCEL: (Verb.CANCEL, ButtonStyle.secondary, "✖️"),
        Action.AGAIN: (Verb.AGAIN, ButtonStyle.primary, "🔁"),
        Action.OTHER_STYLE: (Verb.OTHER, ButtonStyle.secondary, "🎨"),
        Action.KEEPSAKE: (Verb.KEEPSAKE, ButtonStyle.secondary, "🎁"),
        Action.SHARE: (Verb.SHARE, ButtonStyle.success, "📣"),
        Action.UNSHARE: (Verb.UNSHARE, ButtonStyle.secondary, "🙈"),
        Action.NAME: (Verb.NAME, ButtonStyle.secondary, "🏷️"),
        Action.UNNAME: (Verb.UNNAME, ButtonStyle.secondary, "🏷️"),
        Action.DELETE: (Verb.DELETE, ButtonStyle.secondary, "🗑️"),
        Action.PUBLISH: (Verb.PUBLISH, ButtonStyle.success, "🚀"),
        Action.ADJUST: (Verb.ADJUST, ButtonStyle.secondary, "✏️"),
        Action.DROP: (Verb.DROP, ButtonStyle.secondary, "🗑️"),
    }
)
_COLOURS: Mapping[JobState, int] = MappingProxyType(
    {
        JobState.DELIVERING: PINK,
        JobState.DONE: PINK,
        JobState.FAILED: NIGHT,
        JobState.CANCELLED: NIGHT,
    }
)
_OVER = (JobState.DELIVERING, JobState.DONE)


def of_card(card: Card, where: Where, words: Words, now: float) -> Sheet:
    """A card as a message.

    Args:
        now: Seconds since the epoch: clients count down by themselves from what it says.
    """
    pushes = [_push(button, card.job, where.user) for row in card.buttons for button in row]
    return Sheet(
        _words(card, where.language, words, now),
        _shots(card, where.language, words),
        tuple(_rows(pushes)),
        accent=_COLOURS.get(card.state, CYAN),
    )


def _rows(pushes: Sequence[Push]) -> Iterator[Row]:
    """As few rows as Discord allows, of about the same length."""
    count = ceil(len(pushes) / ROW_LIMIT)
    for index in range(count):
        yield tuple(pushes[index * len(pushes) // count : (index + 1) * len(pushes) // count])


def stamp(when: float) -> str:
    """A moment that clients tell relative to now, and keep telling right (``in 20 seconds``)."""
    return f"<t:{round(when)}:R>"


def _words(card: Card, language: str, words: Words, now: float) -> str:
    if card.state is JobState.WAITING and not card.away:
        return words.say(
            language, "discord-waiting", position=card.position, when=stamp(now + max(1.0, card.eta_s))
        )
    if card.state is JobState.RENDERING:
        return _rendering(card, language, words, now)
    return f"### {card.words}" if card.state in _OVER else card.words


def _rendering(card: Card, language: str, words: Words, now: float) -> str:
    told = card.words
    if card.eta_s > 0:
        told = words.say(language, "discord-rendering", when=stamp(now + card.eta_s))
    if card.progress <= 0:
        return told
    full = round(card.progress * BAR)
    return f"{told}\n{'▰' * full}{'▱' * (BAR - full)} {card.progress:.0%}"


def _shots(card: Card, language: str, words: Words) -> tuple[Shot, ...]:
    """The card's picture; one that is there already stays, as a finished job's message has no other."""
    if card.picture is not None:
        return (_shot(card, card.picture, language, words),)
    return (_shot(card, Picture(b""), language, words),) if card.state is JobState.DONE else ()


def _shot(card: Card, picture: Picture, language: str, words: Words) -> Shot:
    done = card.state in _OVER
    alt = card.words if done else words.say(language, "discord-alt-preview")
    return Shot(f"{'petaflop' if done else 'preview'}-{card.job}{_suffix(picture)}", picture.data, alt)


def _suffix(picture: Picture) -> str:
    return {"image/png": ".png", "image/webp": ".webp"}.get(picture.media_type, ".jpg")


def _push(button: Button, job: JobId, owner: int) -> Push:
    verb, style, emoji = _VERBS[button.action]
    return Push(button.words, packed(Wish(verb, job, owner)), style, emoji)
