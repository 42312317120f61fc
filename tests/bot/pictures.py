"""Pictures and the pieces of files that the corpus is put together from."""

import io
import struct
import zlib

import numpy as np
from PIL import Image

import bot.pixels.intake  # noqa: F401  # registers the HEIC opener, whose encoder is used here

Colour = tuple[int, int, int]
Corners = tuple[Colour, Colour, Colour, Colour]

COLOURS: Corners = ((220, 30, 30), (30, 180, 60), (40, 60, 220), (240, 220, 40))
"""Of the quarters: top left, top right, bottom left, bottom right."""
GREYS: Corners = ((87, 87, 87), (121, 121, 121), (72, 72, 72), (205, 205, 205))
"""The same as ITU-R BT.601 luma."""
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
SECRET = b"Aunt-Rosa-at-home-52.5200N"
"""Written into every metadata block: it must never be found again."""


def marked(width: int = 96, height: int = 128, mode: str = "RGB") -> Image.Image:
    """Four coloured quarters."""
    image = Image.new("RGB", (width, height))
    half_x, half_y = width // 2, height // 2
    for index, colour in enumerate(COLOURS):
        x, y = index % 2 * half_x, index // 2 * half_y
        image.paste(colour, (x, y, width if x else half_x, height if y else half_y))
    return image if mode == "RGB" else image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image as a file of this kind."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int | None = None) -> Image.Exif:
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return exif


def xmp(orientation: int) -> bytes:
    """An XMP packet with an orientation and the secret."""
    return (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
        b' tiff:Orientation="%d" tiff:Artist="%s"/></rdf:RDF></x:xmpmeta>' % (orientation, SECRET)
    )


# How an upright picture is stored so that a reader that obeys the tag sees it upright again.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def stored(orientation: int, image: Image.Image | None = None) -> Image.Image:
    image, turn = image or marked(), STORED[orientation]
    return image if turn is None else image.transpose(turn)


def without_segment(jpeg: bytes, marker: int) -> bytes:
    at = jpeg.index(bytes([0xFF, marker]))
    return jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2 : at + 4]) :]


def with_segment(jpeg: bytes, marker: int, payload: bytes) -> bytes:
    return jpeg[:2] + bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2) + payload + jpeg[2:]


def display_p3(space: bytes = b"RGB ") -> bytes:
    """A matrix profile (ICC.1:2022 § 7, 10) with Display P3's primaries, adapted to D50, and sRGB's curve."""
    fixed = [round(value * 65536) for value in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)]
    curve = b"para\0\0\0\0\0\3\0\0" + struct.pack(">5i", *fixed)
    points = {b"rXYZ": (0.51512, 0.2412, -0.00105), b"gXYZ": (0.29198, 0.69225, 0.04189)}
    points |= {b"bXYZ": (0.1571, 0.06657, 0.78407), b"wtpt": (0.9642, 1.0, 0.82491)}
    tags = {
        tag: b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in xyz))
        for tag, xyz in points.items()
    }
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC", b"kTRC"), curve)
    table, body = struct.pack(">I", len(tags)), b""
    for tag, content in tags.items():
        table += tag + struct.pack(">2I", 132 + 12 * len(tags) + len(body), len(content))
        body += content
    head = struct.pack(
        ">I4sI4s4s4s12s4s", 0, b"none", 0x04000000, b"mntr", space, b"XYZ ", bytes(12), b"acsp"
    )
    head = head.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    profile = head.ljust(128, b"\0") + table + body
    return struct.pack(">I", len(profile)) + profile[4:]


def p3_to_srgb(colour: Colour) -> Colour:
    """By the matrix of CSS Color 4 § 10.9, clipped."""
    matrix = ((1.2249402, -0.2249402, 0.0), (-0.0420570, 1.0420570, 0.0), (-0.0196376, -0.0786361, 1.0982736))
    linear = [((v / 255 + 0.055) / 1.055) ** 2.4 if v > 10 else v / 255 / 12.92 for v in colour]
    mixed = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in matrix]
    red, green, blue = (
        round(255 * (1.055 * v ** (1 / 2.4) - 0.055 if v > 0.0031308 else 12.92 * v)) for v in mixed
    )
    return red, green, blue


def seen_through(alpha: Image.Image) -> Image.Image:
    """The quarters, opaque where ``alpha`` is white."""
    image = marked(mode="RGBA")
    image.putalpha(alpha)
    return image


def hole() -> Image.Image:
    """Opaque but for the top left quarter."""
    alpha = Image.new("L", (96, 128), 255)
    alpha.paste(0, (0, 0, 48, 64))
    return alpha


def png_file(header: bytes, rows: bytes, *, extra: bytes = b"") -> bytes:
    """A PNG by hand: IHDR's thirteen bytes, the filtered rows, and chunks between the two."""
    chunks = (
        png_chunk(b"IHDR", header) + extra + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


def png_chunk(kind: bytes, payload: bytes) -> bytes:
    """Length, kind, payload, CRC (PNG 3rd edition § 5.3)."""
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def png_header(width: int, height: int, depth: int, colour: int, interlaced: int = 0) -> bytes:
    """IHDR's payload."""
    return struct.pack(">2I5B", width, height, depth, colour, 0, 0, interlaced)


def rows(samples: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> bytes:
    return b"".join(b"\0" + row.tobytes() for row in samples)
