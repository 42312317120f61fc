"""Odd files for the intake, all made in code: what phones send, what chats break, and what mischief tries.

Every good one shows four coloured quarters when upright, so that a turned or mirrored result is noticed.
"""

import base64
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, PngImagePlugin

from bot.errors import (
    NotAPicture,
    PhotoDamaged,
    PhotoError,
    PhotoOddShape,
    PhotoTooManyPixels,
    PhotoTooSmall,
)
from tests.bot.pictures import (
    BLACK,
    COLOURS,
    GREYS,
    SECRET,
    STORED,
    WHITE,
    Corners,
    display_p3,
    encoded,
    exif,
    hole,
    marked,
    p3_to_srgb,
    png_chunk,
    png_file,
    png_header,
    rows,
    seen_through,
    stored,
    with_segment,
    without_segment,
    xmp,
)


@dataclass(frozen=True)
class Odd:
    """One file with what the intake has to say to it: an error, or a size and the colours of its corners."""

    name: str
    data: bytes = field(repr=False)
    error: type[PhotoError] | None = None
    size: tuple[int, int] | None = (96, 128)
    corners: Corners | None = COLOURS


def _jpegs() -> Iterator[Odd]:
    picture = marked()
    yield Odd("jpeg", encoded(picture, "JPEG"))
    yield Odd("jpeg-progressive", encoded(picture, "JPEG", progressive=True))
    yield Odd("jpeg-444-optimised", encoded(picture, "JPEG", subsampling=0, optimize=True))
    yield Odd("jpeg-restarts", encoded(picture, "JPEG", restart_marker_blocks=1))
    yield Odd("jpeg-grey", encoded(marked(mode="L"), "JPEG"), corners=GREYS)
    cmyk = encoded(marked(mode="CMYK"), "JPEG", quality=95)
    yield Odd("jpeg-cmyk-adobe-inverted", cmyk)
    yield Odd("jpeg-cmyk-without-adobe-marker", without_segment(cmyk, 0xEE))
    yield Odd("jpeg-arithmetic", base64.b64decode(_ARITHMETIC_JPEG))
    other = Image.new("RGB", picture.size, "black")
    yield Odd("mpo-first-of-two", encoded(picture, "MPO", save_all=True, append_images=[other]))


def _turned() -> Iterator[Odd]:
    for orientation in STORED:
        yield Odd(f"jpeg-exif-{orientation}", encoded(stored(orientation), "JPEG", exif=exif(orientation)))
    yield Odd("jpeg-exif-0", encoded(marked(), "JPEG", exif=exif(0)))
    yield Odd("jpeg-exif-42", encoded(marked(), "JPEG", exif=exif(42)))
    yield Odd("jpeg-xmp-6", encoded(stored(6), "JPEG", xmp=xmp(6)))
    yield Odd("png-exif-8", encoded(stored(8), "PNG", exif=exif(8)))
    yield Odd("webp-exif-6", encoded(stored(6), "WEBP", exif=exif(6)))
    yield Odd("avif-irot-6", encoded(stored(6), "AVIF", exif=exif(6)))
    yield Odd("avif-imir-5", encoded(stored(5), "AVIF", exif=exif(5)))
    yield Odd("heic-irot-6", encoded(stored(6), "HEIF", exif=exif(6).tobytes()))
    # ISO/IEC 23008-12: without a property of the container the tag means nothing; readers ignore it.
    sideways = COLOURS[1], COLOURS[3], COLOURS[0], COLOURS[2]
    tagged = encoded(stored(6), "HEIF", exif=exif(6))
    yield Odd("heic-exif-6-without-irot", tagged, size=(128, 96), corners=sideways)
    yield Odd("heic-imir-7", encoded(stored(7), "HEIF", exif=exif(7).tobytes()))
    large = encoded(stored(6, marked(1200, 1600)), "JPEG", exif=exif(6))
    yield Odd("jpeg-exif-6-large", large, size=(880, 1168))


def _metadata() -> Iterator[Odd]:
    yield Odd("jpeg-gps-and-comment", encoded(marked(), "JPEG", exif=exif(), comment=SECRET))
    yield Odd("jpeg-broken-exif", encoded(marked(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f" + SECRET))
    yield Odd("jpeg-xmp-no-xml", encoded(marked(), "JPEG", xmp=b"tiff:Orientation=\xff\xfe<" + SECRET))
    yield Odd("jpeg-app13", with_segment(encoded(marked(), "JPEG"), 0xED, b"Photoshop 3.0\0" + SECRET))
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET.decode(), zip=True)
    text.add_itxt("XML:com.adobe.xmp", xmp(1).decode())
    yield Odd("png-texts", encoded(marked(), "PNG", pnginfo=text))
    yield Odd("webp-gps-xmp", encoded(marked(), "WEBP", exif=exif(), xmp=xmp(1)))
    yield Odd("heic-gps-xmp", encoded(marked(), "HEIF", exif=exif(), xmp=xmp(1)))
    yield Odd("gif-comment", encoded(marked(), "GIF", comment=SECRET))


def _profiles() -> Iterator[Odd]:
    p3, grey = display_p3(), display_p3(space=b"GRAY")
    corners = tuple(p3_to_srgb(colour) for colour in COLOURS)
    for kind, options in (
        ("JPEG", {"subsampling": 0}),
        ("PNG", {}),
        ("WEBP", {}),
        ("HEIF", {}),
        ("AVIF", {}),
    ):
        data = encoded(marked(), kind, icc_profile=p3, quality=95, **options)
        yield Odd(
            f"{kind.lower()}-display-p3", data, corners=(corners[0], corners[1], corners[2], corners[3])
        )
    yield Odd("jpeg-profile-is-noise", encoded(marked(), "JPEG", icc_profile=SECRET * 9))
    yield Odd("jpeg-profile-is-cut", encoded(marked(), "JPEG", icc_profile=p3[:200]))
    yield Odd("png-profile-of-another-space", encoded(marked(), "PNG", icc_profile=grey))


HOLED: Corners = (WHITE, *COLOURS[1:])
HOLED_GREYS: Corners = (WHITE, *GREYS[1:])


def _pngs() -> Iterator[Odd]:
    holed = seen_through(hole())
    yield Odd("png", encoded(marked(), "PNG"))
    yield Odd("png-alpha", encoded(holed, "PNG"), corners=HOLED)
    yield Odd("png-grey-alpha", encoded(holed.convert("LA"), "PNG"), corners=HOLED_GREYS)
    yield Odd("png-grey", encoded(marked(mode="L"), "PNG"), corners=GREYS)
    palette = marked().quantize(8)
    yield Odd("png-palette", encoded(palette, "PNG"))
    clear = palette.getpixel((4, 4))
    yield Odd("png-palette-key", encoded(palette, "PNG", transparency=clear), corners=HOLED)
    alphas = bytes(0 if index == clear else 255 for index in range(8))
    yield Odd("png-palette-alphas", encoded(palette, "PNG", transparency=alphas), corners=HOLED)
    yield Odd("png-key-colour", encoded(marked(), "PNG", transparency=COLOURS[0]), corners=HOLED)
    yield Odd("png-grey-key", encoded(marked(mode="L"), "PNG", transparency=GREYS[0][0]), corners=HOLED_GREYS)
    bits = hole().convert("1")
    yield Odd("png-1-bit", encoded(bits, "PNG"), corners=(BLACK, WHITE, WHITE, WHITE))
    late = [Image.new("RGB", (96, 128), shade) for shade in ("black", "white")]
    yield Odd("apng", encoded(marked(), "PNG", save_all=True, append_images=late))


def _deep_pngs() -> Iterator[Odd]:
    colour = (np.asarray(marked()).astype(">u2") * 257).astype(">u2")
    grey = (np.asarray(marked(mode="L")).astype(">u2") * 257).astype(">u2")
    alpha = (np.asarray(hole()).astype(">u2") * 257).astype(">u2")
    yield Odd("png-16-bit", png_file(png_header(96, 128, 16, 2), rows(colour)))
    yield Odd("png-16-bit-grey", png_file(png_header(96, 128, 16, 0), rows(grey)), corners=GREYS)
    both = np.dstack([grey, alpha])
    yield Odd("png-16-bit-grey-alpha", png_file(png_header(96, 128, 16, 4), rows(both)), corners=HOLED_GREYS)
    four = np.dstack([colour, alpha])
    yield Odd("png-16-bit-alpha", png_file(png_header(96, 128, 16, 6), rows(four)), corners=HOLED)
    wide = np.tile(np.repeat(grey, 10, axis=0), 1).repeat(10, axis=1)
    large = png_file(png_header(960, 1280, 16, 0), rows(wide))
    yield Odd("png-16-bit-grey-large", large, size=(880, 1168), corners=GREYS)
    eight = np.asarray(marked())
    # Adam7, PNG 3rd edition § 8.1: first column, first row, column step, row step.
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    scans = b"".join(rows(np.ascontiguousarray(eight[y::dy, x::dx])) for x, y, dx, dy in passes)
    yield Odd("png-interlaced", png_file(png_header(96, 128, 8, 2, 1), scans))


def _webps() -> Iterator[Odd]:
    yield Odd("webp", encoded(marked(), "WEBP", quality=90))
    yield Odd("webp-lossless", encoded(marked(), "WEBP", lossless=True))
    yield Odd("webp-alpha", encoded(seen_through(hole()), "WEBP", lossless=True), corners=HOLED)
    late = [Image.new("RGB", (96, 128), "black")]
    yield Odd("webp-animated", encoded(marked(), "WEBP", save_all=True, append_images=late))


def _gifs() -> Iterator[Odd]:
    yield Odd("gif", encoded(marked(), "GIF"))
    yield Odd("gif-87a-interlaced", encoded(marked().quantize(8), "GIF", interlace=1))
    late = [Image.new("RGB", (96, 128), shade) for shade in ("black", "white")]
    yield Odd("gif-animated", encoded(marked(), "GIF", save_all=True, append_images=late))
    palette = marked().quantize(8)
    clear = palette.getpixel((4, 4))
    yield Odd("gif-key", encoded(palette, "GIF", transparency=clear, optimize=False), corners=HOLED)
    still = encoded(marked(), "GIF")
    wide = still[:6] + struct.pack("<2H", 192, 256) + still[10:]
    yield Odd("gif-frame-smaller-than-canvas", wide, size=(192, 256), corners=None)
    yield Odd("gif-without-trailer", still[:-1])


def _bmps() -> Iterator[Odd]:
    yield Odd("bmp", encoded(marked(), "BMP"))
    yield Odd("bmp-palette", encoded(marked().quantize(8), "BMP"))
    yield Odd("bmp-grey", encoded(marked(mode="L"), "BMP"), corners=GREYS)
    yield Odd("bmp-1-bit", encoded(hole().convert("1"), "BMP"), corners=(BLACK, WHITE, WHITE, WHITE))
    yield Odd("bmp-32-bit", encoded(marked(mode="RGBA"), "BMP"))


def _containers() -> Iterator[Odd]:
    holed = seen_through(hole())
    yield Odd("avif", encoded(marked(), "AVIF", quality=90))
    yield Odd("avif-grey", encoded(marked(mode="L"), "AVIF"), corners=GREYS)
    yield Odd("avif-alpha", encoded(holed, "AVIF", quality=95, subsampling="4:4:4"), corners=HOLED)
    yield Odd("avif-10-bit", base64.b64decode(_AVIF_10_BIT))
    yield Odd("avif-animated", encoded(marked(), "AVIF", save_all=True, append_images=[marked(mode="L")]))
    yield Odd("heic", encoded(marked(), "HEIF", quality=90))
    yield Odd("heic-alpha", encoded(holed, "HEIF", quality=95), corners=HOLED)
    grey = Image.fromarray(np.asarray(marked(mode="L")).astype(np.uint16) * 257)
    yield Odd("heic-10-bit-grey", encoded(grey, "HEIF", quality=90), corners=GREYS)
    mif1 = bytearray(encoded(marked(), "HEIF", quality=90))
    mif1[8:12] = b"mif1"
    yield Odd("heic-as-mif1", bytes(mif1))
    mif1 = bytearray(encoded(marked(), "AVIF", quality=90))
    mif1[8:12] = b"mif1"
    yield Odd("avif-as-mif1", bytes(mif1))


def _sizes() -> Iterator[Odd]:
    for width, height, size in ((64, 64, (64, 64)), (95, 127, (80, 112)), (640, 128, (640, 128))):
        yield Odd(f"jpeg-{width}x{height}", encoded(marked(width, height), "JPEG"), size=size)
    yield Odd("jpeg-12-mp", encoded(marked(4000, 3000), "JPEG"), size=(1168, 880))
    yield Odd("png-3000x600", encoded(marked(3000, 600), "PNG"), size=(2288, 448))
    yield Odd("heic-2000x1500", encoded(marked(2000, 1500), "HEIF"), size=(1168, 880))
    for width, height in ((63, 640), (1, 1), (1, 4000), (63, 63)):
        yield Odd(f"png-{width}x{height}", encoded(marked(width, height), "PNG"), PhotoTooSmall)
    for width, height in ((646, 128), (64, 8000)):
        yield Odd(f"gif-{width}x{height}", encoded(marked(width, height), "GIF"), PhotoOddShape)


def _cut() -> Iterator[Odd]:
    """Uploads that ended early. GIF is judged by its first frame alone, so only its middle counts."""
    kinds = {
        "jpeg": encoded(marked(), "JPEG"),
        "jpeg-progressive": encoded(marked(), "JPEG", progressive=True),
        "jpeg-large": encoded(marked(1600, 1200), "JPEG"),
        "png": encoded(marked(), "PNG"),
        "webp": encoded(marked(), "WEBP"),
        "gif": encoded(marked(), "GIF"),
        "bmp": encoded(marked(), "BMP"),
        "avif": encoded(marked(), "AVIF"),
        "heic": encoded(marked(), "HEIF"),
    }
    for kind, whole in kinds.items():
        ends = {"half": len(whole) // 2, "header": 30}
        if kind != "gif":
            ends |= {"1-byte-short": len(whole) - 1, "9-bytes-short": len(whole) - 9}
        for end, length in ends.items():
            yield Odd(f"{kind}-{end}", whole[:length], PhotoDamaged)
    yield Odd("jpeg-signature-only", kinds["jpeg"][:3], PhotoDamaged)
    yield Odd("png-signature-only", kinds["png"][:8], PhotoDamaged)


def _corrupt() -> Iterator[Odd]:
    png = encoded(marked(), "PNG")
    yield Odd("png-header-crc", png[:29] + bytes([png[29] ^ 1]) + png[30:], PhotoDamaged)
    end = png.index(b"IEND") - 8
    yield Odd("png-data-crc", png[:end] + bytes([png[end] ^ 1]) + png[end + 1 :], PhotoDamaged)
    yield Odd("png-nothing-high", png_file(png_header(96, 0, 8, 2), b""), PhotoDamaged)
    yield Odd("png-too-few-rows", png_file(png_header(96, 128, 8, 2), bytes(900)), PhotoDamaged)
    yield Odd("png-palette-missing", png_file(png_header(96, 128, 8, 3), bytes(97 * 128)), PhotoDamaged)
    yield Odd("png-unknown-colour-type", png_file(png_header(96, 128, 8, 5), bytes(900)), PhotoDamaged)
    noise = random.Random(7)
    for kind, magic in (("jpeg", b"\xff\xd8\xff\xe0"), ("gif", b"GIF89a"), ("webp", b"RIFF\x50\1\0\0WEBP")):
        yield Odd(f"{kind}-then-noise", magic + noise.randbytes(333), PhotoDamaged)
    for brand in (b"heic", b"avif"):
        start = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1" + brand
        yield Odd(f"{brand.decode()}-then-noise", start + noise.randbytes(333), PhotoDamaged)
    jpeg = encoded(marked(), "JPEG")
    middle = len(jpeg) * 9 // 10
    # libjpeg paints what it has and goes on: so does every browser.
    yield Odd(
        "jpeg-last-tenth-zeroed", jpeg[:middle] + bytes(len(jpeg) - middle - 2) + b"\xff\xd9", corners=None
    )


def _bombs() -> Iterator[Odd]:
    yield Odd("png-claims-65535x65535", png_file(png_header(65535, 65535, 8, 2), b""), PhotoTooManyPixels)
    yield Odd("png-claims-2147483647x2", png_file(png_header(2**31 - 1, 2, 8, 2), b""), PhotoTooManyPixels)
    yield Odd("png-65-mp", png_file(png_header(10_000, 6_500, 8, 2), b""), PhotoTooManyPixels)
    jpeg = bytearray(encoded(marked(), "JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = b"\xff" * 4
    yield Odd("jpeg-claims-65535x65535", bytes(jpeg), PhotoTooManyPixels)
    gif = encoded(marked(), "GIF")
    yield Odd("gif-claims-65535x65535", gif[:6] + b"\xff" * 4 + gif[10:], PhotoTooManyPixels)
    bmp = encoded(marked(), "BMP")
    yield Odd("bmp-claims-32767x32767", bmp[:18] + b"\xff\x7f\0\0" * 2 + bmp[26:], PhotoTooManyPixels)
    heic = bytearray(encoded(marked(), "HEIF"))
    at = heic.index(b"ispe") + 8
    heic[at : at + 8] = struct.pack(">2I", 30_000, 30_000)
    yield Odd("heic-claims-30000x30000", bytes(heic), PhotoError)
    blank = (b"\0" + b"\xff" * 1000) * 8000
    yield Odd(
        "png-64-mp-of-nothing",
        png_file(png_header(8000, 8000, 1, 0), blank),
        size=(1024, 1024),
        corners=(WHITE,) * 4,
    )
    text = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000), 9))
    pixels = rows(np.asarray(marked()))
    yield Odd("png-text-bomb", png_file(png_header(96, 128, 8, 2), pixels, extra=text), PhotoDamaged)
    profile = png_chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(50_000_000), 9))
    yield Odd("png-profile-bomb", png_file(png_header(96, 128, 8, 2), pixels, extra=profile), PhotoDamaged)


def _strangers() -> Iterator[Odd]:
    """Not pictures, or pictures of a kind that isn't taken."""
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'
    files = {
        "nothing": b"",
        "one-byte": b"\xff",
        "zeros": bytes(4096),
        "text": "Schöne Grüße vom Stand".encode(),
        "text-that-begins-like-bmp": b"BM is what the file begins with, but this is only a sentence.",
        "html": b"<!doctype html><img src=x onerror=alert(1)>",
        "svg": svg,
        "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\nshowpage\n",
        "zip": _zipped(),
        "mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(99),
        "tiff": encoded(marked(), "TIFF"),
        "tiff-16-bit": encoded(Image.fromarray(np.zeros((99, 99), np.uint16)), "TIFF"),
        "tiff-float": encoded(marked(mode="F"), "TIFF"),
        "ppm": encoded(marked(), "PPM"),
        "ico": encoded(marked(), "ICO"),
        "jpeg-2000": encoded(marked(), "JPEG2000"),
        "tga": encoded(marked(), "TGA"),
        "base64-of-a-jpeg": base64.b64encode(encoded(marked(), "JPEG")),
        "jpeg-after-a-newline": b"\n" + encoded(marked(), "JPEG"),
    }
    for name, data in files.items():
        yield Odd(name, data, NotAPicture)


def _zipped(*, before: bytes = b"") -> bytes:
    out = io.BytesIO(before)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("photo.jpg", SECRET)
    return out.getvalue()


def _polyglots() -> Iterator[Odd]:
    jpeg = encoded(marked(), "JPEG")
    yield Odd("jpeg-then-zip", _zipped(before=jpeg))
    yield Odd("png-then-html", encoded(marked(), "PNG") + b"<script>alert(1)</script>" + SECRET)
    yield Odd("gif-then-zip", _zipped(before=encoded(marked(), "GIF")))
    yield Odd("jpeg-then-video", jpeg + b"\0\0\0\x18ftypmp42" + SECRET * 99)
    yield Odd("script-dressed-as-gif", b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)", PhotoError)
    yield Odd("pdf-around-a-jpeg", b"%PDF-1.4\nstream\n" + jpeg + b"\nendstream", NotAPicture)
    yield Odd("tiff-of-a-jpeg", b"II*\0" + jpeg, NotAPicture)


SHELVES: Mapping[str, Callable[[], Iterator[Odd]]] = {
    make.__name__.strip("_"): make
    for make in (
        *(_jpegs, _turned, _metadata, _profiles, _pngs, _deep_pngs, _webps, _gifs, _bmps, _containers),
        *(_sizes, _cut, _corrupt, _bombs, _strangers, _polyglots),
    )
}
"""All of them, by their kind, in a fixed order."""

# Kept as bytes because no encoder that we depend on writes them: jpegtran -arithmetic, avifenc -d 10.
_ARITHMETIC_JPEG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcp"
    "LDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIy"
    "MjIyMjIyMjIyMjIyMjL/yQARCACAAGADAREAAhEBAxEB/8wACgAQEAUBEBEF/9oADAMBAAIRAxEAPwD/AHYmHX4wLtMqe30n"
    "3gnclDzq3kPhEMmhmxz1AbD/ACgM+cTjeaeYCBh7L5ZnwNEqUzKYfiB9Tyx/JFC5icPjIOxgTn4DgRHv8np9ZWjqh3gmabkz"
    "tk3lD/8AS4dYw89X9lmiPgeI/wD1mxafqTimm0Gh6RAU2sjSqbMGwB/SS78NOhayGvC7lD/N00qvKXjKsuct0//Z"
)
_AVIF_10_BIT = (
    "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAAAAAA"
    "AAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAGcAAAAoaWluZgAAAAAAAQAA"
    "ABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAAGAAAACAAAAAEHBpeGkAAAAA"
    "AwoKCgAAAAxhdjFDgQBMAAAAABNjb2xybmNseAABAA0ABoAAAAAXaXBtYQAAAAAAAAABAAEEAQKDBAAAAG9tZGF0EgAKCRgZ"
    "r/9igIaDQjJYEZACSSSRQLRe8+L8UjWMLjPxTCDZY1eoK/GXvAMiV52ZDwabw92LlRAvumgRBcSl/PZDoR8aS37l0xTV5PqU"
    "SpHiaiZLXXt/1533l2J3fKtvi7/KYk1NIA=="
)
