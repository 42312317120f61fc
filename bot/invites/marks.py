"""A sheet to be printed, in millimetres from its top left corner: what stands where, for pixels and PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.invites.halves import Example
from bot.pixels.fonts import Lettering, Weight

MEASURED_AT = 1000  # px an em: advances come out as whole thousandths, whatever the size in print
CAP_HEIGHT = 0.72  # em: what a capital of Inter is high, heavy (0.719) or medium (0.728)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The first millimetre outside."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The first millimetre below."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle of one colour; with a radius its corners are round, with half its height it is a disc."""

    box: Box
    colour: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line, printable already; ``size`` is that of an em."""

    text: str
    weight: Weight
    size: float
    left: float
    baseline: float
    colour: str

    @property
    def width(self) -> float:
        """How long it is in print."""
        return width_of(self.text, self.weight, self.size)


@dataclass(frozen=True, slots=True)
class Photo:
    """An example, cropped to the box's proportions."""

    box: Box
    example: Example


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code's modules without its quiet zone, which is left around ``box``; a tap on it opens it, too."""

    box: Box
    url: str
    colour: str


Mark = Patch | Text | Photo | Code


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed on one side of paper: later marks lie on earlier ones."""

    title: str
    width: float
    height: float
    ground: str
    marks: Sequence[Mark]


def width_of(text: str, weight: Weight, size: float) -> float:
    """The length of a line."""
    return Lettering(weight, MEASURED_AT).width(text) * size / MEASURED_AT


def fitting(text: str, weight: Weight, most: float, room: float, least: float = 0.6) -> tuple[str, float]:
    """The line and its size: ``most``, less down to a share of it, or shortened with an ellipsis."""
    size = min(most, max(most * least, room / max(width_of(text, weight, 1.0), 1e-6)))
    shortened = Lettering(weight, MEASURED_AT).shortened(text, room / size * MEASURED_AT + 1)
    return shortened, size


def wrapped(text: str, weight: Weight, size: float, room: float) -> Sequence[str]:
    """The text in lines, broken at spaces; a word that is longer than a line is shortened."""
    lettering, lines = Lettering(weight, MEASURED_AT), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, weight, size) <= room:
            lines[-1] = longer
        else:
            lines.append(lettering.shortened(word, room / size * MEASURED_AT))
    return [line for line in lines if line]
