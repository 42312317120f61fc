"""A chat that remembers what it was shown, message by message, and can be out of reach."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.cards import Address, Card, Shown
from bot.errors import ChatGone, DeliveryError, PhotoOutOfReach
from bot.exhibits import Exhibit, TakenBack
from bot.nouns import ChatKey, GuestKey, JobId, PhotoRef
from bot.replies import Key
from bot.states import JobState

Answer = bytes | Exception


@dataclass
class RecordingChat:
    """``outages`` is how many of the next calls fail, and ``pause_s`` what they ask for; when it is ``gone``
    all do; nudges fail while they are ``unheard``. Each new message gets the next number.

    ``photos`` says what a fetch gives; of a list one answer each time, the last for ever. ``hold`` keeps
    fetches waiting until it is set, ``slow`` cards and what is hung. ``walls`` is what hangs in feeds now,
    ``standing`` what jobs' messages show now.
    """

    name: str = "web"
    outages: int = 0
    pause_s: float | None = None
    gone: bool = False
    unheard: bool = False
    slow: asyncio.Event | None = None
    asked: int = 0
    shown: list[tuple[str, Card]] = field(default_factory=list)
    standing: dict[str, Card] = field(default_factory=dict)
    nudges: list[tuple[Address, str]] = field(default_factory=list)
    notes: list[tuple[GuestKey, str]] = field(default_factory=list)
    keyed: list[Sequence[Key]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    titles: dict[ChatKey, str] = field(default_factory=dict)
    photos: dict[PhotoRef, Answer | list[Answer]] = field(default_factory=dict)
    fetches: asyncio.Queue[PhotoRef] = field(default_factory=asyncio.Queue)
    hold: asyncio.Event | None = None
    hung: list[tuple[ChatKey, str, Exhibit]] = field(default_factory=list)
    walls: dict[ChatKey, dict[str, Exhibit]] = field(default_factory=dict)
    gone_feeds: set[ChatKey] = field(default_factory=set)
    taken_back: list[tuple[Address, str]] = field(default_factory=list)
    takes_back: TakenBack = TakenBack.DELETED
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _messages: int = 0

    async def show(self, address: Address, card: Card) -> Shown:
        self.asked += 1
        if self.slow is not None:
            await self.slow.wait()
        self._fail()
        message = address.message or self._new_message()
        async with self.news:
            self.shown.append((message, card))
            self.standing[message] = card
            self.news.notify_all()
        return Shown(message)

    async def nudge(self, address: Address, words: str, key: str) -> None:
        self.nudges.append((address, words))
        self.keys.append(key)
        if self.unheard:
            raise DeliveryError

    async def notify(self, guest: GuestKey, words: str, key: str, keys: Sequence[Key] = ()) -> None:
        self._fail()
        async with self.news:
            self.notes.append((guest, words))
            self.keyed.append(keys)
            self.keys.append(key)
            self.news.notify_all()

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:
        self.asked += 1
        if self.slow is not None:
            await self.slow.wait()
        self._fail()
        if address.chat in self.gone_feeds:
            raise ChatGone
        message = address.message or self._new_message()
        async with self.news:
            self.hung.append((address.chat, message, exhibit))
            self.walls.setdefault(address.chat, {})[message] = exhibit
            self.news.notify_all()
        return Shown(message)

    async def take_back(self, address: Address, language: str) -> TakenBack:
        self._fail()
        async with self.news:
            self.taken_back.append((address, language))
            self.standing.pop(address.message or "", None)
            self.walls.get(address.chat, {}).pop(address.message or "", None)
            self.news.notify_all()
        return self.takes_back

    async def title(self, chat: ChatKey) -> str | None:
        if chat in self.titles and self.outages:
            raise DeliveryError
        return self.titles.get(chat)

    async def fetch(self, ref: PhotoRef) -> bytes:
        self.fetches.put_nowait(ref)
        if self.hold is not None:
            await self.hold.wait()
        answer = self.photos.get(ref, PhotoOutOfReach())
        if isinstance(answer, list):
            answer = answer.pop(0) if answer[1:] else answer[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _fail(self) -> None:
        if self.gone:
            raise ChatGone
        if self.outages:
            self.outages -= 1
            raise DeliveryError(self.pause_s)

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
