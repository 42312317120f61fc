"""The result frame: a picture on paper with the event's name, what was done to it, and a small QR code.

`lay_out` decides where everything stands, in numbers only; `compose_frame` draws what it decided. The picture
is never cropped or stretched. The footer is as high as its words or its code need, whichever is more.

A code has to survive what chats do to photos: Telegram shrinks the long side to 1280 pixels and recompresses.
So a module is at least 5 pixels, and more where less than 4 would remain after that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO
from math import ceil, isqrt

from PIL import Image, ImageDraw

from bot.pixels.bare import Box, decoded, whereabouts
from bot.pixels.fonts import Lettering, printable
from bot.pixels.qr import INK, PAPER, QUIET_ZONE, qr_image, qr_matrix

PINK = "#ff3b7b"
MUTED = "#62636f"
"""The ink, thinned: 5.5 : 1 on paper (WCAG AA asks 4.5 : 1)."""

_LEAST_WIDTH = 480  # px; below, name and code do not fit side by side
_MOST_ENLARGED = 1280  # px; a picture is not enlarged beyond
_CHAT_LONG_SIDE = 1280  # px; Telegram's photos
_LEAST_MODULE, _LEAST_MODULE_IN_CHAT = 5, 4  # px
_SEPARATOR = "  ·  "


@dataclass(frozen=True, slots=True)
class FrameCaption:
    """The words of a frame, already in the guest's language; an empty one is left out.

    Attributes:
        event: heading.
        style: the style's name.
        date: the day as text.
        note: what else should be known, e.g. that no AI model was used.
        link: what the QR code holds; None for no code.
    """

    event: str
    style: str
    date: str
    note: str = ""
    link: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """Words at their place: ``x`` and ``baseline`` in pixels of the frame."""

    text: str
    lettering: Lettering
    x: int
    baseline: int
    colour: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of a frame stands, in pixels.

    Attributes:
        size: width and height of the frame.
        picture: the picture, enlarged by a whole factor if it is very small.
        lines: heading and caption, top down.
        rule: the pink rule under the heading; None without a heading.
        qr: the code's modules without quiet zone, which is paper; None without a link.
        module_px: side of one of its modules.
    """

    size: tuple[int, int]
    picture: Box
    lines: tuple[Line, ...]
    rule: Box | None
    qr: Box | None
    module_px: int


def frame_jpeg(picture_bytes: bytes, caption: FrameCaption, *, quality: int = 90) -> bytes:
    """Frame an encoded picture; for a child process, as it keeps a processor busy.

    Args:
        picture_bytes: PNG, JPEG or WebP, its colours taken as sRGB.
        caption: the words and the link.
        quality: JPEG quality, 1 … 95.

    Returns:
        A JPEG in sRGB; progressive, which is 4 % smaller and shows early on a slow line. Its only metadata is
        a comment with four numbers, by which :mod:`bot.pixels.bare` finds the picture within the frame.

    Raises:
        RenderCrashed: the bytes can't be decoded; its cause is ``unreadable-picture``.
        QrTextTooLong: no QR code holds the link.
    """
    picture = decoded(picture_bytes)
    layout = lay_out(picture.size, caption)
    jpeg = BytesIO()
    comment = whereabouts(layout.picture)
    _drawn(picture, caption, layout).save(jpeg, "JPEG", quality=quality, progressive=True, comment=comment)
    return jpeg.getvalue()


def compose_frame(picture: Image.Image, caption: FrameCaption) -> Image.Image:
    """Put a picture on paper with its caption.

    Args:
        picture: any mode and size; transparent parts show the paper.
        caption: the words and the link.

    Returns:
        An RGB picture larger than the given one on all sides; within, its pixels are unchanged (each
        a square of equal pixels where a picture too small for its caption was enlarged).

    Raises:
        QrTextTooLong: no QR code holds the link.
    """
    return _drawn(picture, caption, lay_out(picture.size, caption))


def _drawn(picture: Image.Image, caption: FrameCaption, layout: Layout) -> Image.Image:
    frame = Image.new("RGB", layout.size, PAPER)
    _paste(frame, picture, layout.picture)
    canvas = ImageDraw.Draw(frame)
    if layout.rule:
        left, top, right, bottom = layout.rule
        canvas.rectangle((left, top, right - 1, bottom - 1), fill=PINK)
    for line in layout.lines:
        line.lettering.draw(canvas, line.x, line.baseline, line.text, line.colour)
    if layout.qr and caption.link:
        frame.paste(qr_image(caption.link, layout.module_px, quiet_zone=0), layout.qr)
    return frame


def lay_out(picture_size: tuple[int, int], caption: FrameCaption) -> Layout:
    """Decide where everything stands on the frame of a picture of ``picture_size`` (width, height) pixels.

    Raises:
        QrTextTooLong: no QR code holds the link.
    """
    shown = _shown_size(picture_size)
    module = _module_px(shown)
    code = len(qr_matrix(caption.link)) * module if caption.link else 0
    scale = isqrt(shown[0] * shown[1])
    margin = max(round(scale * 0.03), QUIET_ZONE * module)
    beside_words = code + 2 * margin if code else 0
    column = max(shown[0], _LEAST_WIDTH, beside_words + _LEAST_WIDTH // 2)

    words = _set_words(caption, column - beside_words, scale, code)
    footer = 2 * margin + shown[1]
    left = margin + (column - shown[0]) // 2
    right = margin + column
    return Layout(
        size=(column + 2 * margin, footer + words.height + margin * bool(words.height)),
        picture=(left, margin, left + shown[0], margin + shown[1]),
        lines=tuple(replace(line, x=margin, baseline=footer + line.baseline) for line in words.lines),
        rule=words.rule and _moved(words.rule, margin, footer),
        qr=(right - code, footer, right, footer + code) if code else None,
        module_px=module,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """Heading, rule and caption, measured from the footer's top left corner to the last baseline."""

    lines: tuple[Line, ...]
    rule: Box | None
    height: int


def _set_words(caption: FrameCaption, room: int, scale: int, least_height: int) -> _Words:
    """Set the heading at the top and the caption at the bottom of at least ``least_height`` pixels."""
    heading, rule, below_heading = _set_heading(printable(caption.event), room, scale)
    small = Lettering("medium", max(18, round(scale * 0.0245)))
    texts = _packed(map(printable, (caption.style, caption.date, caption.note)), small, room)
    leading = round(small.size * 1.5)
    needed = below_heading + (small.cap_height + leading * (len(texts) - 1) if texts else 0)
    height = max(needed, least_height)
    first = height - leading * (len(texts) - 1)
    details = (Line(text, small, 0, first + leading * row, MUTED) for row, text in enumerate(texts))
    return _Words((*heading, *details), rule, height)


def _set_heading(text: str, room: int, scale: int) -> tuple[tuple[Line, ...], Box | None, int]:
    """The heading's lines, its rule, and where the next line's capitals may begin."""
    lettering, texts = _heading(text, room, max(34, round(scale * 0.062)))
    if not texts:
        return (), None, 0
    leading = round(lettering.size * 1.12)
    lines = tuple(
        Line(part, lettering, 0, lettering.cap_height + leading * row, INK) for row, part in enumerate(texts)
    )
    top = lines[-1].baseline + round(lettering.size * 0.38)
    bottom = top + max(4, round(scale * 0.0045))
    return lines, (0, top, min(room, round(lettering.size * 1.3)), bottom), bottom + round(scale * 0.022)


def _heading(text: str, room: int, size: int) -> tuple[Lettering, tuple[str, ...]]:
    """One line, shrunk a little if need be; else two, shrunk further; else two that end in an ellipsis."""
    for texts, least in (((text,), 0.72), (_halved(text, size), 0.55)):
        for fitting in range(size, round(size * least) - 1, -1):
            lettering = Lettering("heavy", fitting)
            if all(lettering.width(part) <= room for part in texts):
                return lettering, tuple(filter(None, texts))
    smallest = Lettering("heavy", round(size * 0.55))
    return smallest, _two_lines(text, smallest, room)


def _halved(text: str, size: int) -> tuple[str, ...]:
    """The text broken at the space that makes the longer line shortest; whole if there is none."""
    words = text.split(" ")
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    lettering = Lettering("heavy", size)
    return min(breaks, key=lambda parts: max(map(lettering.width, parts)), default=(text,))


def _two_lines(text: str, lettering: Lettering, room: int) -> tuple[str, ...]:
    """As many whole words as fit, then as much of the rest as fits."""
    words = text.split(" ")
    fitting = [at for at in range(1, len(words)) if lettering.width(" ".join(words[:at])) <= room]
    if not fitting:
        return (lettering.shortened(text, room),)
    return " ".join(words[: fitting[-1]]), lettering.shortened(" ".join(words[fitting[-1] :]), room)


def _packed(parts: Iterable[str], lettering: Lettering, room: int) -> list[str]:
    """The parts side by side as far as they fit, the others on lines of their own."""
    lines: list[str] = []
    for part in filter(None, parts):
        joined = _SEPARATOR.join((*lines[-1:], part))
        if lettering.width(joined) <= room:
            lines[-1:] = [joined]
        else:
            lines.append(lettering.shortened(part, room))
    return lines


def _shown_size(size: tuple[int, int]) -> tuple[int, int]:
    """The picture's size on the frame: whole multiples, as seldom as possible more than one."""
    width, height = size
    wanted = ceil(_LEAST_WIDTH / width)
    factor = max(1, min(wanted, _MOST_ENLARGED // max(size)))
    return width * factor, height * factor


def _module_px(shown: tuple[int, int]) -> int:
    """A QR module's side; margin and footer add about a quarter to the picture's long side at most."""
    return max(_LEAST_MODULE, ceil(_LEAST_MODULE_IN_CHAT * 1.25 * max(shown) / _CHAT_LONG_SIDE))


def _moved(box: Box, right: int, down: int) -> Box:
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def _paste(frame: Image.Image, picture: Image.Image, box: Box) -> None:
    size = (box[2] - box[0], box[3] - box[1])
    enlarged = picture.resize(size, Image.Resampling.NEAREST) if size != picture.size else picture
    if enlarged.has_transparency_data:
        rgba = enlarged.convert("RGBA")
        frame.paste(rgba, box, rgba)
    else:
        frame.paste(enlarged.convert("RGB"), box)
