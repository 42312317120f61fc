"""The signed cookie: whose it is can't be made up."""

import pytest
from itsdangerous import TimestampSigner
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.guests import COOKIE, MAX_AGE_S, PREFIX, GuestCookies
from bot.nouns import GuestKey

ANN = GuestKey("web:ann")
KEY = "0123456789abcdef"


def request(cookie: str | None = None, scheme: str = "http") -> Request:
    headers = [] if cookie is None else [(b"cookie", f"{COOKIE}={cookie}".encode())]
    scope = {"type": "http", "scheme": scheme, "headers": headers, "path": "/", "query_string": b""}
    return Request({**scope, "server": ("booth", 80)})


def written(cookies: GuestCookies, scheme: str = "http") -> str:
    response = Response()
    cookies.write(response, request(scheme=scheme), ANN)
    return response.headers["set-cookie"]


def value_of(header: str) -> str:
    return header.partition("=")[2].partition(";")[0]


def test_what_was_written_is_read_again() -> None:
    cookies = GuestCookies(b"secret")
    assert cookies.read(request(value_of(written(cookies)))) == ANN


def test_a_cookie_is_kept_from_scripts_and_from_strangers_pages() -> None:
    plain, tls = written(GuestCookies(b"secret")), written(GuestCookies(b"secret"), "https")
    for attribute in ("HttpOnly", "SameSite=lax", "Path=/", f"Max-Age={MAX_AGE_S}"):
        assert attribute in plain
    assert "Secure" not in plain
    assert "Secure" in tls


@pytest.mark.parametrize("place", [0, 2, 5, -1])
def test_a_tampered_cookie_is_none(place: int) -> None:
    cookies = GuestCookies(b"secret")
    value = value_of(written(cookies))
    other = "A" if value[place] not in "ABCD" else "Q"  # the last letter's two lowest bits mean nothing
    tampered = value[:place] + other + value[place:][1:]
    assert cookies.read(request(tampered)) is None


@pytest.mark.parametrize("value", ["", "ann", "web:ann", "a.b.c", "\x00", "." * 500])
def test_what_nobody_signed_is_none(value: str) -> None:
    assert GuestCookies(b"secret").read(request(value)) is None


def test_another_secret_signs_for_nobody() -> None:
    assert GuestCookies(b"another").read(request(value_of(written(GuestCookies(b"secret"))))) is None


def test_an_old_cookie_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    cookies = GuestCookies(b"secret")
    value = value_of(written(cookies))
    now = TimestampSigner(b"").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: now + MAX_AGE_S + 60)
    assert cookies.read(request(value)) is None


def test_newcomers_are_all_different() -> None:
    cookies = GuestCookies(b"secret")
    assert len({cookies.newcomer(None, b"the same") for _ in range(100)}) == 100


def test_a_repeated_post_comes_from_the_same_newcomer() -> None:
    cookies = GuestCookies(b"secret")
    guest = cookies.newcomer(KEY, b"a photo")
    assert guest.startswith(PREFIX)
    assert guest == cookies.newcomer(KEY, b"a photo")
    assert len({guest, cookies.newcomer(KEY, b"another"), cookies.newcomer(KEY[::-1], b"a photo")}) == 3
    assert guest != GuestCookies(b"another").newcomer(KEY, b"a photo")


def test_a_voice_is_one_for_an_address_and_a_picture_and_tells_neither() -> None:
    cookies = GuestCookies(b"secret")
    voice = cookies.voice("192.0.2.1", "picture")
    assert voice == cookies.voice("192.0.2.1", "picture")
    others = {
        cookies.voice("192.0.2.2", "picture"),
        cookies.voice("192.0.2.1", "another"),
        GuestCookies(b"another secret").voice("192.0.2.1", "picture"),
    }
    assert len({voice, *others}) == 4
    assert "192" not in voice
