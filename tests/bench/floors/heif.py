"""Pillow with its HEIC plugin alone; importing this module registers it."""

import pillow_heif

from tests.bench.floors.pillow import reduced

THREADS = 2  # as many as our intake gives the decoder

pillow_heif.register_heif_opener(decode_threads=THREADS)


def reduced_heic(photo: bytes, pixels: int, quality: int) -> bytes:
    """Decode, shrink, encode."""
    return reduced(photo, pixels, quality)
