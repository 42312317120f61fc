"""Share, unshare and the name beside it: pressed under a picture by the person in it."""

from adapters.discord.api.doors import message_key
from adapters.discord.buttons import Verb
from adapters.discord.events import Press
from adapters.discord.handling.foyer import Foyer
from adapters.discord.where import guest_key
from bot.nouns import JobId


class Consent:
    """Does what the person in a picture has pressed; the picture's own card then shows how it stands."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def handle(self, press: Press, verb: Verb, job: JobId) -> None:
        """Do it; the press opens the card, also where nothing else does.

        Raises:
            GuestError: it is not theirs to share, or not possible now.
            DeliveryError: the answer surely wasn't given, and may be later.
        """
        sharing, key_of = self._foyer.booth.sharing, guest_key(press.guest.user)
        self._foyer.chat.pressed(message_key(press.where.channel, press.message), press.where)
        if verb is Verb.UNSHARE:
            await sharing.unshare(key_of, job)
            await self._say(press, "told-unshared")
        else:
            share = await sharing.share(key_of, job, press.guest.name if verb is Verb.NAME else "")
            if verb is Verb.NAME and not share.name:
                await self._say(press, "told-no-name")

    async def _say(self, press: Press, key: str) -> None:
        language = await self._foyer.language(press)
        await self._foyer.say(press, self._foyer.words.say(language, key))
