"""Codes in a terminal."""

import sys

from bot.pixels.qr import qr_terminal


def shown_code(address: str) -> str:
    """The code, where the terminal's characters can draw it."""
    code = qr_terminal(address)
    try:
        code.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return "(this terminal can't draw the code)"
    return code
