"""Intake: the bytes that a guest sent become one upright sRGB JPEG of about a megapixel, or a typed error.

Pure and synchronous; :class:`~bot.pixels.children.Children` runs it outside the event loop, where a decoder
that crashes or swallows memory costs one child process.

**What is taken.** What phones, browsers and chats produce: JPEG (progressive, arithmetic, CMYK, MPO), PNG,
WebP, GIF, AVIF, HEIC, and BMP, whose decoder is a page of code. TIFF is not: no phone sends it except as a
camera's raw file, and libtiff has the longest list of vulnerabilities of all of Pillow's codecs. EPS, PDF and
SVG are programs, not pictures. The signature decides, never a file name, and exactly one decoder is tried.

**Order of work.** Header first: the size is judged before anything is decoded. JPEG is then decoded at a
half, quarter or eighth of its size (:meth:`PIL.Image.Image.draft`), everything shrinks before it is
converted, and is turned last, so that the time and memory of a 12 megapixel photo are those of a small one.
The picture is *cropped* to multiples of 16 (what diffusion models want), never stretched.

**Settings of Pillow.** Importing this module registers pillow-heif's opener, without thumbnails and auxiliary
images, and bounds the AVIF and HEIC decoders to :data:`DECODER_THREADS`: each thread's stack counts against a
child's memory. Pillow's own limits (``MAX_IMAGE_PIXELS``, ``LOAD_TRUNCATED_IMAGES``) stay as they are.
"""

import io
import math
import re
import struct
import warnings
import zlib

import pillow_heif
from PIL import AvifImagePlugin, ExifTags, Image, ImageCms, ImageFile

from bot.errors import (
    NotAPicture,
    PhotoDamaged,
    PhotoOddShape,
    PhotoTooManyBytes,
    PhotoTooManyPixels,
    PhotoTooSmall,
)
from bot.nouns import Clean

MAX_PIXELS = 64_000_000
MIN_SIDE_PX = 64
MAX_ASPECT = 5
MULTIPLE_PX = 16
JPEG_QUALITY = 95
DECODER_THREADS = 2

_MIB = 1 << 20
_SRGB = ImageCms.createProfile("sRGB")

# Tried in this order: a `mif1` file is AVIF if it says so among its compatible brands, else HEIC.
# ISO/IEC 14496-12 § 4.3 (ftyp), 23008-12 § 10 (HEIF brands); the others open with a fixed signature.
_SIGNATURES = {
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "GIF": re.compile(rb"GIF8[79]a"),
    "WEBP": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    "AVIF": re.compile(rb".{4}ftyp(?:avi[fs]|m(?:if|sf)1.{4}(?:.{4}){0,8}?avi[fs])", re.DOTALL),
    "HEIF": re.compile(rb".{4}ftyp(?:he(?:i[cxms]|v[cxms])|m(?:if|sf)1)", re.DOTALL),
    # "BM" alone would take any text that begins so: the info header's length follows at byte 14.
    "BMP": re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL),
}
_JPEG_KINDS = frozenset({"JPEG", "MPO"})
# A JPEG marker that has a segment or ends the picture; stuffed bytes and restarts are part of the data.
_JPEG_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd8\xff])")

# Pillow promises no common class for corrupt data; this is what its decoders raise.
_DECODER_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)

# EXIF 2.32 § 4.6.4.A, tag 0x0112: how the stored picture has to be turned to stand upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_PROFILE_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}

pillow_heif.register_heif_opener(
    thumbnails=False, depth_images=False, aux_images=False, decode_threads=DECODER_THREADS
)
AvifImagePlugin.DEFAULT_MAX_THREADS = DECODER_THREADS


def clean(data: bytes, *, max_bytes: int, pixels: int = 1_048_576) -> Clean:
    """Turn a guest's bytes into an upright sRGB JPEG without metadata.

    Args:
        data: The file as it came.
        max_bytes: Most bytes that are looked at.
        pixels: Most pixels of the result, at least 4096; a smaller photo is never enlarged.

    Raises:
        PhotoTooManyBytes: with ``limit_mib``.
        NotAPicture: the signature belongs to no format that is taken.
        PhotoDamaged: the signature is known, but the rest is truncated or corrupt.
        PhotoTooManyPixels: with ``limit_mp``; also when memory runs out.
        PhotoTooSmall: with ``limit_px``.
        PhotoOddShape: with ``limit``, the longest ratio of the sides.
    """
    if len(data) > max_bytes:
        raise PhotoTooManyBytes(limit_mib=round(max_bytes / _MIB, 1))
    try:
        # Pillow warns of oddities that it copes with, and of sizes that are judged here.
        with warnings.catch_warnings(action="ignore"):
            photo = _opened(data)
            _judge(*photo.size)
            _require_end(data, photo.format)
            image = _opaque(_eight_bit(_fitted(_loaded(photo, pixels), pixels)))
            image = _in_srgb(image, photo.info.get("icc_profile")).convert("RGB")
            return _encoded(_upright(image, _orientation(photo)))
    except MemoryError:
        raise PhotoTooManyPixels(limit_mp=MAX_PIXELS // 1_000_000) from None


def warm_up() -> None:
    """Load every codec, as a child should before its first photo."""
    Image.init()


def _opened(data: bytes) -> ImageFile.ImageFile:
    """The photo with its header read and no pixel decoded."""
    known = next((name for name, signature in _SIGNATURES.items() if signature.match(data)), None)
    if known is None:
        raise NotAPicture
    try:
        return Image.open(io.BytesIO(data), formats=[known])
    except Image.DecompressionBombError:
        raise PhotoTooManyPixels(limit_mp=MAX_PIXELS // 1_000_000) from None
    except _DECODER_ERRORS as error:
        raise PhotoDamaged from error


def _judge(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise PhotoTooManyPixels(limit_mp=MAX_PIXELS // 1_000_000)
    if min(width, height) < MIN_SIDE_PX:
        raise PhotoTooSmall(limit_px=MIN_SIDE_PX)
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise PhotoOddShape(limit=MAX_ASPECT)


def _require_end(data: bytes, kind: str | None) -> None:
    """Refuse a cut file that Pillow is content with: it lets the last bytes of these two go missing."""
    if (kind in _JPEG_KINDS and not _jpeg_is_whole(data)) or (kind == "PNG" and not _png_is_whole(data)):
        raise PhotoDamaged


def _jpeg_is_whole(data: bytes) -> bool:
    """Whether the end-of-image marker is there (ITU-T T.81 § B.1.1); a video or an archive may follow it."""
    position = 2
    while found := _JPEG_MARKER.search(data, position):
        if found[1] == b"\xd9":
            return True
        position = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
    return False


def _png_is_whole(data: bytes) -> bool:
    """Whether every chunk that matters has its checksum, up to IEND (PNG 3rd edition § 5.3)."""
    position = 8
    while position + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 8 + length
        if kind[:1].isupper() and data[end : end + 4] != zlib.crc32(data[position + 4 : end]).to_bytes(4):
            return False
        if kind == b"IEND":
            return True
        position = end + 4
    return False


def _loaded(photo: ImageFile.ImageFile, pixels: int) -> Image.Image:
    """The first frame decoded; a JPEG no larger than it takes to fill ``pixels``."""
    width, height = photo.size
    scale = math.sqrt(pixels / (width * height))
    try:
        if scale < 1 and photo.format in _JPEG_KINDS:
            photo.draft(None, (math.ceil(width * scale), math.ceil(height * scale)))
        photo.load()
        return _continuous(photo)
    except _DECODER_ERRORS as error:
        raise PhotoDamaged from error


def _continuous(image: Image.Image) -> Image.Image:
    """Tones that can be averaged, in place of palette entries, key colours and bits."""
    if image.mode.startswith("I"):
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode in {"P", "PA"} or "transparency" in image.info:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _fitted(image: Image.Image, pixels: int) -> Image.Image:
    """Scaled and centre-cropped in one pass to multiples of 16 with at most ``pixels``."""
    width, height = image.size
    scale = math.sqrt(pixels / (width * height))
    if scale >= 1:
        left, top = width % MULTIPLE_PX // 2, height % MULTIPLE_PX // 2
        return image.crop((left, top, left + _floor(width), top + _floor(height)))
    target = _floor(width * scale), _floor(height * scale)
    zoom = max(target[0] / width, target[1] / height)
    seen = min(width, target[0] / zoom), min(height, target[1] / zoom)
    left_edge, top_edge = (width - seen[0]) / 2, (height - seen[1]) / 2
    # Pillow shrinks 16-bit grey only in one step.
    gap = None if image.mode.startswith("I;16") else 2.0
    return image.resize(
        target,
        Image.Resampling.LANCZOS,
        box=(left_edge, top_edge, left_edge + seen[0], top_edge + seen[1]),
        reducing_gap=gap,
    )


def _floor(side: float) -> int:
    return max(MULTIPLE_PX, int(side) // MULTIPLE_PX * MULTIPLE_PX)


def _eight_bit(image: Image.Image) -> Image.Image:
    """16-bit grey by its high bytes; Pillow's own conversion clips instead of scaling."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _opaque(image: Image.Image) -> Image.Image:
    """Over white where it is transparent."""
    if not image.has_transparency_data:
        return image
    image = image.convert("RGBA")
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By the photo's own ICC profile; one that is broken or of another colour space never costs the photo."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space.strip() != _PROFILE_SPACES.get(image.mode):
            return image
        converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, *_DECODER_ERRORS):
        return image
    return converted or image


def _orientation(photo: ImageFile.ImageFile) -> int:
    """1…8 from EXIF, or from XMP where EXIF has none.

    HEIC and AVIF turn by a property of the container: pillow-heif applies it while decoding and clears the
    tag, Pillow's AVIF plugin puts it in the tag's place. Either way the tag says what is left to do.
    """
    try:
        return int(photo.getexif().get(ExifTags.Base.Orientation, 1))
    except _DECODER_ERRORS:
        return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _encoded(image: Image.Image) -> Clean:
    """As JPEG from a fresh image: whatever the photo carried beside its pixels stays behind."""
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return Clean(out.getvalue(), *fresh.size)
