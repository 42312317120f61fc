"""Cleaning photos: :mod:`bot.intake`, in a child process that a poisoned picture may kill."""

from functools import partial

from bot.children import Children
from bot.errors import ChildLost, PhotoDamaged
from bot.intake import clean


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
            return (await self._children.run(partial(clean, max_bytes=self._max_bytes), photo)).jpeg
        except ChildLost as error:
            raise PhotoDamaged from error
