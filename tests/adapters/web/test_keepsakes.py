"""Keepsakes over HTTP, and the frame that a guest's pictures get."""

import io

import pytest
from PIL import Image

from tests.adapters.web.served import Site, photo, post, until
from tests.adapters.web.test_http import NOBODYS, problem


@pytest.mark.parametrize(
    ("kind", "name", "frames"),
    [
        ("card", "petaflop-card.jpg", 1),
        ("loop", "petaflop-loop.webp", 28),
        ("plain", "petaflop-plain.jpg", 1),
    ],
)
async def test_a_guest_gets_keepsakes_of_their_own_picture(
    site: Site, kind: str, name: str, frames: int
) -> None:
    async with site.visitor() as ann, site.visitor() as bob, site.visitor() as nobody:
        job = (await post(ann, photo(side=200))).json()["id"]
        await until(ann, job, "done")
        answer = await ann.get(f"/api/jobs/{job}/keepsake", params={"kind": kind})
        assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
        assert answer.headers["cache-control"] == "private, no-store"
        with Image.open(io.BytesIO(answer.content)) as image:
            assert Image.MIME[image.format or ""] == answer.headers["content-type"]
            assert getattr(image, "n_frames", 1) == frames
        await post(bob)
        for stranger in (bob, nobody):
            problem(await stranger.get(f"/api/jobs/{job}/keepsake?kind={kind}"), 404, "job-unknown")


async def test_what_there_is_not_is_said(site: Site) -> None:
    async with site.visitor() as ann:
        job = (await post(ann)).json()["id"]
        await until(ann, job, "done")
        for query in ("", "?kind=", "?kind=../photo"):
            problem(await ann.get(f"/api/jobs/{job}/keepsake{query}"), 400, "page-problem-kind")
        problem(await ann.get(f"/api/jobs/{NOBODYS}/keepsake?kind=card"), 404, "job-unknown")
        await site.stores.vault.delete([f"photo/{job}"])
        problem(await ann.get(f"/api/jobs/{job}/keepsake?kind=card"), 410, "keepsake-photo-erased")


async def test_the_frame_is_the_guests_own_choice(site: Site) -> None:
    async with site.visitor() as ann, site.visitor() as bob:
        assert (await ann.get("/api/me/frame")).json() == {"on": True}
        assert (await ann.delete("/api/me/frame")).status_code == 204  # before the first photo
        job = (await post(ann, photo(side=96))).json()["id"]
        await until(ann, job, "done")
        with Image.open(io.BytesIO((await ann.get(f"/api/jobs/{job}/picture")).content)) as image:
            assert image.size == (96, 96)
        assert (await ann.get("/api/me/frame")).json() == {"on": False}
        assert (await bob.get("/api/me/frame")).json() == {"on": True}
        assert (await ann.put("/api/me/frame")).status_code == 204
        assert (await ann.get("/api/me/frame")).json() == {"on": True}
