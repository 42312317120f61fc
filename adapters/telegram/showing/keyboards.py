"""Rows of buttons. Pure: what is offered in, Telegram's keyboards out."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, SwitchInlineQueryChosenChat

from adapters.telegram.buttons import Likeness, Verb, packed
from adapters.telegram.showing.sheets import COLUMNS, Page
from bot.booth import StyleOffer
from bot.cards import Action, Card
from bot.exhibits import ShareId
from bot.guests.keepsakes import Kind
from bot.nouns import JobId, StyleId
from bot.replies import Key
from bot.states import JobState
from bot.words import Words

RECENT_SHOWN = 3
Row = list[InlineKeyboardButton]

_VERBS: Mapping[Action, Verb] = MappingProxyType(
    {
        Action.CANCEL: Verb.CANCEL,
        Action.AGAIN: Verb.AGAIN,
        Action.OTHER_STYLE: Verb.OTHER,
        Action.KEEPSAKE: Verb.KEEPSAKE,
        Action.SHARE: Verb.SHARE,
        Action.UNSHARE: Verb.UNSHARE,
        Action.NAME: Verb.NAME,
        Action.UNNAME: Verb.UNNAME,
        Action.DELETE: Verb.DELETE,
        Action.PUBLISH: Verb.PUBLISH,
        Action.ADJUST: Verb.ADJUST,
        Action.DROP: Verb.DROP,
    }
)


def of_card(card: Card, share: str | None) -> InlineKeyboardMarkup | None:
    """A card's own buttons; a finished picture gets one to send it to another chat, called ``share``."""
    rows = [
        [InlineKeyboardButton(button.words, callback_data=packed(_VERBS[button.action], card.job))
         for button in row]
        for row in card.buttons
    ]  # fmt: skip
    if rows and share is not None and _may_be_sent_on(card):
        rows[-1].insert(0, _share(card.job, share))
    return InlineKeyboardMarkup(rows) if rows else None


def of_console(rows: Sequence[Sequence[Key]]) -> InlineKeyboardMarkup | None:
    """The keys of the maintainers' console."""
    keyboard = [
        [InlineKeyboardButton(key.words, callback_data=packed(Verb.MAINTAIN, argument=key.data))
         for key in row]
        for row in rows if row
    ]  # fmt: skip
    return InlineKeyboardMarkup(keyboard) if keyboard else None


def _may_be_sent_on(card: Card) -> bool:
    """Whether it is a picture that its guest may show to others: inline queries give no other one."""
    offered = {button.action for row in card.buttons for button in row}
    painted = card.state in (JobState.DELIVERING, JobState.DONE)
    return painted and not card.of_another and not offered.isdisjoint({Action.SHARE, Action.UNSHARE})


def _share(job: JobId, words: str) -> InlineKeyboardButton:
    chosen = SwitchInlineQueryChosenChat(
        query=job, allow_user_chats=True, allow_group_chats=True, allow_channel_chats=True
    )
    return InlineKeyboardButton(words, switch_inline_query_chosen_chat=chosen)


def of_styles(
    page: Page, job: JobId, recent: Sequence[StyleOffer], words: Words, language: str, *, again: bool = False
) -> InlineKeyboardMarkup:
    """A page of styles for a photo, recently used ones first.

    Args:
        again: The photo has a picture already: a choice makes a new one, and there is a way back.
    """
    verb = Verb.MAKE if again else Verb.CHOOSE
    on_page = {offer.id for offer in page.offers}
    shown = [offer for offer in recent if offer.available or offer.id in on_page][:RECENT_SHOWN]
    rows = [[_style(offer, verb, job, mark="★ ") for offer in shown]] if shown else []
    rows += _rows([_style(offer, verb, job) for offer in page.offers], COLUMNS)
    rows.append(_turning(page, job, words, language, again=again))
    last = (Verb.BACK, "telegram-back") if again else (Verb.CANCEL, "button-cancel")
    rows.append([InlineKeyboardButton(words.say(language, last[1]), callback_data=packed(last[0], job))])
    return InlineKeyboardMarkup(rows)


def of_catalogue(page: Page, words: Words, language: str) -> InlineKeyboardMarkup | None:
    """The pages of ``/styles``, which belong to no photo."""
    if page.count == 1:
        return None
    turn = words.say(language, "telegram-more", page=(page.number + 1) % page.count + 1, pages=page.count)
    following = str((page.number + 1) % page.count)
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(turn, callback_data=packed(Verb.STYLES, argument=following))]]
    )


def of_keepsakes(job: JobId, words: Words, language: str) -> InlineKeyboardMarkup:
    """What there is beside a picture, and the way back."""
    rows = [[_button(words, language, f"keepsake-{kind}", packed(Verb.KEEPSAKE, job, kind))] for kind in Kind]
    return InlineKeyboardMarkup([*rows, [_button(words, language, "telegram-back", packed(Verb.BACK, job))]])


def of_delete(job: JobId, words: Words, language: str) -> InlineKeyboardMarkup:
    """Asks before a picture is erased."""
    return InlineKeyboardMarkup(
        [
            [
                _button(words, language, "telegram-delete-yes", packed(Verb.ERASE, job)),
                _button(words, language, "telegram-keep", packed(Verb.BACK, job)),
            ]
        ]
    )


def of_forget(words: Words, language: str) -> InlineKeyboardMarkup:
    """Asks before everything is erased."""
    return InlineKeyboardMarkup(
        [
            [_button(words, language, "telegram-forget-yes", packed(Verb.FORGET))],
            [_button(words, language, "telegram-keep", packed(Verb.KEEP))],
        ]
    )


def of_exhibit(share: ShareId, link: str | None, words: Words, language: str) -> InlineKeyboardMarkup:
    """Under a picture in a feed: a way to one's own in that style, and to say that it shouldn't be there."""
    report = _button(words, language, "telegram-report", packed(Verb.REPORT, JobId(share)))
    own = [] if link is None else [InlineKeyboardButton(words.say(language, "telegram-your-own"), url=link)]
    return InlineKeyboardMarkup([[*own, report]])


def of_inline(job: JobId, likeness: Likeness, words: Words, language: str) -> InlineKeyboardMarkup:
    """Under a picture that is sent inline. A button is what lets Telegram tell the message's id."""
    data = packed(Verb.LIKEWISE, job, likeness.written)
    return InlineKeyboardMarkup([[_button(words, language, "telegram-your-own", data)]])


def of_languages(words: Words) -> InlineKeyboardMarkup:
    """One button a language, in its own words."""
    return InlineKeyboardMarkup(
        [
            [_button(words, language, "telegram-language-name", packed(Verb.SPEAK, argument=language))]
            for language in words.languages
        ]
    )


def _button(words: Words, language: str, key: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(words.say(language, key), callback_data=data)


def _style(offer: StyleOffer, verb: Verb, job: JobId, mark: str = "") -> InlineKeyboardButton:
    name = f"{mark}{offer.emoji} {offer.name}" + ("" if offer.available else " ⏸")
    return InlineKeyboardButton(name, callback_data=packed(verb, job, StyleId(offer.id)))


def _turning(page: Page, job: JobId, words: Words, language: str, *, again: bool) -> Row:
    surprise = packed(Verb.SURPRISE, job, "again" if again else "")
    row = [InlineKeyboardButton(words.say(language, "telegram-surprise"), callback_data=surprise)]
    if page.count > 1:
        following = (page.number + 1) % page.count
        turn = words.say(language, "telegram-more", page=following + 1, pages=page.count)
        data = packed(Verb.PAGE, job, f"{following}{'a' if again else ''}")
        row.append(InlineKeyboardButton(turn, callback_data=data))
    return row


def _rows(buttons: Iterable[InlineKeyboardButton], width: int) -> list[Row]:
    row: Row = []
    rows = [row]
    for button in buttons:
        if len(row) == width:
            row = []
            rows.append(row)
        row.append(button)
    return [row for row in rows if row]
