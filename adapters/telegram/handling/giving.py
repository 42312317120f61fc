"""Keepsakes of a picture, and whether pictures get a frame: the choices under a picture, and ``/frame``."""

import time
from collections import OrderedDict

from adapters.telegram.api.errors import Reason, Refused
from adapters.telegram.api.pad import MessageKey, Sheet, message_key
from adapters.telegram.api.sender import Letter
from adapters.telegram.events import Command, Press
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.showing.keyboards import of_keepsakes
from adapters.telegram.where import Where
from adapters.wishes import on_or_off
from bot.guests.keepsakes import Kind
from bot.nouns import GuestKey, Job, JobId, JobView

SAME_S = 10.0  # after a keepsake, a press for the same one was made while it was under way
REMEMBERED = 1024


class Giving:
    """Gives keepsakes: each as an answer to its picture's message, once for all presses meanwhile."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer
        self._given: OrderedDict[tuple[JobId, Kind], float] = OrderedDict()

    async def offer(self, press: Press, job: Job) -> None:
        """Show the choices in place of the picture's buttons.

        Raises:
            DeliveryError: the guest presses again.
        """
        keyboard = of_keepsakes(job.id, self._foyer.words, job.language)
        await self._foyer.hands.pad.keyboard(message_key(press.spot.chat, press.spot.message), keyboard)

    async def give(self, press: Press, view: JobView, kind: Kind) -> str:
        """Make one and show it below the picture; return what the press is answered with.

        Words are sent first, and become the keepsake once their message is written down: no face is ever in a
        chat in which we couldn't take it back, and an answer that is lost makes no second one.

        Raises:
            GuestError: with the sentence of what is wrong.
            DeliveryError: it may be given later.
        """
        key, job = (view.job.id, kind), view.job
        if time.monotonic() - self._given.get(key, -SAME_S) < SAME_S:
            return ""
        made = await self._foyer.booth.keepsakes.make(job.guest, job.id, kind, "gif")
        words = self._foyer.words.say(job.language, f"keepsake-{kind}")
        spot = press.spot
        where, letter = Where(spot.message, spot.thread), Letter(words)
        message = await self._foyer.hands.unveiling.open(f"keepsake {press.id}", spot.chat, where, letter)
        if message is None:
            return self._foyer.words.say(job.language, "telegram-keepsake-lost")
        sheet = Sheet(words, None, made.data, moves=made.media_type == "image/gif")
        refused = await self._filled(message, sheet, job)
        _remember(self._given, key, time.monotonic())
        return "" if refused is None else self._foyer.words.say(job.language, refused)

    async def frame(self, command: Command, guest: GuestKey, language: str) -> None:
        """``/frame on`` and ``/frame off`` hold from the next picture on; ``/frame`` says how it is.

        Raises:
            DeliveryError: it may be said later.
        """
        keepsakes = self._foyer.booth.keepsakes
        on = on_or_off(command.words)
        if on is not None:
            await keepsakes.set_frame(guest, on=on)
        framed = await keepsakes.frame_of(guest)
        await self._foyer.say(command.spot, language, f"telegram-frame-{'on' if framed else 'off'}")

    async def _filled(self, message: MessageKey, sheet: Sheet, job: Job) -> str | None:
        """Put the keepsake into its message; return the key of why Telegram won't, None where all is well."""
        try:
            await self._foyer.hands.unveiling.fill(message, sheet, self._foyer.placing(job, job.language))
        except Refused as error:
            return "telegram-no-rights" if error.reason is Reason.NO_RIGHTS else "error-unexpected"
        return None


def _remember(kept: OrderedDict[tuple[JobId, Kind], float], name: tuple[JobId, Kind], value: float) -> None:
    kept[name] = value
    kept.move_to_end(name)
    if len(kept) > REMEMBERED:
        kept.popitem(last=False)
