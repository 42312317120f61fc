"""A sheet as a picture: every mark at so many dots an inch."""

from io import BytesIO

from PIL import Image, ImageDraw

from bot.invites.halves import draw_halves
from bot.invites.marks import Box, Code, Mark, Patch, Photo, Sheet, Text
from bot.pixels.fonts import Lettering
from bot.pixels.qr import dark_runs, qr_matrix, sturdiest

PRINT_DPI = 300
MM_AN_INCH = 25.4
SMOOTHING = 4  # dots a dot for round corners, which Pillow draws with steps


def sheet_png(sheet: Sheet, dpi: float = PRINT_DPI) -> bytes:
    """The sheet as PNG, which knows its size in print."""
    out = BytesIO()
    draw_sheet(sheet, dpi).save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def draw_sheet(sheet: Sheet, dpi: float = PRINT_DPI) -> Image.Image:
    """The sheet in RGB.

    Raises:
        QrTextTooLong: no QR code holds one of its addresses.
        RenderCrashed: an example can't be decoded.
    """
    scale = dpi / MM_AN_INCH
    image = Image.new("RGB", (round(sheet.width * scale), round(sheet.height * scale)), sheet.ground)
    canvas = ImageDraw.Draw(image)
    for mark in sheet.marks:
        _draw(image, canvas, mark, scale)
    return image


def _draw(image: Image.Image, canvas: ImageDraw.ImageDraw, mark: Mark, scale: float) -> None:
    match mark:
        case Patch():
            _patch(image, mark, scale)
        case Text():
            lettering = Lettering(mark.weight, max(1, round(mark.size * scale)))
            lettering.draw(canvas, mark.left * scale, mark.baseline * scale, mark.text, mark.colour)
        case Photo():
            left, top, right, bottom = _edges(mark.box, scale)
            image.paste(draw_halves(mark.example, (right - left, bottom - top)), (left, top))
        case Code():
            _code(canvas, mark, scale)


def _patch(image: Image.Image, patch: Patch, scale: float) -> None:
    left, top, right, bottom = _edges(patch.box, scale)
    size = right - left, bottom - top
    large = Image.new("L", (size[0] * SMOOTHING, size[1] * SMOOTHING), 0)
    radius = patch.radius * scale * SMOOTHING
    ImageDraw.Draw(large).rounded_rectangle((0, 0, large.width - 1, large.height - 1), radius, fill=255)
    image.paste(patch.colour, (left, top), large.resize(size, Image.Resampling.BOX))


def _code(canvas: ImageDraw.ImageDraw, code: Code, scale: float) -> None:
    """Every module the same whole number of dots, as large as the box allows, in its middle."""
    matrix = qr_matrix(code.url, correction=sturdiest(code.url))
    module = max(1, int(code.box.width * scale / len(matrix)))
    inset = (code.box.width * scale - module * len(matrix)) / 2
    left, top = round(code.box.left * scale + inset), round(code.box.top * scale + inset)
    for row, modules in enumerate(matrix):
        for at, width in dark_runs(modules):
            x, y = left + at * module, top + row * module
            canvas.rectangle((x, y, x + width * module - 1, y + module - 1), fill=code.colour)


def _edges(box: Box, scale: float) -> tuple[int, int, int, int]:
    return (
        round(box.left * scale),
        round(box.top * scale),
        round(box.right * scale),
        round(box.bottom * scale),
    )
