"""Limits and what stands before the page, over a real socket; each test has a site of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.errors import RenderCrashed
from tests.adapters.web.served import PATIENCE_S, House, Site, photo, post, served, shade_of, until
from tests.fakes.renderer import ScriptedRenderer

HTTPS = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}
KEY = "one-post-of-a-guest"


@asynccontextmanager
async def busy_site(folder: Path, house: House | None = None) -> AsyncIterator[tuple[Site, ScriptedRenderer]]:
    """A site whose renderer paints nothing until it is told to."""
    renderer = ScriptedRenderer(hold=asyncio.Event())
    async with served(folder, house, renderer) as site:
        yield site, renderer


async def test_a_guest_has_a_limit_and_others_are_not_concerned(tmp_path: Path) -> None:
    async with busy_site(tmp_path, House(guest_limit=2)) as (site, renderer):
        async with site.visitor() as guest, site.visitor() as other:
            first = (await post(guest)).json()["id"]
            assert (await post(guest, headers={"idempotency-key": KEY})).status_code == 202
            refused = await post(guest)
            assert (refused.status_code, refused.json()["code"]) == (429, "limit-guest")
            assert int(refused.headers["retry-after"]) >= 1
            assert (await post(other)).status_code == 202
            repeated = await post(guest, headers={"idempotency-key": KEY})
            assert repeated.status_code == 202, "a repeated post is no new one"
            assert (await guest.delete(f"/api/jobs/{first}")).status_code == 204
            assert (await post(guest)).status_code == 202
        assert renderer.hold is not None
        renderer.hold.set()


async def test_places_count_from_one_and_are_zero_once_it_renders(tmp_path: Path) -> None:
    async with busy_site(tmp_path) as (site, renderer):
        async with site.visitor() as guest:
            jobs = [(await post(guest)).json() for _ in range(3)]
            await asyncio.wait_for(renderer.started.get(), PATIENCE_S)
            told = [(await guest.get(f"/api/jobs/{job['id']}")).json() for job in jobs]
        assert [(one["status"], one["position"]) for one in told] == [
            ("rendering", 0),
            ("waiting", 1),
            ("waiting", 2),
        ]
        assert 0 < told[1]["eta_s"] < told[2]["eta_s"]


async def test_a_full_line_is_told_before_the_photo_is_sent(tmp_path: Path) -> None:
    async with busy_site(tmp_path, House(line=1)) as (site, renderer), site.visitor() as guest:
        renderer.slots = 0  # what is rendered is out of the line
        assert (await post(guest)).status_code == 202
        refused = await post(guest)
        assert (refused.status_code, refused.json()["code"]) == (503, "line-full")
        assert int(refused.headers["retry-after"]) >= 1


async def test_an_address_has_a_limit_whatever_its_cookies(tmp_path: Path) -> None:
    house = House(address_limit=3, trusted_proxies=["127.0.0.1"])
    async with served(tmp_path, house) as site, site.visitor() as guest:
        for _ in range(3):
            guest.cookies.clear()
            assert (await post(guest)).status_code == 202
        guest.cookies.clear()
        answer = await post(guest)
        assert answer.status_code == 429
        assert answer.json()["code"] == "page-problem-address-limit"
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        elsewhere = await post(guest, headers={"x-forwarded-for": "203.0.113.9"})
        assert elsewhere.status_code == 202


async def test_the_address_from_outside_is_ours_too(tmp_path: Path) -> None:
    async with served(tmp_path, House(public_url="https://booth.example")) as site, site.visitor() as guest:
        assert (await post(guest, headers={"origin": "https://booth.example"})).status_code == 202
        assert (await post(guest, headers={"origin": "https://other.example"})).status_code == 403


async def test_behind_https_the_cookie_is_secure(tmp_path: Path) -> None:
    async with served(tmp_path, House(trusted_proxies=["127.0.0.1"])) as site, site.visitor() as guest:
        for scheme in ("https", "https, https", "http,https"):
            answer = await post(guest, headers=HTTPS | {"x-forwarded-proto": scheme})
            assert "Secure" in answer.headers["set-cookie"]
            assert "max-age=" in answer.headers["strict-transport-security"]


async def test_the_last_proxy_has_the_last_word(tmp_path: Path) -> None:
    async with served(tmp_path, House(trusted_proxies=["127.0.0.1"])) as site, site.visitor() as guest:
        answer = await post(guest, headers=HTTPS | {"x-forwarded-proto": "https, http"})
        assert "Secure" not in answer.headers["set-cookie"]


async def test_nobody_is_believed_unasked(tmp_path: Path) -> None:
    async with served(tmp_path, House(address_limit=1)) as site, site.visitor() as guest:
        answer = await post(guest, headers=HTTPS)
        assert "Secure" not in answer.headers["set-cookie"]
        other = await post(guest, headers={"x-forwarded-for": "203.0.113.10"})
        assert other.status_code == 429


async def test_an_unfinished_job_is_cancelled_by_delete_and_stays_readable(tmp_path: Path) -> None:
    async with busy_site(tmp_path) as (site, renderer), site.visitor() as guest:
        jobs = [(await post(guest, photo(shade))).json()["id"] for shade in (40, 80)]
        await asyncio.wait_for(renderer.started.get(), PATIENCE_S)
        for job in jobs:
            assert (await guest.delete(f"/api/jobs/{job}")).status_code == 204
            told = await until(guest, job, "cancelled")
            assert (told["position"], told["eta_s"]) == (0, 0)
            assert (await guest.get(f"/api/jobs/{job}/picture")).status_code == 404


async def test_a_failed_job_says_what_to_do(tmp_path: Path) -> None:
    renderer = ScriptedRenderer(errors=[lambda: RenderCrashed("memory"), lambda: RenderCrashed("memory")])
    async with served(tmp_path, renderer=renderer) as site, site.visitor() as guest:
        job = (await post(guest)).json()["id"]
        told = await until(guest, job)
        assert told["status"] == "failed"
        assert "another style" in told["text"]
        assert (await guest.get(f"/api/jobs/{job}/picture")).status_code == 404


async def test_twenty_guests_at_once_all_get_their_own(tmp_path: Path) -> None:
    async with served(tmp_path) as site:

        async def come(shade: int) -> tuple[int, int]:
            async with site.visitor() as guest:
                job = (await post(guest, photo(shade))).json()["id"]
                await until(guest, job, "done")
                picture = (await guest.get(f"/api/jobs/{job}/picture")).content
                return shade, shade_of(picture)

        results = await asyncio.gather(*(come(20 + 10 * number) for number in range(20)))
    for shade, got in results:
        assert abs(got - (255 - shade)) < 4
