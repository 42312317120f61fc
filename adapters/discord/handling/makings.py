"""Another picture of a photo that is still here: a job of its own, with a message of its own."""

from adapters.discord.events import Press
from adapters.discord.handling.foyer import Foyer, place
from adapters.discord.handling.photos import PASSING, Photos
from bot.nouns import Job, StyleId


class Makings:
    """Makes more of a job's photo."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer
        self._photos = Photos(foyer)

    async def another(self, press: Press, before: Job, style: StyleId) -> None:
        """Put another picture into the line; the press's answer becomes its message.

        Raises:
            UnknownJob: the photo is gone.
            GuestError: the booth takes nothing just now.
            DeliveryError: the message may not be there; asking again is harmless.
        """
        context = place(press, before.language).write()
        view = await self._foyer.booth.again(before.guest, before.id, style, event=press.key, context=context)
        if view.job.message is None and view.job.state in PASSING:
            await self._photos.open(view)
