"""Albums in one style: their photos come one by one, and what is chosen for one is for all.

What belongs together stands in the jobs' own contexts: it is known after a restart, and in any replica.
"""

from collections import OrderedDict
from collections.abc import Sequence

from adapters.telegram.where import read
from bot.booth import Booth
from bot.nouns import ChatKey, GuestKey, Job, StyleId
from bot.states import JobState

MOST = 10  # photos of an album
AMONG = 4 * MOST  # a guest's newest jobs in a chat, among which an album's are looked for
REMEMBERED = 256


class Albums:
    """Knows which photos came as one album. Of one whose first photo was refused it remembers the style."""

    def __init__(self, booth: Booth) -> None:
        """Ask this booth."""
        self._booth = booth
        self._named: OrderedDict[str, StyleId] = OrderedDict()

    async def style(
        self, guest: GuestKey, chat: ChatKey, album: str, named: StyleId | None
    ) -> StyleId | None:
        """The style of an album's photo: the one that is ``named`` under it, else what another one has."""
        if named is not None:
            self._named[album] = named
            if len(self._named) > REMEMBERED:
                self._named.popitem(last=False)
            return named
        chosen = [job.style for job in await self._jobs(guest, chat, album) if job.style is not None]
        return next(iter(chosen), self._named.get(album))

    async def has_asked(self, guest: GuestKey, chat: ChatKey, album: str) -> bool:
        """Whether another photo of it has asked, and was taken."""
        return any(not read(job.context).unasked for job in await self._jobs(guest, chat, album))

    async def beside(self, job: Job) -> Sequence[Job]:
        """The other photos of the same album that wait for a style."""
        album = read(job.context).album
        if album is None:
            return ()
        found = await self._jobs(job.guest, job.chat, album)
        return [one for one in found if one.id != job.id and one.state is JobState.CHOOSING]

    async def _jobs(self, guest: GuestKey, chat: ChatKey, album: str) -> Sequence[Job]:
        newest = await self._booth.newest(guest, chat, AMONG)
        return [job for job in newest if read(job.context).album == album]
