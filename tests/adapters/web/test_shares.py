"""Sharing from the page: by its guest's own press only, in a small body, and taken back by another press."""

import pytest

from tests.adapters.web.served import Site, events, post
from tests.adapters.web.sharing import picture, share, shared


async def test_nothing_is_shown_before_a_press_and_a_second_one_takes_it_back(site: Site) -> None:
    async with site.visitor() as guest:
        job = await picture(guest)
        before = [piece.id for piece in await site.booth.wall.newest("en")]
        looked = (await guest.get(f"/api/jobs/{job}")).json()
        assert (looked["shared"], looked["named"]) == (None, False)
        await share(guest, job, "Ann")
        looked = (await guest.get(f"/api/jobs/{job}")).json()
        assert (looked["shared"], looked["named"]) == ("shown", True)
        (piece, *others) = await site.booth.wall.newest("en")
        assert (piece.name, [one.id for one in others]) == ("Ann", before)
        assert (await guest.delete(f"/api/jobs/{job}/share")).status_code == 204
        assert [one.id for one in await site.booth.wall.newest("en")] == before
        assert (await guest.get(f"/api/jobs/{job}")).json()["shared"] is None


async def test_the_last_event_says_how_others_see_it(site: Site) -> None:
    async with site.visitor() as guest:
        job = await picture(guest)
        await share(guest, job, "Ann")
        async with guest.stream("GET", f"/api/jobs/{job}/events") as response:
            told = [data async for name, data in events(response) if name == "status"]
    assert (told[-1]["shared"], told[-1]["named"]) == ("shown", True)


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        (b"", None, ""),
        (b"name=Ann+B.", "application/x-www-form-urlencoded", "Ann B."),
        ("name=Zoë".encode(), None, "Zoë"),
        (b'{"name": "Ann"}', "application/json", "Ann"),
        (b'{"name": 7, "other": "x"}', "application/json; charset=utf-8", ""),
        (b'{"name": "A\\u202e\\n nn"}', "application/json", "A nn"),
    ],
)
async def test_a_name_comes_as_form_or_as_json(site: Site, body: bytes, kind: str | None, name: str) -> None:
    async with site.visitor() as guest:
        job = await picture(guest)
        headers = {} if kind is None else {"content-type": kind}
        answer = await guest.post(f"/api/jobs/{job}/share", content=body, headers=headers)
        assert answer.status_code == 204
        assert (await site.booth.wall.newest("en", 1))[0].name == name


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"name=" + b"x" * 2000, "application/x-www-form-urlencoded"),
        (b"[]", "application/json"),
        (b"{", "application/json"),
        (b"[" * 1000, "application/json"),
        (b"name=\xff", "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(20)), "application/x-www-form-urlencoded"),
    ],
)
async def test_what_can_not_be_read_shares_nothing(site: Site, body: bytes, kind: str) -> None:
    async with site.visitor() as guest:
        job = await picture(guest)
        answer = await guest.post(f"/api/jobs/{job}/share", content=body, headers={"content-type": kind})
        assert (answer.status_code, answer.json()["code"]) == (400, "page-problem-name")
        assert (await guest.get(f"/api/jobs/{job}")).json()["shared"] is None


async def test_only_its_guest_shares_and_takes_back(site: Site) -> None:
    async with site.visitor() as guest, site.visitor() as other, site.visitor() as nobody:
        job = await picture(guest)
        await post(other)
        for stranger in (other, nobody):
            assert (await stranger.post(f"/api/jobs/{job}/share")).status_code == 404
        await share(guest, job)
        for stranger in (other, nobody):
            assert (await stranger.delete(f"/api/jobs/{job}/share")).status_code == 404
        assert (await guest.get(f"/api/jobs/{job}")).json()["shared"] == "shown"


async def test_another_page_can_not_share(site: Site) -> None:
    async with site.visitor() as guest:
        job = await picture(guest)
        answer = await guest.post(f"/api/jobs/{job}/share", headers={"origin": "https://evil.example"})
        assert answer.status_code == 403
        assert (await guest.get(f"/api/jobs/{job}")).json()["shared"] is None


async def test_what_is_erased_can_not_be_shared(site: Site) -> None:
    async with site.visitor() as guest:
        job = await picture(guest)
        await guest.delete(f"/api/jobs/{job}")
        assert (await guest.post(f"/api/jobs/{job}/share")).status_code == 404


async def test_forgetting_takes_it_down_and_counts_it(site: Site) -> None:
    async with site.visitor() as guest:
        piece = await shared(guest, site, "Ann")
        receipt = (await guest.delete("/api/me")).json()
        assert receipt["erased"]["shares"] == 1
        assert (await guest.get(f"/gallery/{piece}/picture")).status_code == 404
