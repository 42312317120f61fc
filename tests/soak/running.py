"""The whole soak: program, fakes, guests, faults, readings."""

import asyncio
import functools
import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.booth import Booth, open_booth
from tests.fakes import discord, telegram
from tests.fakes.comfyui import Behaviour, FakeComfyUI
from tests.soak.readings import Reading, read
from tests.soak.visits import Crowd, Visit
from tests.soak.wall import Screen
from tests.soak.weather import Weather

READ_EVERY_S = 15.0
DEADLINE_S = 60.0  # of an interaction: this machine may be slow, and that is not what is looked at
TIMES = {"keep_photos": "2m", "keep_pictures": "4m", "keep_shared": "4m"}
NICE = 10

Note = Callable[[Reading, Crowd], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """How long, how busy, how stormy."""

    minutes: float
    guests_a_minute: float
    fault_every_s: float


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: readings, what guests did, what the wall showed, faults, and what guests met."""

    readings: Sequence[Reading]
    crowd: Crowd
    walls: int
    faults: int
    unhappy: Counter[str]


class Visits:
    """One guest after the other, each in a task."""

    def __init__(self, crowd: Crowd) -> None:
        self.unhappy: Counter[str] = Counter()
        self._crowd = crowd
        self._here: set[asyncio.Task[None]] = set()

    async def come(self, every_s: float) -> None:
        """Let guests in until cancelled."""
        while True:
            task = asyncio.create_task(self._one(self._crowd.next_visit()))
            self._here.add(task)
            task.add_done_callback(self._here.discard)
            await asyncio.sleep(every_s)

    async def over(self) -> None:
        """Wait for those who are here."""
        await asyncio.gather(*self._here)

    async def _one(self, visit: Visit) -> None:
        try:
            await visit()
        except Exception as error:  # noqa: BLE001 # the top of a guest: others come
            first = (str(error).splitlines() or [""])[0]
            self.unhappy[f"{visit.__name__}: {type(error).__name__} {first}"] += 1


async def soaked(folder: Path, wish: Wish, note: Note) -> Told:
    """Run it; ``note`` hears of every reading."""
    os.nice(NICE)
    async with AsyncExitStack() as stack:
        comfy = stack.enter_context(FakeComfyUI(behaviour=Behaviour(job_seconds=1.0)))
        chat = await stack.enter_async_context(telegram.running())
        guild = await stack.enter_async_context(discord.running(deadline_s=DEADLINE_S))
        booth = await stack.enter_async_context(_served(folder, chat, guild, comfy))
        crowd = Crowd(chat, guild, booth.url, await _styles(booth))
        look = functools.partial(read, booth.pid, booth.ops_url, folder)
        return await _lived(wish, look, crowd, Weather(chat, guild, comfy), note)


@asynccontextmanager
async def _served(
    folder: Path, chat: telegram.Telegram, guild: discord.Discord, comfy: FakeComfyUI
) -> AsyncIterator[Booth]:
    settings = {
        "telegram_token": chat.token,
        "telegram_api_url": chat.url,
        "discord_token": guild.token,
        "discord_api_url": guild.url,
        "discord_gateway_url": guild.gateway_url,
        "comfy_urls": comfy.url,
        **TIMES,
    }
    opening = open_booth(folder, **settings)
    booth = await asyncio.to_thread(opening.__enter__)
    try:
        await guild.until(lambda: guild.gateway.connected or None, DEADLINE_S)
        yield booth
    finally:
        await asyncio.to_thread(opening.__exit__, None, None, None)


async def _styles(booth: Booth) -> Sequence[str]:
    async with httpx.AsyncClient(base_url=booth.url) as page:
        return [style["id"] for style in (await page.get("/api/styles")).raise_for_status().json()]


async def _lived(
    wish: Wish, look: Callable[[float], Reading], crowd: Crowd, weather: Weather, note: Note
) -> Told:
    began = time.monotonic()
    readings: list[Reading] = []
    visits, screen = Visits(crowd), Screen(crowd.url)
    watching = asyncio.create_task(screen.watch())
    faults = asyncio.create_task(weather.run(wish.fault_every_s))
    guests = asyncio.create_task(visits.come(60 / wish.guests_a_minute))
    try:
        while (at_s := time.monotonic() - began) < 60 * wish.minutes:
            readings.append(await asyncio.to_thread(look, at_s))
            note(readings[-1], crowd)
            await asyncio.sleep(READ_EVERY_S)
    finally:
        await _ended(faults)
        await _ended(guests)
    await visits.over()
    await _ended(watching)
    return Told(readings, crowd, screen.walls, weather.faults, visits.unhappy)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
