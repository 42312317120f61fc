"""Pictures that guests have sent inline: where they stand is written down, so that they can be taken back.

Telegram tells an inline message's id when it is chosen, if BotFather's inline feedback is on for all of them;
else whoever presses its button tells us.
"""

from adapters.telegram.buttons import Likeness, Verb, unpacked
from adapters.telegram.events import Chosen, PressedInline
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.showing.callbacks import Callbacks
from adapters.telegram.showing.retracting import INLINE
from adapters.telegram.where import Where, guest_key, written
from adapters.telegram.wishes import start_link
from bot.cards import Address
from bot.errors import NotYourPhoto, UnknownJob
from bot.invites.payload import Invite
from bot.nouns import JobId

INLINE_PLACE = Invite(place="inline")


class Inlined:
    """Handles what happens to inline messages."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer
        self._callbacks = Callbacks(foyer.hands)

    async def chosen(self, chosen: Chosen) -> None:
        """A guest has sent one of their pictures.

        Raises:
            DeliveryError: it was taken back meanwhile, and can't be replaced just now.
        """
        language = await self._foyer.language(chosen.sender)
        await self._placed(chosen.sender.user, JobId(chosen.result), chosen.message, language)

    async def pressed(self, press: PressedInline) -> None:
        """Somebody wants such a picture, too: they land in a chat of their own with the bot.

        Raises:
            DeliveryError: as for :meth:`chosen`.
        """
        foyer, wish = self._foyer, unpacked(press.data)
        language = await foyer.language(press.sender)
        likeness = None if wish is None or wish.verb is not Verb.LIKEWISE else Likeness.read(wish.argument)
        style = "" if likeness is None else likeness.style
        link = start_link(foyer.identity.me.username, Invite(style=style) if style else INLINE_PLACE)
        self._callbacks.open(press.id, link, foyer.words.say(language, "telegram-not-yours"))
        if wish is not None and wish.job is not None and likeness is not None:
            await self._placed(likeness.sender, wish.job, press.message, language)

    async def _placed(self, sender: int, job: JobId, message: str, language: str) -> None:
        """Write it down; what was erased before we heard of it is taken back at once."""
        where = Address(INLINE, message, written(Where(language=language, home=sender)))
        try:
            await self._foyer.booth.sharing.placed(guest_key(sender), job, "inline", where, language)
        except (UnknownJob, NotYourPhoto):
            await self._foyer.chat.take_back(where, language)
