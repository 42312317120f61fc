"""What is made of a renderer's picture, in a child process.

A guest's gets its frame, unless they want none; a trial's stands beside its photo, a preview becomes small.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from bot.errors import RenderCrashed, StyleBroken
from bot.nouns import Job
from bot.pixels.bare import bare_jpeg
from bot.pixels.before_after import Comparison, before_after_jpeg
from bot.pixels.captions import Framing, make_caption
from bot.pixels.children import Children
from bot.pixels.frame import FrameCaption, frame_jpeg
from bot.store.guests import GuestStore
from bot.styles.shelf import Shelf
from bot.words import Words

PREVIEW_SIDE = 512  # px; the sheet shows them at 160 to 480
PREVIEW_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Finisher:
    """Finishes pictures as their jobs ask for."""

    children: Children
    shelf: Shelf
    words: Words
    framing: Framing
    guests: GuestStore

    async def finish(self, job: Job, photo: bytes, picture: bytes) -> bytes:
        """The picture as it is kept and shown.

        Raises:
            RenderCrashed: the renderer's picture can't be decoded.
            ChildLost: it was too much for the child.
        """
        if job.kind == "preview":
            return await self.children.run(small_webp, picture)
        if job.kind == "trial":
            return await self.children.run(before_after_jpeg, photo, picture, self._comparison(job))
        if not await self.guests.framed(job.guest):
            return await self.children.run(bare_jpeg, picture)
        return await self.children.run(frame_jpeg, picture, self._caption(job))

    def _caption(self, job: Job) -> FrameCaption:
        style = None if job.style is None else self.shelf.known(job.style)
        if style is None:
            raise StyleBroken("unknown-style")
        name = self.shelf.name(style.id, job.language)
        day = datetime.fromtimestamp(job.created, tz=UTC).astimezone().date()
        return make_caption(style, name, job.language, day, self.framing, self.words)

    def _comparison(self, job: Job) -> Comparison:
        name = "" if job.style is None else self.shelf.name(job.style, job.language)
        before, after = (self.words.say(job.language, f"trial-{side}") for side in ("before", "after"))
        return Comparison(name, before, after)


def small_webp(picture: bytes) -> bytes:
    """A preview: WebP, at most :data:`PREVIEW_SIDE` pixels a side.

    Raises:
        RenderCrashed: the bytes can't be decoded; its cause is ``unreadable-picture``.
    """
    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG", "WEBP")) as found:
            small = found.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RenderCrashed("unreadable-picture") from error
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "WEBP", quality=PREVIEW_QUALITY, method=4)
    return out.getvalue()
