"""Which names are ours: a stranger's name that was made to lead to us opens nothing (DNS rebinding)."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.web.hosts import OwnHosts, is_ours
from tests.adapters.web.served import House, Site, photo, served

PUBLIC = "https://Booth.Example:8443"
OWN = frozenset({"booth.example"})
OURS = [
    "127.0.0.1:8080",
    "192.168.8.10:30080",
    "[fd00::8]:8080",
    "[::1]",
    "localhost:8080",
    "booth",
    "booth:8080",
    "booth.local",
    "Booth.LAN.",
    "booth.home.arpa",
    "petaflop.internal",  # ngrok's own name behind forward-internal
    "petaflop.petaflop.svc",
    "petaflop.petaflop.svc.cluster.local:80",
    "booth.fritz.box",
    "booth.example",
    "BOOTH.example.:443",
    "",
]
STRANGERS = [
    "evil.com",
    "evil.com:8080",
    "127.0.0.1.evil.com",
    "booth.example.evil.com",
    "notbooth.example",
    "local.evil.com",
    "evillan.com",
    "fritz.box.evil.com",
    "booth.example@evil.com",
    "evil.com#.local",
]


@pytest.mark.parametrize("host", OURS)
def test_addresses_local_names_and_our_own_are_ours(host: str) -> None:
    assert is_ours(host, OWN)


@pytest.mark.parametrize("host", STRANGERS)
def test_names_that_anybody_may_register_are_not(host: str) -> None:
    assert not is_ours(host, OWN)


@pytest_asyncio.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async with served(tmp_path_factory.mktemp("hosts"), House(public_url=PUBLIC)) as one:
        yield one


async def test_a_rebound_name_reads_nothing_and_posts_nothing(house: Site) -> None:
    evil = {"host": "evil.com", "origin": "http://evil.com", "accept-language": "de"}
    async with house.visitor(headers=evil) as stranger:
        answers = [
            await stranger.get(path) for path in ("/", "/display", "/display/events", "/gallery", "/x")
        ]
        files = {"photo": ("me.jpg", photo(), "image/jpeg")}
        answers.append(await stranger.post("/api/jobs", data={"style": "comic"}, files=files))
        page = await stranger.get("/display", headers={"accept": "text/html"})
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(421, "page-problem-host")}
    assert "PETAFLOP_PUBLIC_URL" in answers[0].json()["detail"]
    assert (page.status_code, "PETAFLOP_PUBLIC_URL" in page.text) == (421, True)
    assert 'href="/"' not in page.text


@pytest.mark.parametrize("host", ["booth.example", "booth.example.net", "192.168.8.10:30080", "booth.lan"])
async def test_our_own_names_open_the_page(house: Site, host: str) -> None:
    async with house.visitor(headers={"host": host}) as guest:
        assert (await guest.get("/")).status_code == 200


async def test_webhooks_come_by_whatever_name() -> None:
    async def hook(_: Request) -> Response:
        return PlainTextResponse("heard")

    app = OwnHosts(Starlette(routes=[Route("/telegram/hook", hook)]), None, "127.0.0.1")
    elsewhere, transport = "http://elsewhere.example", httpx.ASGITransport(app)
    async with httpx.AsyncClient(base_url=elsewhere, transport=transport) as sender:
        assert (await sender.get("/telegram/hook")).text == "heard"
