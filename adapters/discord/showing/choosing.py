"""Where a style is chosen: a menu of them with their pictures, and pages where there are many. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from discord import ButtonStyle

from adapters.discord.buttons import Verb, Wish, packed
from adapters.discord.layouts import FILES_LIMIT, NIGHT, OPTIONS_LIMIT, Menu, Option, Push, Sheet, Shot
from bot.booth import StyleOffer
from bot.nouns import ChatKey, JobId, StyleId
from bot.words import Words

RECENT_SHOWN = 3
A_MENU = OPTIONS_LIMIT - RECENT_SHOWN
A_GALLERY = FILES_LIMIT - 1  # three rows of three, as Discord lays them out


@dataclass(frozen=True, slots=True)
class Page:
    """A page of styles; ``number`` counts from 0."""

    offers: Sequence[StyleOffer]
    number: int
    count: int

    @property
    def following(self) -> int:
        """The next page; after the last comes the first."""
        return (self.number + 1) % self.count


@dataclass(frozen=True, slots=True)
class Choice:
    """For whom and for which photo a style is chosen.

    Attributes:
        chat: Where the photo belongs, which may be offered styles of its own; None is offered what all are.
        again: The photo has a picture already: a choice makes a new one.
        recent: What the guest chose lately comes first.
    """

    job: JobId
    owner: int
    chat: ChatKey | None = None
    again: bool = False
    recent: Sequence[StyleId] = ()


def paged(offers: Sequence[StyleOffer], number: int, most: int) -> Page:
    """One of the pages, all about as long; numbers beyond the ends wrap around."""
    count = max(1, -(-len(offers) // most))
    size = -(-len(offers) // count)
    number %= count
    return Page(offers[number * size : (number + 1) * size], number, count)


def of_styles(page: Page, offers: Sequence[StyleOffer], choice: Choice, words: Words, language: str) -> Sheet:
    """The menu and what goes with it, without words and pictures.

    Args:
        offers: All styles, as the recent ones may stand on another page.
    """
    verb = Verb.MAKE if choice.again else Verb.CHOOSE
    options = tuple(_options(page, offers, choice.recent, words, language))
    menu = Menu(packed(Wish(verb, choice.job, choice.owner)), words.say(language, "discord-pick"), options)
    buttons = _buttons(page, choice, words, language)
    return Sheet("", rows=(menu, buttons) if options else (buttons,))


def of_gallery(page: Page, shots: Sequence[Shot], words: Words, language: str) -> Sheet:
    """A page of all styles, which belongs to no photo."""
    told = words.say(language, "discord-styles")
    if page.count == 1:
        return Sheet(told, tuple(shots))
    turn = Push(
        words.say(language, "discord-more", page=page.following + 1, pages=page.count),
        packed(Wish(Verb.STYLES, value=str(page.following))),
    )
    return Sheet(told, tuple(shots), ((turn,),))


def of_delete(job: JobId, owner: int, words: Words, language: str) -> Sheet:
    """Asks before a picture is erased."""
    return _question(words, language, "delete", (Verb.ERASE, job, owner))


def of_forget(owner: int, words: Words, language: str) -> Sheet:
    """Asks before everything is erased."""
    return _question(words, language, "forget", (Verb.FORGET, None, owner))


def _question(words: Words, language: str, about: str, yes: tuple[Verb, JobId | None, int]) -> Sheet:
    verb, job, owner = yes
    keep = Push(
        words.say(language, "discord-keep"),
        packed(Wish(Verb.KEEP, job, owner, about)),
    )
    sure = Push(
        words.say(language, f"discord-{about}-yes"), packed(Wish(verb, job, owner)), ButtonStyle.danger
    )
    return Sheet(words.say(language, f"discord-{about}-ask"), rows=((sure, keep),), accent=NIGHT)


def _options(
    page: Page, offers: Sequence[StyleOffer], recent: Sequence[StyleId], words: Words, language: str
) -> list[Option]:
    by_id = {offer.id: offer for offer in offers}
    first = [by_id[style] for style in dict.fromkeys(recent) if style in by_id][:RECENT_SHOWN]
    rest = [offer for offer in page.offers if offer not in first]
    lately = words.say(language, "discord-recent")
    away = words.say(language, "discord-away")
    return [
        Option(offer.id, offer.name, offer.emoji, away if not offer.available else hint)
        for some, hint in ((first, lately), (rest, ""))
        for offer in some
    ]


def _buttons(page: Page, choice: Choice, words: Words, language: str) -> tuple[Push, ...]:
    lucky = Verb.LUCKY if choice.again else Verb.SURPRISE
    surprise = words.say(language, "discord-surprise")
    row = [Push(surprise, packed(Wish(lucky, choice.job, choice.owner)), emoji="🎲")]
    if page.count > 1:
        value = f"{page.following}{'a' if choice.again else ''}"
        turn = words.say(language, "discord-more", page=page.following + 1, pages=page.count)
        row.append(Push(turn, packed(Wish(Verb.PAGE, choice.job, choice.owner, value))))
    if not choice.again:
        cancel = packed(Wish(Verb.CANCEL, choice.job, choice.owner))
        row.append(Push(words.say(language, "button-cancel"), cancel, emoji="✖️"))
    return tuple(row)
