"""Cleaning photos: :mod:`bot.pixels.intake`, in a child process that a poisoned picture may kill."""

from functools import partial

from bot.errors import ChildLost, PhotoDamaged, PhotoError, PhotoTakesTooLong, PhotoTooManyPixels
from bot.pixels.children import Children
from bot.pixels.intake import MAX_PIXELS, clean


class Cleaner:
    """Cleans photos of at most ``max_bytes``."""

    def __init__(self, children: Children, max_bytes: int) -> None:
        """Clean in these children."""
        self._children = children
        self._max_bytes = max_bytes

    async def clean(self, photo: bytes) -> bytes:
        """The photo as :class:`~bot.nouns.Clean` JPEG.

        Raises:
            PhotoError: it can't be used.
        """
        try:
            return await self._cleaned(photo)
        except ChildLost as error:
            if error.cause != "crashed":
                raise _refusal(error) from error
        try:  # whatever killed the child may have had nothing to do with the photo
            return await self._cleaned(photo)
        except ChildLost as error:
            raise _refusal(error) from error

    async def _cleaned(self, photo: bytes) -> bytes:
        return (await self._children.run(partial(clean, max_bytes=self._max_bytes), photo)).jpeg


def _refusal(error: ChildLost) -> PhotoError:
    if error.cause == "memory":
        return PhotoTooManyPixels(limit_mp=MAX_PIXELS // 1_000_000)
    return PhotoTakesTooLong() if error.cause == "timeout" else PhotoDamaged()
