"""QR codes: as a matrix, as a picture in our colours, as SVG, and as text for a terminal.

The symbol itself (ISO/IEC 18004) comes from the ``qrcode`` package in the smallest version that
holds the text; this module only decides how it looks.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import groupby
from typing import Literal

import qrcode
from PIL import Image
from qrcode.exceptions import DataOverflowError

INK = "#11121e"
PAPER = "#faf7f0"
QUIET_ZONE = 4
"""Light modules around a symbol, as ISO/IEC 18004 asks."""

Correction = Literal["L", "M", "Q", "H"]
Matrix = tuple[tuple[bool, ...], ...]

_CORRECTION_LEVELS = {
    "L": qrcode.ERROR_CORRECT_L,
    "M": qrcode.ERROR_CORRECT_M,
    "Q": qrcode.ERROR_CORRECT_Q,
    "H": qrcode.ERROR_CORRECT_H,
}
_HALF_BLOCKS = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


class QrTextTooLong(ValueError):
    """No QR version holds the text; it says how long the text was, never what it was."""

    def __init__(self, length: int, correction: str) -> None:
        super().__init__(length, correction)
        self.length = length
        self.correction = correction

    def __str__(self) -> str:
        return f"{self.length} characters do not fit into a QR code with correction level {self.correction}"


@lru_cache(maxsize=64)
def qr_matrix(text: str, *, correction: Correction = "M") -> Matrix:
    """The symbol's modules, row by row, without a quiet zone.

    Args:
        text: what is read on scanning; taken as it is, in UTF-8.
        correction: the share of modules that may be lost: L 7 %, M 15 %, Q 25 %, H 30 %.

    Returns:
        n rows of n modules, True where dark; n = 17 + 4 × version (21 … 177).

    Raises:
        QrTextTooLong: the text needs more than version 40.
    """
    code = qrcode.QRCode(error_correction=_CORRECTION_LEVELS[correction], border=0)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:  # 8.2 trips over its own version 41 before it overflows
        raise QrTextTooLong(len(text), correction) from error
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def qr_image(
    text: str,
    module_px: int,
    *,
    quiet_zone: int = QUIET_ZONE,
    correction: Correction = "M",
    ink: str = INK,
    paper: str = PAPER,
) -> Image.Image:
    """The symbol as an RGB picture, every module a square of ``module_px`` pixels.

    Args:
        text: what is read on scanning.
        module_px: side of a module in pixels, at least 1.
        quiet_zone: light modules on each side; 0 where the ground around is paper anyway.
        correction: see `qr_matrix`.
        ink: colour of the dark modules, as Pillow names colours.
        paper: colour of the light ones.

    Returns:
        A square of (n + 2 × quiet_zone) × module_px pixels a side.

    Raises:
        QrTextTooLong: the text needs more than version 40.
    """
    matrix = qr_matrix(text, correction=correction)
    modules = len(matrix)
    stencil = Image.frombytes(
        "L", (modules, modules), bytes(255 if module else 0 for row in matrix for module in row)
    ).resize((modules * module_px, modules * module_px), Image.Resampling.NEAREST)
    side = (modules + 2 * quiet_zone) * module_px
    picture = Image.new("RGB", (side, side), paper)
    picture.paste(ink, (quiet_zone * module_px, quiet_zone * module_px), stencil)
    return picture


def sturdiest(text: str) -> Correction:
    """The most correction that costs no module more than M does: paper gets wet, torn and folded.

    Raises:
        QrTextTooLong: the text needs more than version 40.
    """
    wanted = len(qr_matrix(text, correction="M"))
    for correction in ("H", "Q"):
        with suppress(QrTextTooLong):
            if len(qr_matrix(text, correction=correction)) == wanted:
                return correction
    return "M"


def qr_svg(text: str, *, correction: Correction = "M", ink: str = INK, paper: str = PAPER) -> str:
    """The symbol with its quiet zone as an SVG of one path, a user unit a module, of any size.

    Raises:
        QrTextTooLong: the text needs more than version 40.
    """
    matrix = qr_matrix(text, correction=correction)
    side = len(matrix) + 2 * QUIET_ZONE
    path = "".join(
        f"M{QUIET_ZONE + left} {QUIET_ZONE + row}h{width}v1h-{width}z"
        for row, modules in enumerate(matrix)
        for left, width in dark_runs(modules)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="{paper}" d="M0 0h{side}v{side}H0z"/><path fill="{ink}" d="{path}"/></svg>\n'
    )


def dark_runs(modules: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Neighbouring dark modules of a row: where they begin, and how many there are."""
    at = 0
    for dark, run in groupby(modules):
        width = len(tuple(run))
        if dark:
            yield at, width
        at += width


def qr_terminal(text: str, *, correction: Correction = "M") -> str:
    """The symbol in half-block characters, two modules high each, without colour codes.

    The *light* modules and the quiet zone are the ones drawn. On a dark terminal that is the usual
    symbol, on a light one the same symbol in reversed reflectance, which ISO/IEC 18004 allows and
    phones read; either way the quiet zone is there, whatever stands beside it.

    Returns:
        Lines of equal length (n + 8 characters), without a final line break.

    Raises:
        QrTextTooLong: the text needs more than version 40.
    """
    light = _light_modules(qr_matrix(text, correction=correction))
    below_the_last = (False,) * len(light)
    return "\n".join(
        "".join(_HALF_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(light[::2], [*light[1::2], below_the_last], strict=True)
    )


def _light_modules(matrix: Matrix) -> list[tuple[bool, ...]]:
    """The matrix inverted, with its quiet zone: an odd number of rows, as n is odd."""
    side = (True,) * QUIET_ZONE
    edge = [(True,) * (len(matrix) + 2 * QUIET_ZONE)] * QUIET_ZONE
    return [*edge, *(side + tuple(not module for module in row) + side for row in matrix), *edge]
