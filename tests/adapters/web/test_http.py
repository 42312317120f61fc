"""The HTTP surface of jobs, line by line, over a real socket."""

import asyncio
import io
import re
import uuid
from typing import Any

import httpx
import pytest
from PIL import Image

from adapters.web.guests import COOKIE
from bot.words import words
from tests.adapters.web.served import (
    MAX_UPLOAD,
    Site,
    noise,
    photo,
    post,
    shade_of,
    until,
)

KEY = "one-post-of-a-guest"
SECURITY = {
    "content-security-policy": r"default-src 'none'; script-src 'self'; .*frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": r"camera=\(self\)",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

NOBODYS = "00000000-0000-4000-8000-000000000000"


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer as a problem document, checked for its form."""
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(told) == {"title", "status", "detail", "code"}
    assert len(told["detail"]) > 20
    return told


async def test_a_photo_comes_back_as_a_picture_without_any_cookie_before(site: Site) -> None:
    async with site.visitor() as guest:
        posted = await post(guest, photo(60))
        assert posted.status_code == 202
        job = posted.json()
        assert set(job) == {"id", "status", "position", "eta_s"}
        assert str(uuid.UUID(job["id"])) == job["id"]
        assert job["status"] in ("waiting", "rendering")
        done = await until(guest, job["id"])
        assert (done["status"], done["position"], done["eta_s"]) == ("done", 0, 0)
        picture = await guest.get(f"/api/jobs/{job['id']}/picture")
        assert abs(shade_of(picture.content) - 195) < 4
        with Image.open(io.BytesIO(picture.content)) as image:
            assert image.format == "JPEG"


async def test_the_picture_is_for_its_guest_and_for_no_cache(site: Site) -> None:
    async with site.visitor() as guest:
        job = (await post(guest)).json()["id"]
        await until(guest, job, "done")
        headers = (await guest.get(f"/api/jobs/{job}/picture")).headers
        assert headers["content-type"] == "image/jpeg"
        assert headers["content-disposition"] == 'inline; filename="petaflop-comic.jpg"'
        assert headers["cache-control"] == "private, no-store"
        assert headers["x-content-type-options"] == "nosniff"


async def test_two_guests_at_once_get_their_own_pictures_and_nobody_elses(site: Site) -> None:
    async with site.visitor() as ann, site.visitor() as bob:
        answers = await asyncio.gather(post(ann, photo(40)), post(bob, photo(200)))
        anns, bobs = (answer.json()["id"] for answer in answers)
        await asyncio.gather(until(ann, anns, "done"), until(bob, bobs, "done"))
        assert abs(shade_of((await ann.get(f"/api/jobs/{anns}/picture")).content) - 215) < 4
        assert abs(shade_of((await bob.get(f"/api/jobs/{bobs}/picture")).content) - 55) < 4
        for method, path in [("GET", ""), ("GET", "/picture"), ("GET", "/events"), ("DELETE", "")]:
            problem(await bob.request(method, f"/api/jobs/{anns}{path}"), 404, "job-unknown")
        async with site.visitor() as nobody:
            problem(await nobody.get(f"/api/jobs/{anns}"), 404, "job-unknown")
            problem(await nobody.get(f"/api/jobs/{anns}/picture"), 404, "job-unknown")
        assert (await ann.get(f"/api/jobs/{anns}")).json()["status"] == "done"


async def test_the_cookie_is_signed_and_stays_the_same_guest(site: Site) -> None:
    async with site.visitor() as guest:
        first = await post(guest)
        header = first.headers["set-cookie"]
        for attribute in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age="):
            assert attribute in header
        assert "Secure" not in header
        second = await post(guest)
        for answer in (first, second):
            assert (await guest.get(f"/api/jobs/{answer.json()['id']}")).status_code == 200


async def test_a_tampered_cookie_is_a_stranger(site: Site) -> None:
    async with site.visitor() as guest:
        job = (await post(guest)).json()["id"]
        value = guest.cookies[COOKIE]
        async with site.visitor(cookies={COOKIE: f"A{value[1:]}"}) as stranger:
            problem(await stranger.get(f"/api/jobs/{job}"), 404, "job-unknown")
            assert (await post(stranger)).status_code == 202


async def test_photo_and_style_come_in_any_order(site: Site) -> None:
    boundary = "b0undary"
    parts = [
        b'Content-Disposition: form-data; name="style"\r\n\r\ncomic',
        b'Content-Disposition: form-data; name="photo"; filename="x"\r\n\r\n' + photo(),
    ]
    for ordered in (parts, parts[::-1]):
        body = b"".join(b"--b0undary\r\n" + part + b"\r\n" for part in ordered) + b"--b0undary--\r\n"
        async with site.visitor() as guest:
            kind = f"multipart/form-data; boundary={boundary}"
            answer = await guest.post("/api/jobs", content=body, headers={"content-type": kind})
            assert answer.status_code == 202


async def test_a_repeated_post_makes_one_job(site: Site) -> None:
    async with site.visitor() as guest:
        first = await post(guest, headers={"idempotency-key": KEY})
        second = await post(guest, headers={"idempotency-key": KEY})
        other = await post(guest, headers={"idempotency-key": KEY[::-1]})
        assert first.json()["id"] == second.json()["id"] != other.json()["id"]


async def test_a_repeated_post_finds_its_job_even_when_the_cookie_was_lost(site: Site) -> None:
    async with site.visitor() as before, site.visitor() as after, site.visitor() as stranger:
        lost = await post(before, photo(77), headers={"idempotency-key": KEY})
        again = await post(after, photo(77), headers={"idempotency-key": KEY})
        assert again.json()["id"] == lost.json()["id"]
        await until(after, again.json()["id"], "done")
        other = await post(stranger, photo(78), headers={"idempotency-key": KEY})
        assert other.json()["id"] != lost.json()["id"]
        problem(await stranger.get(f"/api/jobs/{lost.json()['id']}"), 404, "job-unknown")


@pytest.mark.parametrize("key", ["short", "x" * 65, "with a space in it ok", "ümlaut-ümlaut-ümlaut"])
async def test_an_odd_key_is_refused(site: Site, key: str) -> None:
    async with site.visitor() as guest:
        headers = {b"idempotency-key": key.encode()}
        answer = await guest.post("/api/jobs", data={"style": "comic"}, headers=headers)
        problem(answer, 400, "page-problem-key")


async def test_another_style_from_the_kept_photo_uploads_nothing(site: Site) -> None:
    async with site.visitor() as guest, site.visitor() as stranger:
        job = (await post(guest, photo(60))).json()["id"]
        form = {"again": (None, job), "style": (None, "oil")}
        answer = await guest.post("/api/jobs", files=form)
        assert answer.status_code == 202
        second = await until(guest, answer.json()["id"], "done")
        assert (second["style"], second["id"] != job) == ("oil", True)
        picture = await guest.get(f"/api/jobs/{second['id']}/picture")
        assert abs(shade_of(picture.content) - 195) < 4
        problem(await stranger.post("/api/jobs", files=form), 404, "job-unknown")
        await post(stranger)
        problem(await stranger.post("/api/jobs", files=form), 404, "job-unknown")
        odd = {"again": (None, "no id at all"), "style": (None, "oil")}
        problem(await stranger.post("/api/jobs", files=odd), 404, "job-unknown")


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"photo": ("a.jpg", photo())}, "page-problem-no-style"),
        ({"photo": ("a.jpg", photo()), "style": (None, "")}, "page-problem-no-style"),
        ({"style": (None, "comic")}, "page-problem-no-photo"),
        ({"style": (None, "comic"), "photo": ("a.jpg", b"")}, "page-problem-no-photo"),
        ({"style": (None, "comic"), "photo": (None, "text")}, "page-problem-no-photo"),
        ({"style": ("a.jpg", photo())}, "page-problem-no-style"),
        ({"again": (None, "x")}, "page-problem-no-style"),
    ],
)
async def test_what_is_missing_is_named(site: Site, files: dict[str, Any], code: str) -> None:
    async with site.visitor() as guest:
        problem(await guest.post("/api/jobs", files=files), 400, code)


@pytest.mark.parametrize(
    ("data", "style", "status", "code"),
    [
        (photo(), "no-such-style", 422, "style-unknown"),
        (noise(5000), "comic", 415, "photo-not-a-picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "comic", 415, "photo-not-a-picture"),
        (photo()[:-200], "comic", 422, "photo-damaged"),
        (photo(side=32), "comic", 422, "photo-too-small"),
        (b"\xff\xd8" + noise(MAX_UPLOAD), "comic", 413, "photo-too-many-bytes"),
    ],
    ids=["style", "noise", "svg", "truncated", "small", "large"],
)
async def test_a_photo_that_can_not_be_used_has_its_own_sentence(
    site: Site, data: bytes, style: str, status: int, code: str
) -> None:
    async with site.visitor(headers={"accept-language": "de"}) as guest:
        answer = await post(guest, data, style)
        problem(answer, status, code)
        assert answer.headers["content-language"] == "de"
        assert "set-cookie" not in answer.headers


async def test_a_finished_job_is_erased_by_delete(site: Site) -> None:
    async with site.visitor() as guest:
        job = (await post(guest)).json()["id"]
        await until(guest, job, "done")
        answer = await guest.delete(f"/api/jobs/{job}")
        assert (answer.status_code, answer.content) == (204, b"")
        for path in ("", "/picture", "/events"):
            problem(await guest.get(f"/api/jobs/{job}{path}"), 404, "job-unknown")
        problem(await guest.delete(f"/api/jobs/{job}"), 404, "job-unknown")


async def test_forget_erases_all_with_a_receipt_and_the_cookie_too(site: Site) -> None:
    async with site.visitor() as guest, site.visitor() as other:
        jobs = [(await post(guest)).json()["id"] for _ in range(2)]
        kept = (await post(other)).json()["id"]
        for job in jobs:
            await until(guest, job, "done")
        cookies = dict(guest.cookies)
        receipt = await guest.delete("/api/me")
        assert receipt.status_code == 200
        assert receipt.json() == {
            "erased": {"jobs": 2, "photos": 2, "pictures": 2, "shares": 0},
            "pending": {},
        }
        assert COOKIE not in guest.cookies
        async with site.visitor(cookies=cookies) as again:
            for job in jobs:
                problem(await again.get(f"/api/jobs/{job}"), 404, "job-unknown")
        assert (await until(other, kept, "done"))["status"] == "done"


async def test_forget_without_a_cookie_has_nothing_to_erase(site: Site) -> None:
    async with site.visitor() as guest:
        assert (await guest.delete("/api/me")).json() == {"erased": {}, "pending": {}}


async def test_the_offer(site: Site) -> None:
    async with site.visitor() as guest:
        answer = await guest.get("/api/styles", headers={"accept-language": "de-AT,en;q=0.5"})
        offer = answer.json()
        assert [style["id"] for style in offer] == ["comic", "oil"]
        for style in offer:
            assert set(style) == {"id", "name", "emoji", "kind", "preview", "available", "eta_s"}
            preview = await guest.get(style["preview"])
            assert preview.headers["content-type"] == "image/webp"
        assert offer[0]["kind"] == "filter"
        assert offer[0]["available"] is True
        assert offer[1]["name"] == words().say("de", "style-oil")
        assert answer.headers["content-language"] == "de"
        assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/display/nowhere", 404, "page-problem-not-found"),
        ("GET", f"/display/pictures/{NOBODYS}", 404, "page-problem-not-found"),
        ("GET", f"/display/pictures/{NOBODYS}?w=320", 404, "page-problem-not-found"),
        ("GET", "/display/codes/telegram", 404, "page-problem-not-found"),
        ("GET", "/display/hide", 405, "page-problem-method"),
        ("POST", "/display", 405, "page-problem-method"),
        ("GET", f"/gallery/{NOBODYS}", 404, "page-problem-not-found"),
        ("GET", f"/gallery/{NOBODYS}/picture", 404, "page-problem-not-found"),
        ("GET", f"/gallery/{NOBODYS}/code", 404, "page-problem-not-found"),
        ("GET", "/nowhere", 404, "page-problem-not-found"),
        ("GET", "/static/nowhere.css", 404, "page-problem-not-found"),
        ("GET", "/static/../page.py", 404, "page-problem-not-found"),
        ("GET", "/static/%2e%2e/page.py", 404, "page-problem-not-found"),
        ("GET", "/static/%00", 404, "page-problem-not-found"),
        ("GET", "/healthz", 404, "page-problem-not-found"),
        ("POST", "/telegram/webhook", 404, "page-problem-not-found"),
        ("POST", "/discord/interactions", 404, "page-problem-not-found"),
        ("POST", f"/api/jobs/{NOBODYS}/share", 404, "job-unknown"),
        ("GET", "/api/jobs/not-an-id", 404, "page-problem-not-found"),
        ("GET", f"/api/jobs/{NOBODYS}", 404, "job-unknown"),
        ("GET", "/api/jobs", 405, "page-problem-method"),
        ("POST", "/", 405, "page-problem-method"),
        ("PUT", "/api/styles", 405, "page-problem-method"),
        ("POST", "/api/me", 405, "page-problem-method"),
        ("POST", "/static/page.css", 405, "page-problem-method"),
    ],
)
async def test_what_is_not_there_is_a_problem_too(
    site: Site, method: str, path: str, status: int, code: str
) -> None:
    async with site.visitor() as guest:
        answer = await guest.request(method, path)
        problem(answer, status, code)
        assert ("allow" in answer.headers) is (status == 405)
        for name, value in SECURITY.items():
            assert re.match(value, answer.headers[name])


@pytest.mark.parametrize("path", ["/", "/api/styles", "/static/page.css", "/static/sample.jpg"])
async def test_every_answer_carries_the_security_headers(site: Site, path: str) -> None:
    async with site.visitor() as guest:
        answer = await guest.get(path)
        assert answer.status_code == 200
        for name, value in SECURITY.items():
            assert re.match(value, answer.headers[name])
        assert "strict-transport-security" not in answer.headers
        assert (await guest.head(path)).headers["content-type"] == answer.headers["content-type"]


async def test_strangers_pages_can_not_post_or_erase(site: Site) -> None:
    async with site.visitor() as guest:
        job = (await post(guest)).json()["id"]
        await until(guest, job, "done")
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
            problem(await guest.delete("/api/me", headers=headers), 403, "page-problem-origin")
            problem(await guest.delete(f"/api/jobs/{job}", headers=headers), 403, "page-problem-origin")
            problem(await post(guest, headers=headers), 403, "page-problem-origin")
        own = {"origin": site.url, "sec-fetch-site": "same-origin"}
        assert (await guest.delete(f"/api/jobs/{job}", headers=own)).status_code == 204
