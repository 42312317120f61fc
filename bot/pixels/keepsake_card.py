"""The keepsake card: a guest's photo and picture on the house's night, joined along a slanted seam.

Upright pictures stand side by side, wide ones one above the other, so that both are large on a phone. Nothing
is stretched; of each picture only a thin wedge at the seam is covered by the other.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from bot.pixels.bare import bare, decoded
from bot.pixels.fonts import Lettering, printable
from bot.pixels.seam import CYAN, NIGHT, PAPER, PINK, joined, rounded

PANEL_LONG_SIDE = 1040  # px; two upright panels are 1500 px wide, which chats show without shrinking much
SEAM_SHARE = 0.09  # of the seam's length: how far it slants
MOST_COVERED = 0.12  # of the side across the seam, at one end
SEAM_PX = 8
MARGIN = 44
RADIUS = 28
QUALITY = 88

_HEADING = Lettering("heavy", 54)
_LABEL = Lettering("heavy", 30)
_RULE_WIDTH, _RULE_HEIGHT = 70, 8
_HEAD = 120  # with a heading: from the top margin to the pictures
_CHIP_PAD = 18


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on a card, in its guest's language; an empty heading is left out.

    Attributes:
        heading: The event.
        before: On the photo.
        after: On the picture, e.g. its style.
    """

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CardPlan:
    """Where everything stands, in pixels of the card.

    Attributes:
        size: Of the card.
        panel: Width and height of each of both pictures.
        corner: The left upper corner of the first picture.
        offset: From the first picture's corner to the second's.
        seam: Both ends of the seam, from the first picture's corner.
    """

    size: tuple[int, int]
    panel: tuple[int, int]
    corner: tuple[int, int]
    offset: tuple[int, int]
    seam: tuple[tuple[int, int], tuple[int, int]]


def card_jpeg(photo: bytes, picture: bytes, words: CardWords) -> bytes:
    """A before-and-after card; for a child process, as it keeps a processor busy.

    Args:
        photo: The cleaned photo.
        picture: What was made of it, with or without its frame.
        words: What stands on the card.

    Returns:
        A progressive JPEG without metadata.

    Raises:
        RenderCrashed: one of them can't be decoded; its cause is ``unreadable-picture``.
    """
    out = BytesIO()
    compose_card(decoded(photo), bare(picture), words).save(out, "JPEG", quality=QUALITY, progressive=True)
    return out.getvalue()


def plan_card(picture: tuple[int, int], *, headed: bool) -> CardPlan:
    """Lay out a card for a picture of this size (width, height)."""
    scale = PANEL_LONG_SIDE / max(picture)
    width, height = (max(1, round(side * scale)) for side in picture)
    top = MARGIN + (_HEAD if headed else 0)
    if width > height:
        slant = round(min(width * SEAM_SHARE / 2, height * MOST_COVERED))
        offset = (0, height - slant)
        seam = ((0, height), (width, height - slant))
    else:
        slant = round(min(height * SEAM_SHARE, width * MOST_COVERED))
        offset = (width - slant, 0)
        seam = ((width, 0), (width - slant, height))
    size = (2 * MARGIN + offset[0] + width, top + offset[1] + height + MARGIN)
    return CardPlan(size, (width, height), (MARGIN, top), offset, seam)


def compose_card(photo: Image.Image, picture: Image.Image, words: CardWords) -> Image.Image:
    """Draw a card; the photo is cut to the picture's shape, where a style has changed that."""
    heading = printable(words.heading)
    plan = plan_card(picture.size, headed=bool(heading))
    card = Image.new("RGB", plan.size, NIGHT)
    if heading:
        _draw_heading(card, heading)
    pair = _pair(photo, picture, plan)
    _draw_labels(pair, words, plan)
    card.paste(pair, plan.corner, rounded(pair.size, RADIUS))
    return card


def _draw_heading(card: Image.Image, heading: str) -> None:
    canvas = ImageDraw.Draw(card)
    baseline = MARGIN + _HEADING.cap_height + 6
    text = _HEADING.shortened(heading, card.width - 2 * MARGIN)
    _HEADING.draw(canvas, MARGIN, baseline, text, PAPER)
    rule = baseline + 22
    canvas.rectangle((MARGIN, rule, MARGIN + _RULE_WIDTH - 1, rule + _RULE_HEIGHT - 1), fill=PINK)


def _pair(photo: Image.Image, picture: Image.Image, plan: CardPlan) -> Image.Image:
    """Both pictures at their places, each alone on a sheet of the pair's size, then joined."""
    size = (plan.offset[0] + plan.panel[0], plan.offset[1] + plan.panel[1])
    sheets = []
    for image, corner in ((photo, (0, 0)), (picture, plan.offset)):
        sheet = Image.new("RGB", size, NIGHT)
        sheet.paste(ImageOps.fit(image.convert("RGB"), plan.panel, Image.Resampling.LANCZOS), corner)
        sheets.append(sheet)
    return joined(sheets[0], sheets[1], *plan.seam, SEAM_PX)


def _draw_labels(pair: Image.Image, words: CardWords, plan: CardPlan) -> None:
    """One chip at the outer lower corner of each picture, both within their own half."""
    room = plan.panel[0] // 2 - 2 * _CHIP_PAD
    upright = plan.offset[1] == 0
    first_bottom = pair.height if upright else plan.offset[1]
    before = _LABEL.shortened(printable(words.before), room)
    after = _LABEL.shortened(printable(words.after), room)
    _draw_chip(pair, before, PAPER, _CHIP_PAD, first_bottom - _CHIP_PAD)
    right = pair.width - _CHIP_PAD - _chip_width(after)
    _draw_chip(pair, after, CYAN, right, pair.height - _CHIP_PAD)


def _draw_chip(image: Image.Image, text: str, colour: str, left: int, bottom: int) -> None:
    if not text:
        return
    height = _LABEL.cap_height + 2 * _CHIP_PAD
    size = (_chip_width(text), height)
    image.paste(NIGHT, (left, bottom - height, left + size[0], bottom), rounded(size, height // 2))
    _LABEL.draw(ImageDraw.Draw(image), left + 1.5 * _CHIP_PAD, bottom - _CHIP_PAD, text, colour)


def _chip_width(text: str) -> int:
    return round(_LABEL.width(text) + 3 * _CHIP_PAD)
