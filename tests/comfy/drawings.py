"""A filter that misbehaves by order: the style says how."""

import hashlib
import os
import signal
import tempfile
import time
from pathlib import Path

from bot.nouns import StyleId
from comfy.drawing import draw


def previewed(photo: bytes) -> Path:
    """What the drawing leaves when it has made a photo's preview."""
    return Path(tempfile.gettempdir()) / f"preview-{hashlib.sha256(photo).hexdigest()}"


def preview_first(style: StyleId, photo: bytes, seed: int, preview_px: int | None) -> bytes:
    """The picture takes as long as its preview needs, however busy the machine is."""
    if preview_px is not None:
        preview = draw(style, photo, seed, preview_px)
        previewed(photo).touch()
        return preview
    while not previewed(photo).exists():
        time.sleep(0.005)
    previewed(photo).unlink()
    return draw(style, photo, seed, None)


def moody(style: StyleId, photo: bytes, seed: int, preview_px: int | None) -> bytes:
    match style:
        case "exits":
            os._exit(1)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "stuck" if preview_px is None:
            time.sleep(600)
        case "plain":
            return photo
        case "hungry":
            return bytes(1 << 30)
        case "gone":
            return draw(StyleId("no-such-filter"), photo, seed, preview_px)
    return draw(StyleId("warhol"), photo, seed, preview_px)
