"""Another picture of a photo that is still here: a job of its own, with a message of its own."""

import time

from adapters.telegram.api.sender import Letter
from adapters.telegram.events import Press
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.showing.chat import Opening
from adapters.telegram.showing.keyboards import of_card
from adapters.telegram.where import Where, written
from bot.nouns import Job, StyleId


class Makings:
    """Makes more of a finished job's photo."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def another(self, press: Press, before: Job, style: StyleId) -> None:
        """Put another picture into the line; its message answers the one that the button stands under.

        Raises:
            UnknownJob: the photo is gone.
            GuestError: the booth takes nothing just now.
            DeliveryError: the message may not be there; asking again is harmless.
        """
        foyer, started = self._foyer, time.time()
        words = foyer.words.say(before.language, "telegram-one-moment")
        where = Where(press.spot.message, press.spot.thread, before.language)
        view = await foyer.booth.again(
            before.guest, before.id, style, event=f"telegram:press:{press.id}", context=written(where)
        )
        if view.job.message is not None:
            return
        foyer.chat.statuses.expect(view.job.id)
        letter = Letter(words, of_card(foyer.booth.card(view), None))
        opening = Opening(letter, again=foyer.is_older(view.job, started))
        with foyer.chat.opening(view.job.id, opening):
            await foyer.booth.show(view.job.guest, view.job.id)
