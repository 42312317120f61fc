"""What ``petaflop invite`` makes: a code or a poster, in the format that was asked for."""

from collections.abc import Sequence

from adapters.examples import examples
from adapters.settings import Settings
from bot.invites.colours import Colours
from bot.invites.links import Link
from bot.invites.marks import Box, Code, Sheet
from bot.invites.pdf import sheet_pdf
from bot.invites.pixels import sheet_png
from bot.invites.poster import Poster, poster_sheet
from bot.invites.wording import poster_words
from bot.pixels.qr import INK, QUIET_ZONE, qr_matrix, qr_svg, sturdiest
from bot.words import words

CODE_MM = 60.0
"""A code's side with its quiet zone; it can be printed at any size from 2 cm on."""
WHITE = "#ffffff"


def code_file(link: Link, target: str) -> bytes:
    """One code as ``png``, ``svg`` or ``pdf``."""
    if target == "svg":
        return qr_svg(link.url, correction=sturdiest(link.url), paper=WHITE).encode()
    modules = len(qr_matrix(link.url, correction=sturdiest(link.url)))
    quiet = CODE_MM * QUIET_ZONE / (modules + 2 * QUIET_ZONE)
    box = Box(quiet, quiet, CODE_MM - 2 * quiet, CODE_MM - 2 * quiet)
    return _printed(Sheet(link.url, CODE_MM, CODE_MM, WHITE, [Code(box, link.url, INK)]), target)


def poster_file(settings: Settings, links: Sequence[Link], size: str, language: str, target: str) -> bytes:
    """A poster as ``png`` or ``pdf``, with pictures that are drawn for it."""
    shown = examples()
    kept_s = settings.keep_photos.total_seconds(), settings.keep_pictures.total_seconds()
    said = poster_words(words(), language, settings.event, kept_s, shown)
    poster = Poster(size, said, links, shown, Colours(*settings.poster_colours))
    return _printed(poster_sheet(poster), target)


def _printed(sheet: Sheet, target: str) -> bytes:
    return sheet_pdf(sheet) if target == "pdf" else sheet_png(sheet)
