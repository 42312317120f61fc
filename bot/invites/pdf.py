"""A sheet as PDF: text stays text, codes and surfaces are vectors, so that it prints sharply at any size.

reportlab writes it: long kept, 10 MB, and without compiled parts. It takes TrueType outlines only, which is
why :func:`bot.pixels.fonts.print_file` exists. The same sheet gives the same bytes.
"""

from functools import cache
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.invites.halves import halves_jpeg
from bot.invites.marks import MEASURED_AT, Code, Mark, Patch, Photo, Sheet, Text
from bot.pixels.fonts import FALLBACK, FALLBACK_STROKE, Lettering, print_file
from bot.pixels.qr import dark_runs, qr_matrix, sturdiest

PIXELS_A_MM = 9.0  # of pictures: 230 dots an inch, twice what the portraits have


def sheet_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF of one page.

    Raises:
        QrTextTooLong: no QR code holds one of its addresses.
        RenderCrashed: an example can't be decoded.
    """
    out = BytesIO()
    canvas = Canvas(out, pagesize=(sheet.width * mm, sheet.height * mm), invariant=True, pageCompression=1)
    canvas.setTitle(sheet.title)
    canvas.setAuthor("PETaflop")
    canvas.setFillColor(HexColor(sheet.ground))
    canvas.rect(0, 0, sheet.width * mm, sheet.height * mm, stroke=0, fill=1)
    for mark in sheet.marks:
        _draw(canvas, mark, sheet.height)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, mark: Mark, height: float) -> None:
    """PDF counts upwards from the lower left corner, in points."""
    match mark:
        case Patch(box, colour, radius):
            canvas.setFillColor(HexColor(colour))
            left, bottom = box.left * mm, (height - box.bottom) * mm
            canvas.roundRect(left, bottom, box.width * mm, box.height * mm, radius * mm, stroke=0, fill=1)
        case Text():
            _write(canvas, mark, height)
        case Photo(box, example):
            size = round(box.width * PIXELS_A_MM), round(box.height * PIXELS_A_MM)
            jpeg = ImageReader(BytesIO(halves_jpeg(example, size)))
            left, bottom = box.left * mm, (height - box.bottom) * mm
            canvas.drawImage(jpeg, left, bottom, box.width * mm, box.height * mm)
        case Code():
            _code(canvas, mark, height)


def _write(canvas: Canvas, text: Text, height: float) -> None:
    canvas.setFillColor(HexColor(text.colour))
    canvas.setStrokeColor(HexColor(text.colour))
    left = text.left
    for name, run in Lettering(text.weight, MEASURED_AT).runs(text.text):
        stroke = FALLBACK_STROKE[text.weight] * text.size if name == FALLBACK else 0.0
        canvas.setFont(embedded(name), text.size * mm)
        canvas.setLineWidth(2 * stroke * mm)
        # Text rendering modes of ISO 32000-1, 9.3.6: filled, and outlined as well.
        canvas.drawString(left * mm, (height - text.baseline) * mm, run, mode=2 if stroke else 0)
        left += pdfmetrics.stringWidth(run, embedded(name), text.size)


def _code(canvas: Canvas, code: Code, height: float) -> None:
    matrix = qr_matrix(code.url, correction=sturdiest(code.url))
    module = code.box.width / len(matrix)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        bottom = height - code.box.top - (row + 1) * module
        for at, width in dark_runs(modules):
            path.rect((code.box.left + at * module) * mm, bottom * mm, width * module * mm, module * mm)
    canvas.setFillColor(HexColor(code.colour))
    canvas.drawPath(path, stroke=0, fill=1)
    box = (code.box.left, height - code.box.bottom, code.box.right, height - code.box.top)
    canvas.linkURL(code.url, tuple(edge * mm for edge in box))


@cache
def embedded(name: str) -> str:
    """Make a font file known, once a process."""
    pdfmetrics.registerFont(TTFont(name, BytesIO(print_file(name))))
    return name
