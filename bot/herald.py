"""The herald: news for maintainers, each in their own language, in their own chat."""

from dataclasses import dataclass

from bot.crew import Crew
from bot.messenger import Messenger
from bot.nouns import GuestKey
from bot.store.guests import GuestStore
from bot.words import DEFAULT_LANGUAGE, Words


@dataclass(frozen=True, slots=True)
class Herald:
    """Finds out who is to be told, and how they speak."""

    crew: Crew
    guests: GuestStore
    messenger: Messenger
    words: Words

    async def tell_crew(self, key: str, **values: str | int | float) -> None:
        """Tell every maintainer the sentence of ``key``."""
        for maintainer in await self.crew.everybody():
            await self.tell(maintainer.guest, key, **values)

    async def tell(self, guest: GuestKey, key: str, **values: str | int | float) -> None:
        """Tell one of them; ``style`` among the values is a style's id."""
        language = await self.guests.language_of(guest) or DEFAULT_LANGUAGE
        await self.messenger.tell(guest, self.words.say(language, key, **values))
