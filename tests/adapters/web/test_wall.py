"""The wall over real sockets: what is shared comes live, what isn't any more is gone, codes and the PIN."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
import zxingcpp
from PIL import Image

from adapters.web import broadcast
from adapters.web.seats import MOST_AN_ADDRESS, MOST_KNOWN, MOST_STRANGERS, Seats
from bot.exhibits import ShareId
from bot.nouns import GuestKey
from bot.office.pin_lock import TRIES, Caller
from bot.store.bell import WALL
from tests.adapters.web.served import DISCORD_AWAY, PATIENCE_S, House, Site, served
from tests.adapters.web.sharing import picture, share, shared, watching

OWNER = GuestKey("telegram:1")
NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest_asyncio.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A booth with a maintainer and ways in."""
    setup = House(telegram="BoothBot", discord="https://discord.gg/booth", maintainers=[OWNER])
    async with served(tmp_path_factory.mktemp("wall"), setup) as one:
        yield one


async def test_a_share_comes_live_and_is_gone_when_it_is_taken_back(site: Site) -> None:
    async with site.visitor() as guest, site.visitor() as screen:
        job = await picture(guest)
        async with watching(screen) as wall:
            await wall.until_shown()
            await wall.until(lambda told: bool(told["made"] >= 1))
            await share(guest, job, "Ann")
            now = await wall.until(lambda told: len(told["pieces"]) == 1)
            (piece,) = now["pieces"]
            assert (piece["name"], piece["style"], piece["crowned"]) == ("Ann", "Comic", False)
            assert set(piece) == {"id", "style", "name", "crowned"}
            shown = await screen.get(f"/display/pictures/{piece['id']}")
            assert shown.content == (await guest.get(f"/api/jobs/{job}/picture")).content
            assert shown.headers["cache-control"] == "private, no-store"
            assert job not in (str(now) + str(shown.headers))
            await guest.delete(f"/api/jobs/{job}/share")
            await wall.until_shown()
            for address in ("", "?w=320"):
                gone = await screen.get(f"/display/pictures/{piece['id']}{address}")
                assert gone.status_code == 404


async def test_small_copies_are_small_and_gone_with_their_picture(site: Site) -> None:
    async with site.visitor() as guest:
        piece = await shared(guest, site)
        for width in (32, 320):
            small = await guest.get(f"/gallery/{piece}/picture?w={width}")
            assert small.headers["content-type"] == "image/webp"
            assert small.headers["cache-control"] == "private, no-store"
            with Image.open(io.BytesIO(small.content)) as image:
                assert image.width <= width
        for strange in ("33", "0", "-1", "320px", ""):
            assert (await guest.get(f"/gallery/{piece}/picture?w={strange}")).status_code == 404
        await guest.delete("/api/me")
        assert (await guest.get(f"/gallery/{piece}/picture?w=320")).status_code == 404


async def test_a_stream_begins_with_the_version_and_beats(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcast, "LOOK_S", 0.1)
    async with site.visitor() as screen, screen.stream("GET", "/display/events") as response:
        assert response.headers["cache-control"] == "no-store"
        names: list[str] = []
        async with asyncio.timeout(PATIENCE_S):
            async for line in response.aiter_lines():
                names += [line.removeprefix("event: ")] if line.startswith("event: ") else []
                if "beat" in names:
                    break
    assert names[:2] == ["hello", "wall"]


async def test_the_favourite_is_crowned_and_told(house: Site) -> None:
    async with house.visitor() as guest:
        piece = await shared(guest, house)
        async with watching(guest) as wall:
            await wall.until(lambda told: any(one["id"] == piece for one in told["pieces"]))
            await house.stores.shares.vote(ShareId(piece), GuestKey("telegram:9"), likes=True)
            await house.stores.bell.ring(WALL)
            await wall.until(lambda told: any(one["crowned"] for one in told["pieces"]))
        await guest.delete("/api/me")


async def test_codes_lead_to_every_network_and_say_where_they_hang(house: Site) -> None:
    async with house.visitor() as screen, watching(screen, "?lang=de") as wall:
        codes = (await wall.until(lambda told: bool(told["codes"])))["codes"]
        assert [code["name"] for code in codes] == ["Telegram", "Discord"]
        svg = (await screen.get(codes[0]["url"])).text
    assert read(svg) == "https://t.me/BoothBot?start=e_tests-friends__p_wall"


async def test_a_chat_that_is_away_is_named_while_another_is_there(tmp_path: Path) -> None:
    setup = House(telegram="BoothBot", discord="https://discord.gg/booth", uplinks=DISCORD_AWAY)
    async with served(tmp_path, setup) as own, own.visitor() as screen:
        async with watching(screen) as wall:
            seen = await wall.until(bool)
        assert (seen["online"], seen["away"]) == (True, ["discord"])
        without_its_code = await broadcast.told_wall(own.booth.wall, "en", list)
        assert without_its_code.told["away"] == []


async def test_without_a_public_address_the_page_s_code_leads_where_the_wall_was_opened(site: Site) -> None:
    async with site.visitor(headers={"host": "192.168.8.10:30080"}) as screen:
        svg = (await screen.get("/display/codes/web")).text
    assert read(svg) == "http://192.168.8.10:30080/?i=e_tests-friends__p_wall"


async def test_opened_by_the_machine_s_own_name_no_code_leads_nowhere(site: Site, tmp_path: Path) -> None:
    async with site.visitor() as screen:
        async with watching(screen) as wall:
            assert (await wall.until(bool))["codes"] == []
        assert "PETAFLOP_HOST=0.0.0.0" in (await screen.get("/display")).text
        piece = await shared(screen, site)
        page = (await screen.get(f"/gallery/{piece}")).text
        assert "nobody else reaches the one that it has now" in page
        assert f"/gallery/{piece}/code" not in page
        assert (await screen.get(f"/gallery/{piece}/code")).status_code == 404
        await screen.delete("/api/me")
    in_the_room = "http://192.168.8.10:8080"
    async with served(tmp_path, House(page=in_the_room)) as own, own.visitor() as screen:
        assert read((await screen.get("/display/codes/web")).text).startswith(f"{in_the_room}/?i=")
        piece = await shared(screen, own)
        svg = (await screen.get(f"/gallery/{piece}/code")).text
        assert read(svg) == f"{in_the_room}/gallery/{piece}"


async def test_the_pin_hides_a_picture_and_a_wrong_one_does_not(house: Site) -> None:
    pin = await house.booth.office.curator.pin(OWNER)
    async with house.visitor() as guest, house.visitor() as screen:
        piece = await shared(guest, house)
        for wrong in ("", "x" * 200, str(int(pin) ^ 1)):
            answer = await screen.post("/display/hide", data={"pin": wrong, "share": piece})
            assert (answer.status_code, answer.json()["detail"]) == (403, "That is not the PIN.")
        assert (await screen.get(f"/display/pictures/{piece}")).status_code == 200
        for _ in range(2):  # a press that is repeated changes nothing
            right = await screen.post("/display/hide", json={"pin": pin, "share": piece})
            assert right.status_code == 204
        assert (await screen.get(f"/display/pictures/{piece}")).status_code == 404
        assert [one.id for one in await house.booth.wall.newest("en")] == []


async def test_who_floods_wrong_pins_locks_nobody_out_but_themselves(tmp_path: Path) -> None:
    setup = House(maintainers=[OWNER], trusted_proxies=["127.0.0.1"])
    async with served(tmp_path, setup) as own, own.visitor() as screen, own.visitor() as flooder:
        curator = own.booth.office.curator
        pin, at_flooders = await curator.pin(OWNER), {"x-forwarded-for": "192.0.2.7"}
        right, wrong = ({"pin": one, "share": NOBODYS} for one in (pin, "no"))
        known = await screen.post("/display/hide", data=right, headers=at_flooders)
        cookie = known.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and "path=/display" in cookie  # noqa: PT018
        for _ in range(TRIES):
            told = await flooder.post("/display/hide", data=wrong, headers=at_flooders)
            assert (told.status_code, told.json()["code"]) == (403, "slip-wrong-pin")
            assert "set-cookie" not in told.headers
        told = await flooder.post("/display/hide?lang=de", data=right, headers=at_flooders)
        assert told.status_code == 429
        assert 540 < int(told.headers["retry-after"]) <= 600
        assert "in 10 Minuten noch einmal" in told.json()["detail"].translate({0x2068: None, 0x2069: None})
        for visitor, address in ((screen, "192.0.2.7"), (flooder, "192.0.2.8")):
            headers = {"x-forwarded-for": address}
            assert (await visitor.post("/display/hide", data=right, headers=headers)).status_code == 204
        await curator.new_pin(OWNER)  # voids the cookie: the screen is one at the flooder's address again
        told = await screen.post("/display/hide", data=wrong, headers=at_flooders)
        assert told.status_code == 429


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"pin": "1"},
        {"share": NOBODYS},
        {"pin": "1", "share": "1"},
        {"pin": "1", "share": "\0"},
        {"pin": "\ud800", "share": NOBODYS},
        {"pin": "1", "share": "\ud800"},
    ],
)
async def test_half_a_wish_to_hide_is_refused(house: Site, fields: dict[str, str]) -> None:
    async with house.visitor() as screen:
        as_json = {"Content-Type": "application/json"}
        answer = await screen.post("/display/hide", content=json.dumps(fields), headers=as_json)
    assert (answer.status_code, answer.json()["code"]) == (400, "wall-problem-hide")


async def test_another_page_can_not_hide(house: Site) -> None:
    pin = await house.booth.office.curator.pin(OWNER)
    async with house.visitor(headers={"sec-fetch-site": "cross-site"}) as evil:
        answer = await evil.post("/display/hide", data={"pin": pin, "share": NOBODYS})
    assert answer.status_code == 403


async def test_what_is_held_is_shown_nowhere(house: Site) -> None:
    curator = house.booth.office.curator
    await curator.hold(OWNER, on=True)
    try:
        async with house.visitor() as guest:
            job = await picture(guest)
            await share(guest, job)
            assert (await guest.get(f"/api/jobs/{job}")).json()["shared"] == "held"
            (held,) = await curator.held(OWNER)
            for address in (f"/display/pictures/{held.id}", f"/gallery/{held.id}/picture?w=320"):
                assert (await guest.get(address)).status_code == 404
            await curator.let_show(OWNER, held.id)
            assert (await guest.get(f"/display/pictures/{held.id}")).status_code == 200
            await guest.delete("/api/me")
    finally:
        await curator.hold(OWNER, on=False)


async def test_a_server_that_stops_ends_the_walls_streams(tmp_path: Path) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE_S) as screen:
        async with served(tmp_path) as own:
            stream = screen.stream("GET", f"{own.url}/display/events")
            response = await stream.__aenter__()
            lines = response.aiter_lines()
            while await anext(lines) != "event: wall":
                pass
        async with asyncio.timeout(PATIENCE_S):
            assert [line async for line in lines]
        await stream.__aexit__(None, None, None)


async def test_one_address_takes_no_room_from_others_nor_from_the_booths_own_screen(tmp_path: Path) -> None:
    house = House(trusted_proxies=["127.0.0.1"], maintainers=[OWNER])
    async with served(tmp_path, house) as own, own.visitor() as crowd, own.visitor() as screen:
        crowd.headers["x-forwarded-for"] = screen.headers["x-forwarded-for"] = "192.0.2.8"
        pin = await own.booth.office.curator.pin(OWNER)
        told = await screen.post("/display/hide", data={"pin": pin, "share": NOBODYS})
        assert told.status_code == 204
        request = crowd.build_request("GET", "/display/events")
        open_ones = [await crowd.send(request, stream=True) for _ in range(MOST_AN_ADDRESS)]
        lines = [one.aiter_lines() for one in open_ones]  # one that nobody holds ends its stream
        for line in lines:
            await anext(line)
        refused = await crowd.get("/display/events")
        assert (refused.status_code, refused.json()["code"]) == (429, "wall-problem-screens")
        assert await status_of(screen) == 200
        crowd.headers["x-forwarded-for"] = "192.0.2.9"
        assert await status_of(crowd) == 200
        crowd.headers["x-forwarded-for"] = "192.0.2.8"
        for one in open_ones:
            await one.aclose()
        async with asyncio.timeout(PATIENCE_S):
            while await status_of(crowd) == 429:  # noqa: ASYNC110 # streams end without telling a test
                await asyncio.sleep(0.05)


def test_seats_are_bounded_in_all_and_given_back() -> None:
    seats = Seats()
    strangers = [Caller(f"192.0.2.{number}") for number in range(MOST_STRANGERS)]
    screens = [Caller(f"screen {number}", known=True) for number in range(MOST_KNOWN)]
    with ExitStack() as stack:
        for one in [*strangers, *screens]:
            assert seats.is_free(one)
            stack.enter_context(seats.taken(one))
        assert not seats.is_free(Caller("198.51.100.7"))
        assert not seats.is_free(Caller("one more", known=True))
    assert seats.is_free(strangers[0])
    with ExitStack() as stack:
        for _ in range(MOST_AN_ADDRESS):
            stack.enter_context(seats.taken(strangers[0]))
        assert not seats.is_free(strangers[0])
        assert seats.is_free(strangers[1])


async def status_of(screen: httpx.AsyncClient) -> int:
    """Whether one more stream is opened; it is closed at once."""
    async with screen.stream("GET", "/display/events") as response:
        return response.status_code


def read(svg: str) -> str:
    """What a phone reads in a code that is drawn as SVG: its path's runs of dark modules."""
    side = int(svg.partition('viewBox="0 0 ')[2].partition(" ")[0])
    image = Image.new("L", (side, side), 255)
    for run in svg.rpartition(' d="M')[2].partition('"')[0].split("M"):
        at, _, width = run.partition("h")
        left, row = map(int, at.split())
        image.paste(0, (left, row, left + int(width.partition("v")[0]), row + 1))
    (found,) = zxingcpp.read_barcodes(image.resize((8 * side, 8 * side), Image.Resampling.NEAREST))
    return str(found.text)
