"""The herald: news for maintainers, each in their own language, in their own chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards import Address
from bot.nouns import ChatKey, GuestKey
from bot.office.crew import Crew
from bot.replies import Key
from bot.store.guests import GuestStore
from bot.store.notes import Note
from bot.words import DEFAULT_LANGUAGE, Words
from bot.work.messenger import Messenger


@dataclass(frozen=True, slots=True)
class Herald:
    """Finds out who is to be told, and how they speak."""

    crew: Crew
    guests: GuestStore
    messenger: Messenger
    words: Words

    async def to_crew(
        self, key: str, keys: Sequence[tuple[str, str]] = (), **values: str | int | float
    ) -> Sequence[Note]:
        """The sentence of ``key`` for every maintainer, to be kept in the transaction of what it tells of.

        ``keys`` are the console's: the name of each one's words, and its data.
        Once that is committed, :meth:`ring` has it sent.
        """
        return [await self._note(one.guest, key, values, keys) for one in await self.crew.everybody()]

    async def ring(self) -> None:
        """There are notes to be sent."""
        await self.messenger.wake()

    async def tell_crew(
        self, key: str, keys: Sequence[tuple[str, str]] = (), **values: str | int | float
    ) -> None:
        """Tell every maintainer the sentence of ``key``, with keys as in :meth:`to_crew`."""
        for note in await self.to_crew(key, keys, **values):
            await self.messenger.post(note)

    async def tell(self, guest: GuestKey, key: str, **values: str | int | float) -> None:
        """Tell one of them; ``style`` among the values is a style's id."""
        await self.messenger.post(await self._note(guest, key, values))

    async def _note(
        self,
        guest: GuestKey,
        key: str,
        values: Mapping[str, str | int | float],
        keys: Sequence[tuple[str, str]] = (),
    ) -> Note:
        language = await self.guests.language_of(guest) or DEFAULT_LANGUAGE
        row = tuple(Key(self.words.say(language, f"key-{name}"), target) for name, target in keys)
        words = self.words.say(language, key, **values)
        return Note(Address(ChatKey(guest)), words, lasts=True, keys=row)
