"""The whole booth before our renderer: intake, line, store (SQLite, synchronous=FULL), frame, delivery."""

import asyncio
import json
import pickle
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from adapters.composition import plan
from adapters.rehearsal.chat import CountingChat
from adapters.renderers import desk_children
from adapters.settings import load_settings
from bot.assembly.assembly import open_booth
from bot.assembly.plan import Parts
from bot.booth import Booth
from bot.cards import Address, Card, Shown
from bot.nouns import ChatKey, GuestKey, Post, StyleId
from bot.pixels import intake
from bot.pixels.children import Children
from bot.pixels.frame import FrameCaption, frame_jpeg
from bot.pixels.intake import clean
from bot.store.bell import line_topic
from bot.store.stores import open_stores
from bot.words import words
from comfy.catalogue import load_catalogue
from comfy.remote import ComfyRenderer

CAPTION = FrameCaption("PETaflop", "Style", "23 November 2026", "made with an AI model")


class Guests(CountingChat):
    """Made-up guests and their chat, which tells them when there is something new."""

    def __init__(self) -> None:
        """Nobody has come yet."""
        super().__init__(lambda: None)
        self._changed = asyncio.Condition()

    async def show(self, address: Address, card: Card) -> Shown:
        """Show a card to everybody."""
        shown = await super().show(address, card)
        async with self._changed:
            self._changed.notify_all()
        return shown

    async def visit(self, booth: Booth, number: int, style: str, photo: bytes) -> float:
        """One guest's wait in seconds."""
        key = f"{self.name}:{number}"
        began = time.perf_counter()
        post = Post(key, GuestKey(key), ChatKey(key), "en", photo, StyleId(style), seed=number)
        job = (await booth.submit(post)).job.id
        async with self._changed:
            await self._changed.wait_for(lambda: job in self.served)
        return time.perf_counter() - began


@asynccontextmanager
async def opened(urls: Sequence[str], guests: Guests, desk: Children) -> AsyncIterator[Booth]:
    """A booth over an empty data directory."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = sa.URL.create("sqlite+aiosqlite", database=str(folder / "petaflop.db"))
        stores = await stack.enter_async_context(open_stores(url, folder))
        await stack.enter_async_context(desk.running(intake.warm_up))
        bell = stores.bell.event(line_topic(ComfyRenderer.name))
        renderer = ComfyRenderer(urls, load_catalogue().graphs, changed=bell.set)
        await stack.enter_async_context(renderer.running())
        parts = Parts(stores, [renderer], [guests], desk, words())
        settings = replace(plan(load_settings({}), None), previews=False)
        yield await stack.enter_async_context(open_booth(settings, parts))


async def served(urls: Sequence[str], style: str, photo: bytes, jobs: int, at_once: int) -> dict[str, Any]:
    """Let guests come, so many at once, and tell how long each waited; and what the pixels' work takes."""
    guests, desk, slots = Guests(), desk_children(), asyncio.Semaphore(at_once)
    async with opened(urls, guests, desk) as booth:

        async def visit(number: int) -> float:
            async with slots:
                return await guests.visit(booth, number, style, photo)

        await asyncio.gather(*(visit(jobs + number) for number in range(len(urls))))
        waits = await asyncio.gather(*map(visit, range(jobs)))
        return {"waits_s": waits, "pixels_s": await _pixels_s(desk, photo)}


async def _pixels_s(desk: Children, photo: bytes) -> float:
    """Intake and frame of one photo, in the same children."""
    began = time.perf_counter()
    jpeg = (await desk.run(partial(clean, max_bytes=len(photo)), photo)).jpeg
    await desk.run(frame_jpeg, jpeg, CAPTION)
    return time.perf_counter() - began


if __name__ == "__main__":
    json.dump(asyncio.run(served(*pickle.load(sys.stdin.buffer))), sys.stdout)  # noqa: S301 # our parent's own
