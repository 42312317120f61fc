"""The Host rule: whoever comes by the public address finds neither wall nor gallery, however they ask."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from starlette.datastructures import Headers

from adapters.web.reach import from_outside, plain_host
from tests.adapters.web.served import House, Site, served

PUBLIC = "https://booth.example"
ROOM = "192.168.8.10:30080"
SHARE = "00000000-0000-4000-8000-000000000000"
WALL = [
    ("GET", "/display"),
    ("HEAD", "/display"),
    ("POST", "/display"),
    ("GET", "/display/"),
    ("GET", "/display/events"),
    ("GET", f"/display/pictures/{SHARE}"),
    ("GET", f"/display/pictures/{SHARE}?w=320"),
    ("GET", "/display/codes/web"),
    ("POST", "/display/hide"),
    ("GET", "/display/hide"),
    ("OPTIONS", "/display/hide"),
]
GALLERY = [
    ("GET", "/gallery"),
    ("HEAD", "/gallery"),
    ("GET", "/gallery?before=7"),
    ("GET", f"/gallery/{SHARE}"),
    ("GET", f"/gallery/{SHARE}/picture"),
    ("GET", f"/gallery/{SHARE}/picture?w=640&save=1"),
    ("GET", f"/gallery/{SHARE}/code"),
    ("POST", f"/gallery/{SHARE}/report"),
]
OUTSIDE = [
    {"host": "booth.example"},
    {"host": "BOOTH.Example"},
    {"host": "booth.example."},
    {"host": "booth.example:443"},
    {"host": "booth.example.:8080"},
    {"host": "guest@booth.example"},
    {"host": ROOM, "x-forwarded-host": "booth.example"},
    {"host": ROOM, "x-forwarded-host": "elsewhere.example, Booth.Example:443"},
    {"host": ROOM, "x-original-host": "booth.example"},
    {"host": ROOM, "forwarded": 'for=1.2.3.4;host="booth.example:443";proto=http'},
    {"host": ROOM, "forwarded": "for=1.2.3.4, for=5.6.7.8;Proto=HTTPS"},
    {"host": ROOM, "x-forwarded-proto": "https"},
    {"host": ROOM, "x-forwarded-proto": "http, https"},
    {"host": "petaflop.petaflop.svc.cluster.local", "x-forwarded-proto": "https"},
    {"host": "booth.example", "x-forwarded-host": ROOM, "x-forwarded-proto": "http"},
]
INSIDE = [
    {"host": ROOM},
    {"host": "[fd00::8]:8080"},
    {"host": "booth.example.evil.example"},
    {"host": "notbooth.example"},
    {"host": "pod.local", "x-forwarded-proto": "http", "x-forwarded-for": "1.2.3.4"},
]


def named(given: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in given.items())


@pytest.mark.parametrize("headers", OUTSIDE, ids=named)
def test_a_request_that_names_the_public_address_comes_from_outside(headers: dict[str, str]) -> None:
    assert from_outside(Headers(headers), "http", PUBLIC)
    assert not from_outside(Headers(headers), "http", None)


@pytest.mark.parametrize("headers", INSIDE, ids=named)
def test_a_request_in_the_room_does_not(headers: dict[str, str]) -> None:
    assert not from_outside(Headers(headers), "http", PUBLIC)
    assert from_outside(Headers(headers), "https", PUBLIC)  # a trusted proxy has said so


@pytest.mark.parametrize(
    ("authority", "host"),
    [
        ("Booth.Example", "booth.example"),
        ("booth.example.:80", "booth.example"),
        ("[FD00:0:0::8]:8080", "fd00::8"),
        ("[fd00::0008]", "fd00::8"),
        ("127.0.0.1:80", "127.0.0.1"),
        (" booth.example ", "booth.example"),
        ("[booth", "[booth"),
        ("", ""),
    ],
)
def test_hosts_are_compared_in_one_spelling(authority: str, host: str) -> None:
    assert plain_host(authority) == host


@pytest.mark.parametrize("spelling", ["[fd00::8]:443", "[FD00:0:0:0::8]", "[fd00::0008]:80"])
def test_a_public_address_may_be_ipv6(spelling: str) -> None:
    assert from_outside(Headers({"host": spelling}), "http", "https://[fd00:0::8]")


@pytest_asyncio.fixture(scope="module")
async def closed(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async with served(tmp_path_factory.mktemp("closed"), House(public_url=PUBLIC)) as one:
        yield one


@pytest_asyncio.fixture(scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    house = House(public_url=PUBLIC, open_gallery=True, trusted_proxies=["127.0.0.1"], kept_shared_s=7200)
    async with served(tmp_path_factory.mktemp("opened"), house) as one:
        yield one


@pytest.mark.parametrize("headers", OUTSIDE, ids=named)
async def test_nothing_of_it_is_found_from_outside(closed: Site, headers: dict[str, str]) -> None:
    async with closed.visitor(headers=headers) as stranger:
        for method, path in [*WALL, *GALLERY]:
            answer = await stranger.request(method, path)
            assert answer.status_code == 404, (method, path)
            assert method == "HEAD" or answer.json()["code"] == "page-problem-not-found"


@pytest.mark.parametrize("headers", OUTSIDE[:3], ids=named)
async def test_an_open_gallery_is_found_and_the_wall_still_is_not(
    opened: Site, headers: dict[str, str]
) -> None:
    async with opened.visitor(headers=headers) as stranger:
        assert (await stranger.get("/gallery")).status_code == 200
        assert (await stranger.get("/")).status_code == 200
        statuses = {(await stranger.request(method, path)).status_code for method, path in WALL}
    assert statuses == {404}


@pytest.mark.parametrize(
    ("language", "lasts", "gallery"),
    [("en", "by itself after 2 hours", "from the internet"), ("de", "nach 2 Stunden", "aus dem Internet")],
)
async def test_the_page_says_so_where_others_may_see_and_for_how_long(
    opened: Site, closed: Site, language: str, lasts: str, gallery: str
) -> None:
    for site, said in ((opened, 2), (closed, 0)):
        async with site.visitor(headers={"accept-language": language}) as guest:
            page = (await guest.get("/")).text
        assert (page.count(lasts), page.count(gallery)) == (said, said)  # below sharing, and on privacy


MISTYPED = [
    "/galery",
    "/gallery/7",
    f"/gallery/{SHARE}",
    f"/gallery/{SHARE}/picture",
    "/display/7",
    "/x?lang=en",
]
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "de"}


async def test_who_looks_at_a_wrong_address_reads_a_page_and_programs_a_problem(closed: Site) -> None:
    async with closed.visitor(headers=BROWSER) as guest:
        answers = [await guest.get(path) for path in MISTYPED[:-1]]
        assert {answer.status_code for answer in answers} == {404}
        assert {answer.headers["content-type"] for answer in answers} == {"text/html; charset=utf-8"}
        (page,) = {answer.text for answer in answers}
        assert "Hier ist nichts." in page
        assert 'href="/gallery"' in page
        assert "There is nothing here." in (await guest.get(MISTYPED[-1])).text
        outside = {
            (await guest.get(path, headers=OUTSIDE[0])).text for path in ["/x", "/display", "/gallery"]
        }
        (page,) = outside
        assert 'href="/gallery"' not in page
        api = await guest.get(f"/api/jobs/{SHARE}")
        plain = await guest.get("/x", headers={"accept": "*/*"})
    assert {api.headers["content-type"], plain.headers["content-type"]} == {"application/problem+json"}


async def test_a_trusted_proxys_word_counts_too(opened: Site) -> None:
    async with opened.visitor(headers={"host": ROOM, "x-forwarded-proto": "https"}) as stranger:
        assert (await stranger.get("/display")).status_code == 404


async def test_in_the_room_all_of_it_is_found(closed: Site) -> None:
    async with closed.visitor() as guest:
        assert (await guest.get("/display")).status_code == 200
        assert (await guest.get("/gallery")).status_code == 200
        assert '"gallery": true' in (await guest.get("/")).text
        outside = await guest.get("/", headers={"host": "booth.example"})
        assert '"gallery": false' in outside.text


@pytest.mark.parametrize("target", ["https://booth.example/display", "http://192.168.8.10/display"])
@pytest.mark.parametrize("host", ["booth.example", ROOM])
async def test_a_whole_address_as_target_finds_nothing(closed: Site, target: str, host: str) -> None:
    assert await status_of(closed, f"GET {target} HTTP/1.1\r\nHost: {host}\r\n") == 404


@pytest.mark.parametrize(
    "path", ["//display", "/./display", "/%64isplay", "/display%2f", "/DISPLAY", "/x/../display"]
)
async def test_no_spelling_of_the_path_leads_round_it(closed: Site, path: str) -> None:
    assert await status_of(closed, f"GET {path} HTTP/1.1\r\nHost: booth.example\r\n") == 404


async def test_two_hosts_are_refused(closed: Site) -> None:
    head = f"GET /display HTTP/1.1\r\nHost: {ROOM}\r\nHost: booth.example\r\n"
    assert await status_of(closed, head) in (400, 404)


async def status_of(site: Site, head: str) -> int:
    """The status of a request that is sent byte by byte as it stands here."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    try:
        writer.write(f"{head}Connection: close\r\n\r\n".encode())
        return int((await asyncio.wait_for(reader.readline(), 30)).split()[1])
    finally:
        writer.close()
        await writer.wait_closed()
