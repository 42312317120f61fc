"""Small copies in memory: within their bytes, for what is shared only, and not for longer than it is."""

import asyncio

import pytest

from adapters.web import smalls
from adapters.web.smalls import Smalls
from bot.exhibits import ShareId
from bot.nouns import Picture
from bot.store.vaults import picture_name
from tests.adapters.web.served import PATIENCE_S, Site
from tests.adapters.web.sharing import picture, share, shared
from tests.desk import shared_desk


async def test_a_copy_is_made_once_and_dropped_when_it_is_taken_back(site: Site) -> None:
    copies = Smalls(site.booth.wall, await shared_desk())
    async with site.visitor() as guest:
        job = await picture(guest)
        await share(guest, job)
        piece = (await site.booth.wall.newest("en", 1))[0].id
        first, again = await asyncio.gather(copies.of(piece, 320), copies.of(piece, 320))
        assert first is again
        assert first is not None
        assert copies.held_bytes == len(first.data)
        await guest.delete(f"/api/jobs/{job}/share")
        assert await copies.of(piece, 320) is None
        assert copies.held_bytes == 0


async def test_copies_take_no_more_than_they_may(site: Site) -> None:
    async with site.visitor() as guest:
        pieces = [ShareId(await shared(guest, site, shade=shade)) for shade in (50, 90, 130)]
        one = await Smalls(site.booth.wall, await shared_desk()).of(pieces[0], 320)
        assert one is not None
        copies = Smalls(site.booth.wall, await shared_desk(), most_bytes=2 * len(one.data) + 60)
        for piece in pieces:
            assert await copies.of(piece, 320) is not None
        assert 0 < copies.held_bytes <= 2 * len(one.data) + 60
        await guest.delete("/api/me")


async def test_what_nobody_looks_at_is_forgotten(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smalls, "KEPT_S", 0.05)
    copies = Smalls(site.booth.wall, await shared_desk())
    async with site.visitor() as guest:
        assert await copies.of(ShareId(await shared(guest, site)), 32) is not None
        async with asyncio.timeout(PATIENCE_S):
            while copies.held_bytes:  # noqa: ASYNC110 # a timer's end tells nobody
                await asyncio.sleep(0.01)
        await guest.delete("/api/me")


async def test_what_can_not_be_made_smaller_is_shown_whole(site: Site) -> None:
    async with site.visitor() as guest:
        piece = ShareId(await shared(guest, site))
        found = await site.stores.shares.get(piece)
        assert found is not None
        await site.stores.vault.put(picture_name(found.job), b"no picture")
        small = await Smalls(site.booth.wall, await shared_desk()).of(piece, 320)
        assert small == Picture(b"no picture")
        await guest.delete("/api/me")
