"""Codes that lead to the page, or over our short link to Discord: places are counted, people are not."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.adapters.web.served import PATIENCE_S, House, Site, served

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
)
CUBOT = "Mozilla/5.0 (Linux; Android 13; CUBOT X50) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
NOBODIES = [
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0",
    "facebookexternalhit/1.1",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
]
DISCORD = "https://discord.gg/petaflop"


@pytest_asyncio.fixture(scope="module")
async def hall(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A site with a server on Discord."""
    async with served(tmp_path_factory.mktemp("hall"), House(discord=DISCORD)) as one:
        yield one


async def counted(site: Site, place: str) -> Counter[tuple[str, str]]:
    """How often this place was scanned, by platform and event."""
    return Counter(
        {(one.platform, one.event): one.count for one in await site.booth.scans() if one.place == place}
    )


async def until_counted(site: Site, place: str, number: int) -> Counter[tuple[str, str]]:
    """The same, once there are so many: they are counted behind the answer."""
    async with asyncio.timeout(PATIENCE_S):
        while (found := await counted(site, place)).total() < number:  # noqa: ASYNC110 # behind the answer
            await asyncio.sleep(0.01)
    return found


async def opened(site: Site, path: str, agent: str = PHONE, **headers: str) -> tuple[int, str]:
    """The answer's status and where it leads."""
    async with site.visitor(headers={"user-agent": agent, **headers}) as guest:
        answer = await guest.get(path)
        assert "set-cookie" not in answer.headers
        return answer.status_code, answer.headers.get("location", "")


@pytest.mark.parametrize("agent", [PHONE, CUBOT, ""], ids=["phone", "cubot", "unnamed"])
async def test_the_page_counts_its_code(hall: Site, agent: str) -> None:
    place = f"page-{len(agent)}"
    for _ in range(2):
        assert (await opened(hall, f"/?i=e_pycon__p_{place}", agent))[0] == 200
    assert await until_counted(hall, place, 2) == Counter({("web", "pycon"): 2})


async def test_discords_code_is_counted_and_leads_on(hall: Site) -> None:
    assert await opened(hall, "/i/e_pycon__p_bar") == (302, DISCORD)
    assert await until_counted(hall, "bar", 1) == Counter({("discord", "pycon"): 1})


async def test_nobody_is_counted_who_does_not_come_in_person(hall: Site) -> None:
    for agent in NOBODIES:
        assert await opened(hall, "/i/p_preview", agent) == (302, DISCORD)
        assert (await opened(hall, "/?i=p_preview", agent))[0] == 200
    await opened(hall, "/?i=p_preview", **{"sec-purpose": "prefetch;prerender"})
    async with hall.visitor() as guest:
        assert (await guest.head("/?i=p_preview")).status_code == 200
        assert (await guest.head("/i/p_preview")).headers["location"] == DISCORD
    await opened(hall, "/?i=p_last")
    await until_counted(hall, "last", 1)
    assert not await counted(hall, "preview")


@pytest.mark.parametrize("payload", ["nonsense", "e_", "x" * 200, "%2e%2e", "p_%22%3e"])
async def test_a_wrong_code_leads_to_the_page(hall: Site, payload: str) -> None:
    assert await opened(hall, f"/i/{payload}") == (302, "/")
    assert (await opened(hall, f"/?i={payload}"))[0] == 200


async def test_without_a_way_to_discord_the_page_takes_over(site: Site) -> None:
    assert await opened(site, "/i/e_pycon__s_comic__p_bar") == (302, "/?i=e_pycon__s_comic__p_bar")
    assert not await counted(site, "bar")


async def test_a_redirect_is_asked_for_each_time(hall: Site) -> None:
    async with hall.visitor() as guest:
        assert (await guest.get("/i/p_again")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("payload", "style"), [("s_comic__p_x", "comic"), ("p_x", ""), ("<script>", "")])
async def test_the_page_begins_with_the_codes_style(hall: Site, payload: str, style: str) -> None:
    async with hall.visitor() as guest:
        html = (await guest.get("/", params={"i": payload})).text
    start = re.findall(r'<script type="application/json" id="start">(.*?)</script>', html, re.DOTALL)
    assert json.loads(start[0])["style"] == style


async def test_an_address_counts_only_so_often(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with served(tmp_path_factory.mktemp("limit"), House(address_limit=2)) as one:
        for _ in range(4):
            assert (await opened(one, "/?i=p_mad"))[0] == 200
        assert await until_counted(one, "mad", 2) == Counter({("web", ""): 2})
