"""A guest's visit over HTTP: post, follow the events, fetch the picture."""

import json
import ssl
import time
from dataclasses import dataclass

import httpx

from adapters.web.answers import FINAL

PATIENCE_S = 120.0
_TLS = ssl.create_default_context()  # httpx would make one a guest, at 20 ms each, and none is needed


class Unhappy(Exception):
    """A guest left without a picture."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one guest waited and loaded.

    Attributes:
        job: Where it is told of: ``/api/jobs/…``.
        wait_s: From the post to the whole picture.
        stream_bytes: The events as they came over the wire.
        preview_bytes: Of these, the previews' data URLs.
        picture_bytes: The picture.
    """

    job: str
    wait_s: float
    stream_bytes: int
    preview_bytes: int
    picture_bytes: int


def new_guest(url: str) -> httpx.AsyncClient:
    """A phone with cookies of its own."""
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE_S, verify=_TLS)


async def visit(phone: httpx.AsyncClient, photo: bytes, style: str) -> Visit:
    """Come, post, wait, and take the picture.

    Raises:
        Unhappy: the job failed.
        httpx.HTTPError: something else went wrong.
    """
    came = time.perf_counter()
    files = {"photo": ("photo.jpg", photo, "image/jpeg")}
    answer = (await phone.post("/api/jobs", files=files, data={"style": style})).raise_for_status()
    job = f"/api/jobs/{answer.json()['id']}"
    stream_bytes, preview_bytes = await _follow(phone, job)
    picture = (await phone.get(f"{job}/picture")).raise_for_status()
    return Visit(job, time.perf_counter() - came, stream_bytes, preview_bytes, len(picture.content))


async def _follow(phone: httpx.AsyncClient, job: str) -> tuple[int, int]:
    previews, kind, status = 0, "", ""
    async with phone.stream("GET", f"{job}/events") as stream:
        stream.raise_for_status()
        async for line in stream.aiter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                kind = value
            elif field == "data" and kind == "preview":
                previews += len(value)
            elif field == "data" and kind == "status":
                status = json.loads(value)["status"]
    if status != "done":
        raise Unhappy(f"the stream ended at {status!r}" if status not in FINAL else f"the job {status}")
    return stream.num_bytes_downloaded, previews
