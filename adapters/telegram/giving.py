"""Keepsakes of a picture, and whether pictures get a frame: the choices under a picture, and ``/frame``."""

import time
from collections import OrderedDict

from telegram import InputFile

from adapters.telegram.errors import Reason, Refused, Unreachable
from adapters.telegram.events import Command, Press
from adapters.telegram.foyer import Foyer
from adapters.telegram.keyboards import of_keepsakes
from adapters.telegram.pad import message_key
from adapters.telegram.sender import Letter
from adapters.telegram.where import Where
from adapters.wishes import on_or_off
from bot.keepsakes import Kind
from bot.nouns import GuestKey, Job, JobId, JobView, Picture

LOOP_FILE = "petaflop.gif"  # by its end Telegram knows an animation
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
        """Make one and send it below the picture; return what the press is answered with.

        Raises:
            GuestError: with the sentence of what is wrong.
            DeliveryError: it surely hasn't arrived, and may be given later.
        """
        key = (view.job.id, kind)
        if time.monotonic() - self._given.get(key, -SAME_S) < SAME_S:
            return ""
        made = await self._foyer.booth.keepsakes.make(view.job.guest, view.job.id, kind, "gif")
        said = await self._sent(
            press, _letter(made, self._foyer.words.say(view.job.language, f"keepsake-{kind}"))
        )
        self._remember(key)
        return "" if said is None else self._foyer.words.say(view.job.language, said)

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

    async def _sent(self, press: Press, letter: Letter) -> str | None:
        """Send it once; return the key of what there is to say, None where all is well."""
        spot, sender = press.spot, self._foyer.hands.sender
        try:
            await sender.send(spot.chat, Where(spot.message, spot.thread), letter)
        except Refused as error:
            return "telegram-no-rights" if error.reason is Reason.NO_RIGHTS else "error-unexpected"
        except Unreachable as error:
            if error.unsent:
                raise
            return "telegram-keepsake-lost"
        return None

    def _remember(self, key: tuple[JobId, Kind]) -> None:
        self._given[key] = time.monotonic()
        self._given.move_to_end(key)
        if len(self._given) > REMEMBERED:
            self._given.popitem(last=False)


def _letter(made: Picture, words: str) -> Letter:
    if made.media_type == "image/gif":
        return Letter(words, loop=InputFile(made.data, LOOP_FILE, read_file_handle=False))
    return Letter(words, picture=made.data)
