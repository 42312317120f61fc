"""What the tests of the ComfyUI client share."""

import asyncio
import ssl
import time
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

import httpx
from PIL import Image, ImageColor, ImageStat

from bot.nouns import JobId, Order, Picture, Progress, Style, StyleId
from comfy.catalogue import GraphStyle, load_catalogue
from comfy.client import Client
from comfy.patience import Patience
from comfy.recipes import load_recipes
from comfy.remote import ComfyRenderer
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.comfyui.disk import Place

_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # loading them takes longer than a test

QUICK = Patience(
    connect_s=20.0,
    answer_s=20.0,
    quiet_s=0.25,
    job_quiet_s=0.6,
    late_s=0.01,
    probe_s=0.02,
    probe_most_s=0.1,
    meet_s=30.0,
    away_s=30.0,
    rest_s=0.3,
    stuck_s=0.1,
    leave_s=30.0,
)
"""Looks again soon, but gives nothing up that only takes long: the machine may be busy."""
CALM = replace(QUICK, quiet_s=30.0, job_quiet_s=30.0)
"""Relies on the socket: whoever counts requests doesn't want any more of them on a busy machine."""
STYLES = load_catalogue().graphs
Z_IMAGE = GraphStyle(Style(StyleId("z"), "🇿", "graph", "comfy"), ("z-image-turbo",), None, None)
Z_MODELS = {
    "diffusion_models": ["z_image_turbo_bf16.safetensors"],
    "text_encoders": ["qwen_3_4b.safetensors"],
    "vae": ["ae.safetensors"],
}


def photo(colour: str, side: int = 256) -> bytes:
    """A guest's photo: all of one colour, so that its picture can be told from another's."""
    data = BytesIO()
    Image.new("RGB", (side, side), colour).save(data, "JPEG", quality=95)
    return data.getvalue()


def colour_of(data: bytes) -> tuple[int, int, int]:
    """The mean colour of a picture."""
    with Image.open(BytesIO(data)) as image:
        red, green, blue = ImageStat.Stat(image.convert("RGB")).mean
    return int(red), int(green), int(blue)


def shows(data: bytes, colour: str) -> bool:
    """Whether a picture was made of the photo of this colour: samplers tint a fifth."""
    return all(abs(a - b) < 70 for a, b in zip(colour_of(data), ImageColor.getrgb(colour), strict=False))


def new_job() -> JobId:
    """A job's id."""
    return JobId(str(uuid.uuid4()))


def order(
    colour: str = "red",
    style: str = "flux-oil",
    *,
    job: JobId | None = None,
    attempt: int = 1,
    previews: bool = False,
) -> Order:
    """A guest's order."""
    return Order(job or new_job(), attempt, StyleId(style), photo(colour), 7, previews)


def ignore(_progress: Progress) -> None:
    """A guest who doesn't watch."""


@asynccontextmanager
async def renderer(
    *fakes: FakeComfyUI, styles: Sequence[GraphStyle] = STYLES, patience: Patience = QUICK
) -> AsyncIterator[ComfyRenderer]:
    """A renderer that runs, on these servers."""
    made = ComfyRenderer([fake.url for fake in fakes], styles, patience=patience)
    async with made.running():
        yield made


async def draw(comfy: ComfyRenderer, wanted: Order) -> Picture:
    """Render, with nobody watching."""
    return await comfy.render(wanted, ignore)


async def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something to become true.

    Raises:
        TimeoutError: it didn't.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        await asyncio.sleep(0.005)


async def earlier_try(fake: FakeComfyUI, wanted: Order) -> None:
    """What a process of ours, now dead, has submitted."""
    recipe = load_recipes(STYLES)[0].recipes[0]
    async with Client(fake.url, "a dead process", QUICK) as client:
        file = await client.upload(f"{wanted.job}.jpg", wanted.photo)
        await client.submit(wanted.job, recipe.bound(wanted, f"{file.name} [temp]"), previews=False)


def faces(fake: FakeComfyUI) -> dict[Place, int]:
    """Files that still hold more than one byte."""
    return {place: len(data) for place, data in fake.disk.files.items() if len(data) > 1}


def submits(fake: FakeComfyUI) -> int:
    """How often a prompt was posted."""
    return fake.requests.count("POST /prompt")


def outcomes(fake: FakeComfyUI) -> list[str]:
    """How each execution ended."""
    return [render.outcome for render in fake.renders]


async def post(fake: FakeComfyUI, path: str, body: object) -> httpx.Response:
    """A bare POST."""
    async with httpx.AsyncClient(base_url=fake.url, trust_env=False, verify=_NO_CERTIFICATES) as http:
        return await http.post(path, json=body)


async def get(fake: FakeComfyUI, path: str) -> Any:
    """A bare GET of JSON."""
    async with httpx.AsyncClient(base_url=fake.url, trust_env=False, verify=_NO_CERTIFICATES) as http:
        return (await http.get(path)).json()


def put_photo(fake: FakeComfyUI, name: str, colour: str) -> None:
    """A photo as somebody else has uploaded it."""
    fake.disk.files[Place("input", "", name)] = photo(colour)


def plain_graph(name: str, *, saver: str = "SaveImage", prefix: str = "p") -> dict[str, Any]:
    """A graph that inverts twice."""
    return {
        "1": {"class_type": "LoadImage", "inputs": {"image": name}},
        "2": {"class_type": "ImageInvert", "inputs": {"image": ["1", 0]}},
        "3": {"class_type": "ImageInvert", "inputs": {"image": ["2", 0]}},
        "9": {"class_type": saver, "inputs": {"images": ["3", 0], "filename_prefix": prefix}},
    }
