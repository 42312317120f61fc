"""What guests do all day, on each chat: a photo, a style, the picture, and now and then more."""

import functools
import random
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

import httpx

from tests.adapters.discord import opened as on_discord
from tests.adapters.telegram import opened as on_telegram
from tests.bench.guest import new_guest, visit
from tests.bench.photos import megapixel_jpeg
from tests.fakes.discord import Channel, Discord
from tests.fakes.discord import Message as DiscordMessage
from tests.fakes.discord.values import SELECTS, walk
from tests.fakes.telegram import Chat, Guest, Telegram
from tests.fakes.telegram import Message as TelegramMessage

PATIENCE_S, TRIES = 120.0, 3  # the uplink is away for a while on purpose
SURPRISE, SHARE, UNSHARE, FORGET = "Surprise", "Share", "Unshare", "/forget"


class Visit(Protocol):
    """A story without arguments."""

    __name__: str

    def __call__(self) -> Awaitable[None]:
        """Live it."""
        ...


@functools.cache
def photos() -> Sequence[bytes]:
    """A few different ones."""
    return [megapixel_jpeg(number) for number in range(6)]


@dataclass(slots=True)
class Crowd:
    """Everybody who comes; each visit is somebody new, so that what is kept a guest shows."""

    telegram: Telegram
    discord: Discord
    url: str
    styles: Sequence[str]
    dice: random.Random = field(default_factory=lambda: random.Random(20261123))
    pictures: int = 0
    shares: int = 0
    forgotten: int = 0

    def next_visit(self) -> Visit:
        """What the next guest does."""
        return self.dice.choice((self.by_telegram, self.by_telegram, self.by_discord, self.by_page))

    async def by_telegram(self) -> None:
        """Two photos in a private chat; then perhaps shared, taken back, or everything forgotten."""
        guest = self.telegram.guest("Soak")
        for count in (1, 2):
            await guest.send_photo(self._photo())
            sheet = await guest.chat.until_bot(on_telegram.styles_shown, PATIENCE_S)
            await guest.press(_labelled(sheet, SURPRISE), sheet)
            await on_telegram.finished(guest.chat, count, PATIENCE_S)
            self.pictures += 1
        await self._afterwards_on_telegram(guest)

    async def _afterwards_on_telegram(self, guest: Guest) -> None:
        picture = guest.chat.newest(on_telegram.is_finished)
        if picture and self.dice.random() < 0.5:
            await guest.press(_labelled(picture, SHARE), picture)
            shared = await guest.chat.until_bot(lambda message: _has(message, UNSHARE), PATIENCE_S)
            self.shares += 1
            if self.dice.random() < 0.5:
                await guest.press(_labelled(shared, UNSHARE), shared)
                await guest.chat.until(_shared_nothing, PATIENCE_S)
        if self.dice.random() < 0.3:
            before = len(guest.chat.from_bot)
            await guest.send_text(FORGET)
            await guest.chat.until(lambda chat: len(chat.from_bot) != before or None, PATIENCE_S)
            self.forgotten += 1

    async def by_discord(self) -> None:
        """A photo in a direct message."""
        member = self.discord.member("Soak")
        await member.dms("", self._photo())
        menu = await member.dm.until(_menu, PATIENCE_S)
        select = next(part for part in walk(menu.content.components) if part["type"] in SELECTS)
        choice = self.dice.choice([option["value"] for option in select["options"]])
        for _ in range(TRIES):
            # A press while the gateway is away is lost, which Discord tells its guest: they press again.
            with suppress(LookupError):
                await member.chooses(menu, choice, menu=select["custom_id"])
            with suppress(TimeoutError):
                await member.dm.until(_pictures, PATIENCE_S / TRIES)
                break
        self.pictures += len(await member.dm.until(_pictures, PATIENCE_S))

    async def by_page(self) -> None:
        """A photo by the page, its events followed; some share it, some forget all, some leave early."""
        async with new_guest(self.url) as phone:
            if self.dice.random() < 0.2:
                await self._left_early(phone)
            made = await visit(phone, self._photo(), self.dice.choice(self.styles))
            self.pictures += 1
            if self.dice.random() < 0.5:
                await self._shown(phone, f"{made.job}/share")
            if self.dice.random() < 0.3:
                (await phone.delete("/api/me")).raise_for_status()
                self.forgotten += 1

    async def _shown(self, phone: httpx.AsyncClient, share: str) -> None:
        (await phone.post(share)).raise_for_status()
        self.shares += 1
        if self.dice.random() < 0.5:
            (await phone.delete(share)).raise_for_status()

    async def _left_early(self, phone: httpx.AsyncClient) -> None:
        files = {"photo": ("photo.jpg", self._photo(), "image/jpeg")}
        style = self.dice.choice(self.styles)
        job = (
            (await phone.post("/api/jobs", files=files, data={"style": style}))
            .raise_for_status()
            .json()["id"]
        )
        async with phone.stream("GET", f"/api/jobs/{job}/events") as stream:
            await anext(stream.aiter_lines())
        self.pictures += 1

    def _photo(self) -> bytes:
        return self.dice.choice(photos())


def _says(label: str, words: str) -> bool:
    return words in label.split()  # beside an emoji


def _labelled(message: TelegramMessage, words: str) -> str:
    return next(button.text for button in message.buttons if _says(button.text, words))


def _has(message: TelegramMessage, words: str) -> bool:
    return any(_says(button.text, words) for button in message.buttons)


def _shared_nothing(chat: Chat) -> bool | None:
    return not any(_has(message, UNSHARE) for message in chat.from_bot) or None


def _menu(channel: Channel) -> DiscordMessage | None:
    return next((message for message in channel.from_bot if on_discord.styles_shown(message)), None)


def _pictures(channel: Channel) -> list[DiscordMessage] | None:
    return [message for message in channel.from_bot if on_discord.is_finished(message)] or None
