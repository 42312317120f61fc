"""Renders the guest page's style previews anew: ``python -m tests.make_previews`` (or ``make previews``).

Each instant filter is drawn by our own code over one of the two shipped portraits, in turn, cropped to the
face. A graph style gets no picture here: its preview comes from the server that renders it.
"""

from io import BytesIO
from itertools import cycle
from pathlib import Path

from PIL import Image

from adapters.web.assets import STATIC
from comfy.catalogue import load_catalogue
from workflows.filters import apply_filter
from workflows.portraits import portrait

SIDE = 264  # a phone shows 110 CSS pixels at two or three device pixels each; some 10 kB
DRAWN_SIDE = 640  # drawn larger and shrunk, the lines come out as in a picture of full size
QUALITY = 54
SEED = 7
FACES = {"collins": (0.12, 0.0, 0.74), "hopper": (0.13, 0.02, 0.78)}  # left, top and side, in widths

CLOSER = frozenset({"oil", "lowpoly", "terminal", "film"})  # their strokes vanish in a small tile
CLOSE_UPS = {"collins": (0.2, 0.02, 0.58), "hopper": (0.22, 0.1, 0.58)}  # as above, of the drawn square


def face(name: str) -> Image.Image:
    """A portrait's square around the face, ``DRAWN_SIDE`` pixels."""
    with Image.open(BytesIO(portrait(name))) as whole:
        left, top, side = (share * whole.width for share in FACES[name])
        return whole.convert("RGB").resize(
            (DRAWN_SIDE, DRAWN_SIDE), Image.Resampling.LANCZOS, (left, top, left + side, top + side)
        )


def make_previews(folder: Path) -> list[Path]:
    """Write one WebP a filter style into the folder, and nothing else into it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.webp"):
        old.unlink()
    return [
        _write(folder / f"{style.id}.webp", style.id, name)
        for style, name in zip(load_catalogue().filters, cycle(FACES), strict=False)
    ]


def _write(path: Path, style: str, name: str) -> Path:
    picture = apply_filter(style, face(name), SEED)
    shares = CLOSE_UPS[name] if style in CLOSER else (0.0, 0.0, 1.0)
    left, top, side = (share * DRAWN_SIDE for share in shares)
    small = picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS, (left, top, left + side, top + side))
    small.save(path, "WEBP", quality=QUALITY, method=6)
    return path


if __name__ == "__main__":
    for made in make_previews(STATIC / "previews"):
        print(made.name, made.stat().st_size)  # noqa: T201 # this script's result
