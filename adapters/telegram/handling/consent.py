"""Share, unshare and the name beside it: pressed under a picture by the person in it."""

from collections.abc import Mapping
from types import MappingProxyType

from adapters.telegram.buttons import Verb
from adapters.telegram.events import Sender
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.where import guest_key
from bot.cards import standing
from bot.nouns import JobId

OF_SHARING = frozenset({Verb.SHARE, Verb.UNSHARE, Verb.NAME, Verb.UNNAME})
_ANSWERS: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.SHARE: "told-shared",
        Verb.UNSHARE: "told-unshared",
        Verb.NAME: "told-named",
        Verb.UNNAME: "told-unnamed",
    }
)


class Consent:
    """Does what the person in a picture has pressed; the job's own card says the rest."""

    def __init__(self, foyer: Foyer) -> None:
        """Work in this foyer."""
        self._foyer = foyer

    async def handle(self, sender: Sender, verb: Verb, job: JobId, language: str) -> str:
        """Do it, and return the answer to the press.

        Raises:
            GuestError: it is not theirs to share, or not possible now.
        """
        sharing, guest = self._foyer.booth.sharing, guest_key(sender.user)
        if verb is Verb.UNSHARE:
            await sharing.unshare(guest, job)
            return self._foyer.words.say(language, _ANSWERS[verb])
        share = await sharing.share(guest, job, sender.name if verb is Verb.NAME else "")
        if verb is Verb.NAME and not share.name:
            return self._foyer.words.say(language, "told-no-name")
        key = _ANSWERS[verb] if share.state == "shown" else standing(share.state, named=bool(share.name))
        return self._foyer.words.say(language, key)
