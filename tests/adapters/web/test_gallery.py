"""The gallery without a script: pages by number, one page a picture, reports, both languages."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from adapters.web import gallery
from bot.exhibits import ShareId, ShareState
from bot.nouns import GuestKey
from tests.adapters.web.served import House, Site, served
from tests.adapters.web.sharing import picture, share, shared
from tests.adapters.web.test_wall import read

OWNER = GuestKey("telegram:1")


@pytest_asyncio.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    setup = House(maintainers=[OWNER], trusted_proxies=["127.0.0.1"])
    async with served(tmp_path_factory.mktemp("gallery"), setup) as one:
        yield one


def listed(html: str) -> list[str]:
    """The shares of an overview, in order."""
    return re.findall(r'<img src="/gallery/([0-9a-f-]{36})/picture\?w=640"', html)


async def test_before_the_first_picture_it_invites(house: Site) -> None:
    async with house.visitor() as guest:
        page = (await guest.get("/gallery")).text
        assert "Nobody has shared a picture yet" in page
        assert "Noch hat niemand" in (await guest.get("/gallery?lang=de")).text
        assert "Noch hat niemand" in (await guest.get("/gallery", headers={"accept-language": "de"})).text
        assert "Nobody" in (await guest.get("/gallery?lang=xx")).text


async def test_the_overview_is_paged_by_number(house: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "A_PAGE", 3)
    async with house.visitor() as guest:
        jobs = [await picture(guest, shade) for shade in range(30, 36)]
        for job in jobs:
            await share(guest, job, "Ann & <b>Bob</b>")
        first = await guest.get("/gallery")
        pieces = await house.booth.wall.newest("en")
        shares = [str(piece.id) for piece in pieces]
        assert listed(first.text) == shares[:3]
        assert len(shares) == len(jobs)
        assert "Ann &amp; &lt;b&gt;Bob&lt;/b&gt;" in first.text
        assert first.headers["cache-control"] == "private, no-store"
        assert f'rel="next" href="/gallery?before={pieces[2].number}"' in first.text
        older = (await guest.get(f"/gallery?before={pieces[2].number}&lang=de")).text
        assert listed(older) == shares[3:]
        assert 'rel="next"' not in older
        assert 'href="/gallery?lang=de"' in older
        for strange in ("x", "-1", "9" * 40, ""):
            assert listed((await guest.get(f"/gallery?before={strange}")).text) == shares[:3]
        await guest.delete("/api/me")


async def test_each_picture_has_a_page_a_code_and_a_file_to_keep(house: Site) -> None:
    async with house.visitor(headers={"host": "192.168.8.10:30080"}) as guest:
        piece = await shared(guest, house, "Ann")
        page = (await guest.get(f"/gallery/{piece}")).text
        assert "Ann, in the style Comic" in page
        code = (await guest.get(f"/gallery/{piece}/code")).text
        assert read(code) == f"http://192.168.8.10:30080/gallery/{piece}"
        kept = await guest.get(f"/gallery/{piece}/picture?save=1")
        assert kept.headers["content-disposition"] == 'attachment; filename="petaflop.jpg"'
        await guest.delete("/api/me")
        assert (await guest.get(f"/gallery/{piece}")).status_code == 404


def at(address: str) -> dict[str, str]:
    """Headers of a request from an address."""
    return {"x-forwarded-for": address}


async def test_three_people_who_report_take_it_down_and_one_who_repeats_does_not(house: Site) -> None:
    async with (
        house.visitor(headers=at("192.0.2.1")) as guest,
        house.visitor(headers=at("2001:db8::1")) as second,
        house.visitor() as passer_by,
    ):
        piece = await shared(guest, house)
        await picture(second)
        for _ in range(4):
            answer = await passer_by.post(f"/gallery/{piece}/report?lang=de")
            assert answer.status_code == 303
            assert answer.headers["location"] == f"/gallery/{piece}?reported=1&lang=de"
            assert "set-cookie" not in answer.headers
        assert "Danke" in (await passer_by.get(f"/gallery/{piece}?reported=1&lang=de")).text
        await second.post(f"/gallery/{piece}/report")
        for number in range(3):  # with or without a cookie, they are one voice
            assert await reported(house, piece, f"2001:db8::{number}", makes_picture=number > 1)
        assert await house.booth.wall.shows(ShareId(piece))
        gone = await guest.post(f"/gallery/{piece}/report")
        assert gone.headers["location"] == "/gallery?reported=1"
        found = await house.stores.shares.get(ShareId(piece))
        assert found is not None
        assert found.state is ShareState.HELD
        await guest.delete("/api/me")


async def reported(house: Site, piece: str, address: str, *, makes_picture: bool) -> bool:
    """Report it as somebody new; whether it still hangs."""
    async with house.visitor(headers=at(address)) as stranger:
        if makes_picture:
            await picture(stranger)
        await stranger.post(f"/gallery/{piece}/report")
    return await house.booth.wall.shows(ShareId(piece))


async def test_reporting_what_is_not_there_looks_the_same(house: Site) -> None:
    async with house.visitor() as guest:
        answer = await guest.post("/gallery/00000000-0000-4000-8000-000000000000/report")
    assert (answer.status_code, answer.headers["location"]) == (303, "/gallery?reported=1")
