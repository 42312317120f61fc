"""Our renderer alone: orders in, pictures out."""

import asyncio
import json
import pickle
import sys
import time
import uuid
from collections.abc import Sequence

from bot.nouns import JobId, Order, StyleId
from comfy.catalogue import load_catalogue
from comfy.remote import ComfyRenderer


async def drawn(
    urls: Sequence[str], style: str, photo: bytes, jobs: int, at_once: int
) -> dict[str, Sequence[float]]:
    """Render, so many at once, and tell how long each took."""
    renderer = ComfyRenderer(urls, load_catalogue().graphs)
    slots = asyncio.Semaphore(at_once)

    async def draw(seed: int) -> float:
        async with slots:
            order = Order(JobId(str(uuid.uuid4())), 1, StyleId(style), photo, seed, previews=False)
            began = time.perf_counter()
            await renderer.render(order, lambda _progress: None)
            return time.perf_counter() - began

    async with renderer.running():
        await asyncio.gather(*(draw(jobs + number) for number in range(len(urls))))
        return {"waits_s": await asyncio.gather(*(draw(seed) for seed in range(jobs)))}


if __name__ == "__main__":
    json.dump(asyncio.run(drawn(*pickle.load(sys.stdin.buffer))), sys.stdout)  # noqa: S301 # our parent's own
