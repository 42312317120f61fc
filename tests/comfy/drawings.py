"""A filter that misbehaves by order: the style says how."""

import os
import signal
import time

from bot.nouns import StyleId
from comfy.embedded import draw


def moody(style: StyleId, photo: bytes, seed: int, preview_px: int | None) -> bytes:
    match style:
        case "exits":
            os._exit(1)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "stuck" if preview_px is None:
            time.sleep(600)
        case "hungry":
            return bytes(1 << 30)
        case "gone":
            return draw(StyleId("no-such-filter"), photo, seed, preview_px)
    return draw(StyleId("warhol"), photo, seed, preview_px)
