"""A poster's colours, and how text stays legible whichever an owner has chosen.

Contrast is that of the Web Content Accessibility Guidelines 2.2, success criterion 1.4.3: large text asks
for 3 : 1.
"""

from dataclasses import dataclass

from PIL import ImageColor

from bot.pixels.qr import INK, PAPER

LARGE_TEXT = 3.0


@dataclass(frozen=True, slots=True)
class Colours:
    """Three colours as ``#rrggbb``: behind the headline, the event's name on it, and the steps' numbers."""

    ground: str
    name: str
    steps: str


HOUSE = Colours("#11121e", "#22d3ee", "#ff3b7b")
"""Night, cyan and pink."""


def contrast(one: str, other: str) -> float:
    """1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_on(ground: str) -> str:
    """Paper or ink, whichever is read better."""
    return max((PAPER, INK), key=lambda colour: contrast(colour, ground))


def legible(colour: str, ground: str) -> str:
    """The colour where large text can be read in it, else paper or ink."""
    return colour if contrast(colour, ground) >= LARGE_TEXT else text_on(ground)


def mixed(colour: str, ground: str, share: float) -> str:
    """So much of a colour on a ground, 0..1: text of less weight."""
    parts = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(share * top + (1 - share) * below):02x}" for top, below in parts)


def _luminance(colour: str) -> float:
    """Relative luminance, from sRGB."""
    linear = [_linear(channel / 255) for channel in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, ...]:
    return ImageColor.getrgb(colour)[:3]
