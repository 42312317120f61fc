"""What a message of ours looks like: frozen values, drawn with Discord's second version of components."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import discord
from discord import ui
from discord.utils import escape_markdown

WORDS_LIMIT, LABEL_LIMIT, HINT_LIMIT, ALT_LIMIT = 3800, 80, 100, 256  # 4000 for all words of a message
OPTIONS_LIMIT, ROW_LIMIT, FILES_LIMIT = 25, 5, 10
CYAN, PINK, NIGHT = 0x22D3EE, 0xFF3B7B, 0x11121E


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture in a message: a file's name, its bytes, and what those hear who don't see it.

    Without bytes it is the file of that name that the message has already.
    """

    name: str
    data: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file in a message that is no picture: its name, and its bytes."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Push:
    """A button."""

    words: str
    custom_id: str
    style: discord.ButtonStyle = discord.ButtonStyle.secondary
    emoji: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu."""

    value: str
    words: str
    emoji: str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of at most 25 options, of which one is picked."""

    custom_id: str
    prompt: str
    options: tuple[Option, ...]


Row = tuple[Push, ...] | Menu


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a message shows.

    Attributes:
        words: Discord's Markdown.
        shots: Pictures; all that the message showed before are gone.
        rows: Buttons and menus.
        small: Below all else, in small print.
        accent: The colour at its side.
        paper: A file to take along.
    """

    words: str
    shots: tuple[Shot, ...] = ()
    rows: tuple[Row, ...] = ()
    small: str = ""
    accent: int = CYAN
    paper: Paper | None = None


def plain(text: str, *, links: bool = False) -> str:
    """Words of others as they were typed: no Markdown, mentions, emoji or times; links only on wish."""
    return escape_markdown(text, ignore_links=links).replace("<", "\\<")


def drawn(sheet: Sheet) -> ui.LayoutView:
    """The message's components; it needs no memory of the library's, as each press names what it is about."""
    card: ui.Container[ui.LayoutView] = ui.Container(accent_colour=sheet.accent)
    card.add_item(ui.TextDisplay(sheet.words[:WORDS_LIMIT] or "…"))
    if sheet.shots:
        card.add_item(ui.MediaGallery(*[_item(shot) for shot in sheet.shots[:FILES_LIMIT]]))
    if sheet.paper:
        card.add_item(ui.File(f"attachment://{sheet.paper.name}"))
    for row in sheet.rows:
        card.add_item(_row(row))
    if sheet.small:
        card.add_item(ui.TextDisplay("\n".join(f"-# {line}" for line in sheet.small.splitlines())))
    view = ui.LayoutView(timeout=None)
    view.add_item(card)
    return view


def files(sheet: Sheet) -> list[discord.File]:
    """The files that go with the components; each is used for one request."""
    shown: Sequence[Shot | Paper] = sheet.shots[:FILES_LIMIT]
    all_of_them = (*shown, sheet.paper) if sheet.paper else shown
    return [discord.File(io.BytesIO(file.data), file.name) for file in all_of_them if file.data]


def _item(shot: Shot) -> discord.MediaGalleryItem:
    return discord.MediaGalleryItem(f"attachment://{shot.name}", description=shot.alt[:ALT_LIMIT] or None)


def _row(row: Row) -> ui.ActionRow[ui.LayoutView]:
    if isinstance(row, Menu):
        return ui.ActionRow(_menu(row))
    return ui.ActionRow(*[_button(push) for push in row[:ROW_LIMIT]])


def _button(push: Push) -> ui.Button[ui.LayoutView]:
    label = push.words[:LABEL_LIMIT]
    return ui.Button(style=push.style, label=label, custom_id=push.custom_id, emoji=push.emoji)


def _menu(menu: Menu) -> ui.Select[ui.LayoutView]:
    options = [
        discord.SelectOption(
            label=option.words[:HINT_LIMIT],
            value=option.value,
            description=option.hint[:HINT_LIMIT] or None,
            emoji=option.emoji,
        )
        for option in menu.options[:OPTIONS_LIMIT]
    ]
    return ui.Select(custom_id=menu.custom_id, placeholder=menu.prompt[:150], options=options)
