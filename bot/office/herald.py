"""The herald: news for maintainers, each in their own language, in their own chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards import Address
from bot.nouns import ChatKey, GuestKey
from bot.office.crew import Crew
from bot.replies import Key
from bot.store.guests import GuestStore
from bot.store.notes import Note
from bot.underway.messenger import Messenger
from bot.words import DEFAULT_LANGUAGE, Words


@dataclass(frozen=True, slots=True)
class Crier:
    """Writes news to those who were maintainers a moment ago, also within a transaction: it reads nothing."""

    words: Words
    languages: Sequence[tuple[GuestKey, str]]

    def notes(
        self, key: str, keys: Sequence[tuple[str, str]] = (), **values: str | int | float
    ) -> Sequence[Note]:
        """The sentence of ``key`` for each of them; ``keys`` as in :meth:`Herald.to_crew`."""
        return [self._note(guest, language, key, keys, values) for guest, language in self.languages]

    def _note(
        self,
        guest: GuestKey,
        language: str,
        key: str,
        keys: Sequence[tuple[str, str]],
        values: Mapping[str, str | int | float],
    ) -> Note:
        row = tuple(Key(self.words.say(language, f"key-{name}"), target) for name, target in keys)
        words = self.words.say(language, key, **values)
        return Note(Address(ChatKey(guest)), words, lasts=True, keys=row)


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
        return (await self.for_crew()).notes(key, keys, **values)

    async def for_crew(self) -> Crier:
        """Who writes to every maintainer what is only known within the transaction."""
        return await self._crier([one.guest for one in await self.crew.everybody()])

    async def to(self, guest: GuestKey) -> Crier:
        """Who writes to one of them, likewise; ``style`` among the values is a style's id."""
        return await self._crier([guest])

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
        """Tell one of them, as in :meth:`to`."""
        for note in (await self.to(guest)).notes(key, (), **values):
            await self.messenger.post(note)

    async def _crier(self, guests: Sequence[GuestKey]) -> Crier:
        spoken = [await self.guests.language_of(guest) or DEFAULT_LANGUAGE for guest in guests]
        return Crier(self.words, tuple(zip(guests, spoken, strict=True)))
