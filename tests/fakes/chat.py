"""A chat that remembers what it was shown, message by message, and can be out of reach."""

import asyncio
from dataclasses import dataclass, field

from bot.cards import Address, Card
from bot.errors import DeliveryError
from bot.nouns import JobId
from bot.states import JobState


@dataclass
class RecordingChat:
    """``outages`` is how many of the next calls fail; each new message gets the next number."""

    name: str = "web"
    outages: int = 0
    shown: list[tuple[str, Card]] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _messages: int = 0

    async def show(self, address: Address, card: Card) -> str:
        if self.outages:
            self.outages -= 1
            raise DeliveryError
        message = address.message or self._new_message()
        async with self.news:
            self.shown.append((message, card))
            self.news.notify_all()
        return message

    def _new_message(self) -> str:
        self._messages += 1
        return f"message {self._messages}"

    def cards(self, job: JobId) -> list[Card]:
        """Everything that was shown of a job, in order."""
        return [card for _, card in self.shown if card.job == job]

    def messages(self, job: JobId) -> set[str]:
        """The messages in which a job was shown."""
        return {message for message, card in self.shown if card.job == job}

    async def until(self, job: JobId, state: JobState) -> Card:
        """The first card of a job in a state."""
        async with self.news:
            await self.news.wait_for(lambda: any(card.state is state for card in self.cards(job)))
        return next(card for card in self.cards(job) if card.state is state)
