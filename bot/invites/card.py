"""The card: an event's codes side by side, as a picture for a chat or a screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.invites.codes import codes_abreast
from bot.invites.colours import HOUSE, Colours, legible, mixed, text_on
from bot.invites.links import Link
from bot.invites.marks import CAP_HEIGHT, Box, Sheet, Text, fitting
from bot.invites.pixels import sheet_png
from bot.pixels.fonts import printable

DPI = 200  # a card is 100 to 200 mm wide: 787 to 1575 pixels, what chats show
_MARGIN, _EVENT, _LEAD = 9.0, 8.0, 5.4  # mm
_A_CODE, _GAP = 64.0, 6.0  # codes_abreast leaves the same gap


@dataclass(frozen=True, slots=True)
class Card:
    """A card's words and links; ``names`` are those of the links' networks."""

    event: str
    lead: str
    links: Sequence[Link]
    names: Sequence[str]
    colours: Colours = HOUSE


def card_png(card: Card) -> bytes:
    """The card as PNG; for a child process.

    Raises:
        QrTextTooLong: no QR code holds one of the addresses.
    """
    return sheet_png(card_sheet(card), DPI)


def card_sheet(card: Card) -> Sheet:
    """Decide where everything stands.

    Raises:
        QrTextTooLong: no QR code holds one of the addresses.
    """
    count = len(card.links)
    column = Box(_MARGIN, _MARGIN, count * _A_CODE + (count - 1) * _GAP, 0.0)
    ground = card.colours.ground
    event, event_size = fitting(printable(card.event), "heavy", _EVENT, column.width)
    lead, lead_size = fitting(printable(card.lead), "medium", _LEAD, column.width)
    first = column.top + CAP_HEIGHT * event_size
    second = first + 5.5 + CAP_HEIGHT * lead_size
    codes = [(link, printable(name)) for link, name in zip(card.links, card.names, strict=True)]
    measured = codes_abreast(codes, card.colours, column, 0.0)
    bottom = second + 8.0 - measured.top
    group = codes_abreast(codes, card.colours, column, bottom)
    name, dimmed = legible(card.colours.name, ground), mixed(text_on(ground), ground, 0.78)
    lines = (
        Text(event, "heavy", event_size, column.left, first, name),
        Text(lead, "medium", lead_size, column.left, second, dimmed),
    )
    return Sheet(card.event, column.width + 2 * _MARGIN, bottom + _MARGIN, ground, (*lines, *group.marks))
