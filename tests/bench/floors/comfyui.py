"""The least that leads to a picture: httpx, websockets, and nothing that could go wrong."""

import asyncio
import json
import pickle
import sys
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

GRAPH = Path(__file__).parents[3] / "workflows" / "graphs" / "flux-schnell-aio.json"


def graph(photo: str, seed: int) -> Any:
    """The graph of one job, its result a temporary file."""
    nodes = json.loads(GRAPH.read_text(encoding="utf-8"))
    for node in nodes.values():
        if node["class_type"] == "LoadImage":
            node["inputs"]["image"] = photo
        elif node["class_type"] == "SaveImage":
            node.update(class_type="PreviewImage", inputs={"images": node["inputs"]["images"]})
        elif "seed" in node["inputs"]:
            node["inputs"]["seed"] = seed
    return nodes


@dataclass(frozen=True)
class Bare:
    """One server's two connections."""

    http: httpx.AsyncClient
    socket: ClientConnection
    client: str
    photo: bytes

    async def queue(self, seed: int) -> None:
        """Upload and prompt."""
        name = f"{uuid.uuid4()}.jpg"
        form = {"type": "temp", "overwrite": "true"}
        await self.http.post("/upload/image", files={"image": (name, self.photo)}, data=form)
        body = {"prompt": graph(f"{name} [temp]", seed), "client_id": self.client}
        (await self.http.post("/prompt", json=body)).raise_for_status()

    async def picture(self) -> None:
        """Listen until the next job is done, and view its result."""
        where: dict[str, str] = {}
        async for frame in self.socket:
            message = json.loads(frame)
            if message["type"] == "executed":
                (where,) = message["data"]["output"]["images"]
            if message["type"] == "execution_success":
                break
        (await self.http.get("/view", params={**where, "preview": "jpeg;90"})).raise_for_status()


@asynccontextmanager
async def connected(url: str, photo: bytes) -> AsyncIterator[Bare]:
    """Both connections."""
    client = uuid.uuid4().hex
    address = url.replace("http", "ws", 1) + f"/ws?clientId={client}"
    async with (
        httpx.AsyncClient(base_url=url, trust_env=False, verify=False) as http,  # noqa: S501 # plain http
        connect(address, max_size=None, compression=None, proxy=None) as socket,
    ):
        yield Bare(http, socket, client, photo)


async def drawn(
    urls: Sequence[str], _style: str, photo: bytes, jobs: int, at_once: int
) -> dict[str, list[float]]:
    """Jobs on the first server after one to warm up: one after the other, or all queued beforehand."""
    async with connected(urls[0], photo) as bare:
        await bare.queue(jobs)
        await bare.picture()
        waits, began = [], time.perf_counter()
        if at_once > 1:
            for seed in range(jobs):
                await bare.queue(seed)
        for seed in range(jobs):
            if at_once == 1:
                began = time.perf_counter()
                await bare.queue(seed)
            await bare.picture()
            waits.append(time.perf_counter() - began)
    return {"waits_s": waits}


if __name__ == "__main__":
    json.dump(asyncio.run(drawn(*pickle.load(sys.stdin.buffer))), sys.stdout)  # noqa: S301 # our parent's own
