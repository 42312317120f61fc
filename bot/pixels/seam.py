"""Photo and picture joined along a slanted seam: what the before-and-after card and the wipe loop share."""

from PIL import Image, ImageDraw

NIGHT, CYAN, PINK, PAPER = "#11121e", "#22d3ee", "#ff3b7b", "#faf7f0"

_OVERSAMPLED = 2  # for smooth edges

Point = tuple[float, float]


def joined(first: Image.Image, second: Image.Image, start: Point, end: Point, line_px: int) -> Image.Image:
    """The first picture left of a line, or above it, the second on its other side, paper between them.

    Args:
        first: RGB.
        second: RGB, of the same size.
        start: A point on the line, at the top edge or above; or at the left edge or before it.
        end: A point at the opposite edge or beyond it.
        line_px: How wide the line is.
    """
    width, height = first.size
    scale = _OVERSAMPLED
    upright = abs(end[1] - start[1]) >= abs(end[0] - start[0])
    corners: tuple[Point, Point] = (
        ((-width, end[1]), (-width, start[1])) if upright else ((end[0], -height), (start[0], -height))
    )
    side = Image.new("L", (width * scale, height * scale))
    ImageDraw.Draw(side).polygon(_scaled(start, end, *corners), fill=255)
    line = Image.new("L", side.size)
    ImageDraw.Draw(line).line(_scaled(start, end), fill=255, width=line_px * scale)
    both = Image.composite(first, second, side.reduce(scale))
    both.paste(PAPER, mask=line.reduce(scale))
    return both


def rounded(size: tuple[int, int], radius: int) -> Image.Image:
    """The mask of a rectangle with round corners."""
    scale = _OVERSAMPLED
    mask = Image.new("L", (size[0] * scale, size[1] * scale))
    edge = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(edge, radius * scale, fill=255)
    return mask.reduce(scale)


def _scaled(*points: Point) -> list[Point]:
    return [(x * _OVERSAMPLED, y * _OVERSAMPLED) for x, y in points]
