"""The before-and-after card: photo and picture side by side on the house's night, for maintainers to judge.

`lay_out` decides in numbers only; `compose` draws what it decided.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from bot.pixels.bare import decoded
from bot.pixels.fonts import Lettering, printable

NIGHT, CYAN, PINK, PAPER = "#11121e", "#22d3ee", "#ff3b7b", "#faf7f0"
MUTED = "#a7a8b4"
"""Paper, dimmed: 7.9 : 1 on night."""

PANEL_HEIGHT = 720  # px; two upright panels fill a phone's width at 2x
MOST_PANEL_WIDTH = 960
MARGIN = 36
GAP = 24
_HEADING = Lettering("heavy", 44)
_LABEL = Lettering("medium", 26)
_RULE_WIDTH, _RULE_HEIGHT = 64, 6
_HEAD = 128
_FOOT = 56


@dataclass(frozen=True, slots=True)
class Comparison:
    """The words of a card, in the maintainer's language.

    Attributes:
        heading: The style's name.
        before: Below the photo.
        after: Below the picture.
    """

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Panels:
    """Where everything stands, in pixels: the card's size, and left edge and width of both panels."""

    size: tuple[int, int]
    before: tuple[int, int]
    after: tuple[int, int]


def before_after_jpeg(photo: bytes, picture: bytes, words: Comparison) -> bytes:
    """Compose a card; for a child process, as it keeps a processor busy.

    Args:
        photo: The cleaned photo.
        picture: What was made of it: PNG, JPEG or WebP.
        words: What stands on it.

    Returns:
        A progressive JPEG without metadata.

    Raises:
        RenderCrashed: a picture can't be decoded; its cause is ``unreadable-picture``.
    """
    card = compose(decoded(photo), decoded(picture), words)
    out = BytesIO()
    card.save(out, "JPEG", quality=88, progressive=True)
    return out.getvalue()


def lay_out(before: tuple[int, int], after: tuple[int, int]) -> Panels:
    """Two panels of one height beside each other, for pictures of these sizes (width, height)."""
    widths = [
        min(MOST_PANEL_WIDTH, max(1, round(PANEL_HEIGHT * width / height)))
        for width, height in (before, after)
    ]
    width = 2 * MARGIN + GAP + sum(widths)
    left = MARGIN, MARGIN + widths[0] + GAP
    height = _HEAD + PANEL_HEIGHT + _FOOT + MARGIN
    return Panels((width, height), (left[0], widths[0]), (left[1], widths[1]))


def compose(photo: Image.Image, picture: Image.Image, words: Comparison) -> Image.Image:
    """Draw the card; nothing of either picture is stretched, an overlong one is seen whole on the night."""
    panels = lay_out(photo.size, picture.size)
    card = Image.new("RGB", panels.size, NIGHT)
    canvas = ImageDraw.Draw(card)
    room = panels.size[0] - 2 * MARGIN
    heading = _HEADING.shortened(printable(words.heading), room)
    _HEADING.draw(canvas, MARGIN, MARGIN + _HEADING.cap_height, heading, PAPER)
    rule = MARGIN + _HEADING.cap_height + 18
    canvas.rectangle((MARGIN, rule, MARGIN + _RULE_WIDTH - 1, rule + _RULE_HEIGHT - 1), fill=PINK)
    for image, (left, width), label, colour in (
        (photo, panels.before, words.before, MUTED),
        (picture, panels.after, words.after, CYAN),
    ):
        _place(card, image, left, width)
        text = _LABEL.shortened(printable(label), width)
        _LABEL.draw(canvas, left, _HEAD + PANEL_HEIGHT + _FOOT - 14, text, colour)
    return card


def _place(card: Image.Image, image: Image.Image, left: int, width: int) -> None:
    fitted = ImageOps.contain(image.convert("RGB"), (width, PANEL_HEIGHT), Image.Resampling.LANCZOS)
    card.paste(fitted, (left + (width - fitted.width) // 2, _HEAD + (PANEL_HEIGHT - fitted.height) // 2))
