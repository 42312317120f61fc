"""What all handlers share: the booth, ways to say something, and the guest's language."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from telegram import InlineKeyboardMarkup

from adapters.telegram.api.pad import MessageKey, parts_of
from adapters.telegram.api.sender import Letter
from adapters.telegram.events import Sender as Guest
from adapters.telegram.events import Spot
from adapters.telegram.handling.roster import Roster
from adapters.telegram.handling.unasked import Spared
from adapters.telegram.identity import Identity
from adapters.telegram.showing.answers import Answers
from adapters.telegram.showing.chat import TelegramChat
from adapters.telegram.showing.hands import Hands
from adapters.telegram.showing.unveiling import WriteDown
from adapters.telegram.where import chat_key, guest_key, read
from adapters.terms import Terms
from bot.booth import Booth, StyleOffer
from bot.cards import Address
from bot.nouns import ChatKey, GuestKey, Job
from bot.words import Words

SAME_HANDLING_S = 0.5  # clocks of replicas and their database differ by less


@dataclass(frozen=True, slots=True)
class Foyer:
    """Shared by the handlers of one bot."""

    booth: Booth
    chat: TelegramChat
    hands: Hands
    answers: Answers
    words: Words
    identity: Identity
    terms: Terms
    roster: Roster
    spared: Spared = field(default_factory=Spared)
    opened: float = field(default_factory=time.time)

    def is_older(self, job: Job, started: float) -> bool:
        """Whether an earlier try, perhaps before a restart, has written the job: its message may be there.

        Args:
            job: As it was just given by the booth.
            started: When its event's handling began, in seconds since the epoch.
        """
        return job.created < max(self.opened, started - SAME_HANDLING_S)

    async def language(self, guest: Guest) -> str:
        """What the guest chose, else what their app speaks."""
        chosen = await self.booth.language_of(guest_key(guest.user))
        return chosen or self.words.negotiate([guest.language])

    async def recent(self, guest: GuestKey, offers: Sequence[StyleOffer]) -> list[StyleOffer]:
        """The styles that the guest chose last, as far as they are offered."""
        by_id = {offer.id: offer for offer in offers}
        return [by_id[style] for style in await self.booth.recent_styles(guest) if style in by_id]

    async def say(self, spot: Spot, language: str, key: str, **values: str | float) -> None:
        """Answer with the sentence of ``key``.

        Raises:
            DeliveryError: it may be said later.
        """
        await self.answers.say(spot, Letter(self.words.say(language, key, **values)))

    async def ask(self, spot: Spot, language: str, key: str, keyboard: InlineKeyboardMarkup) -> None:
        """Answer with a question and buttons.

        Raises:
            DeliveryError: it may be asked later.
        """
        await self.answers.say(spot, Letter(self.words.say(language, key), keyboard))

    def placing(self, job: Job, language: str) -> WriteDown:
        """Writes down where a picture stands beside its job's own message: it comes down with it.

        What it returns raises UnknownJob where the picture was erased meanwhile: its message is taken back.
        """

        async def write_down(message: MessageKey) -> None:
            where = Address(chat_key(parts_of(message)[0]), message)
            await self.booth.sharing.placed(job.guest, job.id, "keepsake", where, language)

        return write_down

    def note_minds(self, job: Job) -> None:
        """A guest takes a picture back; where it was made unasked, so is none of theirs for a while."""
        if read(job.context).unasked:
            self.spared.spare((job.chat, job.guest))

    async def end_jobs(self, guest: GuestKey, chat: ChatKey) -> None:
        """Cancel what a guest has under way in a chat; each job's own message says so."""
        while (job := await self.booth.latest(guest, chat)) is not None:
            await self.booth.discard(guest, job.id)

    def kept(self, language: str) -> dict[str, str]:
        """How long photos and pictures are kept, in words."""
        return self.terms.kept(self.words, language)
