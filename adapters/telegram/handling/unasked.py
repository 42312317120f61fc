"""Photos in a group that ask for nothing: taken while it has one style for all, and of nobody who minds."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from adapters.telegram.events import PhotoSent
from adapters.telegram.handling.albums import Albums
from adapters.telegram.where import chat_key, guest_key
from adapters.wishes import declines
from bot.booth import Booth
from bot.guests.moments import STYLE_MINUTES
from bot.nouns import ChatKey, GuestKey, StyleId

REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Spared:
    """Whose photos are left alone in which chat, and which albums, for as long as a group's style lasts.

    It lies in memory only: who has said no is nobody's business afterwards. ``clock`` gives seconds.
    """

    clock: Callable[[], float] = time.monotonic
    _until: OrderedDict[Hashable, float] = field(default_factory=OrderedDict, repr=False)

    def spare(self, whom: Hashable) -> None:
        """Leave them alone from now on."""
        self._until[whom] = self.clock() + 60 * STYLE_MINUTES
        self._until.move_to_end(whom)
        if len(self._until) > REMEMBERED:
            self._until.popitem(last=False)

    def __contains__(self, whom: Hashable) -> bool:
        """Whether they are left alone just now."""
        return self.clock() < self._until.get(whom, 0.0)


class Unasked:
    """Says which of those photos are taken."""

    def __init__(self, booth: Booth, albums: Albums, spared: Spared) -> None:
        """Ask these."""
        self._booth = booth
        self._albums = albums
        self._spared = spared

    async def asked_beside(self, sent: PhotoSent) -> bool:
        """Whether another photo of its album has asked, and was taken."""
        guest, chat = _whose(sent)
        return sent.album is not None and await self._albums.has_asked(guest, chat, sent.album)

    async def style(self, sent: PhotoSent) -> StyleId | None:
        """The style that the group has for all; None where it has none, or this photo isn't taken.

        One with *no* under it isn't, and no later one of its album.
        """
        guest, chat = _whose(sent)
        style = await self._booth.moments.style_of(chat)
        album = (chat, sent.album)
        if style is None or (chat, guest) in self._spared or album in self._spared:
            return None
        if not declines(sent.wish):
            return style
        if sent.album is not None:
            self._spared.spare(album)
        return None


def _whose(sent: PhotoSent) -> tuple[GuestKey, ChatKey]:
    return guest_key(sent.sender.user), chat_key(sent.spot.chat)
