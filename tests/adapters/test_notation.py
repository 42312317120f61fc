"""How settings are written: what is understood, and what is refused in which words."""

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters import notation


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("45m", 2700),
        ("45 min", 2700),
        ("1h", 3600),
        ("1h30m", 5400),
        ("1.5h", 5400),
        ("24H", 86_400),
        ("2d", 172_800),
        ("1w 1d", 691_200),
        ("0.5s", 0.5),
    ],
)
def test_duration_is_a_number_with_its_unit(text: str, seconds: float) -> None:
    assert notation.duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["24", "0", "0s", "-1h", "1y", "1h x", "h", "soon", "9" * 400 + "w", "1h,30m"]
)
def test_duration_refuses_what_could_be_misread(text: str) -> None:
    with pytest.raises(ValueError, match=r"duration|longer"):
        notation.duration(text)


@given(st.integers(1, 10_000), st.sampled_from("smhdw"))
def test_every_whole_duration_is_counted_exactly(number: int, unit: str) -> None:
    one = notation.duration(f"1{unit}")
    assert notation.duration(f"{number}{unit}") == number * one


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("20 MiB", 20_971_520),
        ("20mib", 20_971_520),
        ("20MB", 20_000_000),
        ("1.5 kB", 1500),
        ("1", 1),
        ("512", 512),
        ("512 B", 512),
        ("2GiB", 2**31),
        ("1GB", 10**9),
        ("1 KiB", 1024),
    ],
)
def test_size_is_bytes(text: str, length: int) -> None:
    assert notation.size(text) == length


@pytest.mark.parametrize("text", ["0", "0.1", "-1", "20 MiBs", "MiB", "1e6", "∞", "9" * 400])
def test_size_refuses_nothing_and_nonsense(text: str) -> None:
    with pytest.raises(ValueError, match="byte"):
        notation.size(text)


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (notation.port, "0", 0),
        (notation.port, "65535", 65_535),
        (notation.count, "0", 0),
        (notation.count, "120", 120),
        (notation.switch, "1", True),
        (notation.switch, "On", True),
        (notation.switch, "0", False),
        (notation.host, "0.0.0.0", "0.0.0.0"),  # noqa: S104
        (notation.host, "[::]", "::"),
        (notation.host, "booth.local", "booth.local"),
        (notation.title, "Käsefest 🧀", "Käsefest 🧀"),
        (notation.directory, "a/b", Path("a/b")),
        (notation.directory, "~", Path.home()),
        (notation.token, "123456:ABC-def", "123456:ABC-def"),
        (notation.ed25519_key, "AB" * 32, "ab" * 32),
        (notation.web_url, "https://discord.com/api/v10/", "https://discord.com/api/v10"),
        (notation.socket_url, "wss://gateway.discord.gg/", "wss://gateway.discord.gg"),
        (notation.web_urls, "http://a:8188/, https://b ,,http://a:8188", ("http://a:8188", "https://b")),
        (notation.origin, "https://booth.ngrok.app/", "https://booth.ngrok.app"),
        (notation.origin, "http://localhost:8080", "http://localhost:8080"),
        (notation.origin, "http://[::1]:8080", "http://[::1]:8080"),
        (notation.maintainers, "telegram:123, discord:456", ("telegram:123", "discord:456")),
        (notation.node_types, "Image Save, WAS*", ("Image Save", "WAS*")),
        (notation.networks, "", ()),
    ],
)
def test_what_is_understood(parse: Callable[[str], object], text: str, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("parse", "text", "problem"),
    [
        (notation.port, "65536", "port from 0 to 65535"),
        (notation.port, "-1", "port from 0 to 65535"),
        (notation.port, "http", "port from 0 to 65535"),
        (notation.count, "-1", "whole number"),
        (notation.count, "1.5", "whole number"),
        (notation.switch, "maybe", "1 .on. nor 0 .off."),
        (notation.host, "http://a", "host name"),
        (notation.host, "a:80", "host name"),
        (notation.host, "300.1.1.1", "host name"),
        (notation.title, "two\nlines", "one line"),
        (notation.title, "x" * 81, "80"),
        (notation.token, "a b", "token"),
        (notation.ed25519_key, "ab" * 31, "64"),
        (notation.web_url, "spark.local:8188", "http://"),
        (notation.web_url, "ftp://a", "http://"),
        (notation.web_url, "http://", "whole URL"),
        (notation.web_url, "http://a:99999", "whole URL"),
        (notation.web_url, "http://a b", "whole URL"),
        (notation.web_url, "https://user:hunter2@a", "leave them out"),
        (notation.web_url, "https://a?b=c", "after"),
        (notation.web_urls, "http://a, spark", "number 2"),
        (notation.socket_url, "https://gateway.discord.gg", "wss://"),
        (notation.origin, "http://booth.example", "https://"),
        (notation.origin, "http://192.168.8.2", "https://"),
        (notation.origin, "https://a/booth", "path"),
        (notation.networks, "10.0.0.0/8,home", "number 2"),
        (notation.maintainers, "telegram:@anna", "numeric id"),
        (notation.maintainers, "web:1", "numeric id"),
        (notation.node_types, "Mask,*", "number 2"),
        (notation.database, "mysql://a/b", "postgresql://"),
        (notation.database, "petaflop.db", "database URL"),
        (notation.database, "sqlite://", "file"),
        (notation.database, "sqlite:///:memory:", "file"),
    ],
)
def test_what_is_refused_and_why(parse: Callable[[str], object], text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as refused:
        parse(text)
    assert "hunter2" not in str(refused.value)


def test_networks_are_addresses_or_ranges() -> None:
    assert notation.networks("10.42.0.1/16, 192.168.8.1,fd00::/8") == (
        ip_network("10.42.0.0/16"),
        ip_network("192.168.8.1/32"),
        ip_network("fd00::/8"),
    )


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_postgresql_is_spoken_asynchronously(scheme: str) -> None:
    url = notation.database(f"{scheme}://me:hunter2@db:5433/booth")
    assert url.render_as_string(hide_password=False) == "postgresql+asyncpg://me:hunter2@db:5433/booth"


def test_libpq_s_sslmode_is_told_to_asyncpg() -> None:
    assert dict(notation.database("postgresql://db/booth?sslmode=require").query) == {"ssl": "require"}


def test_sqlite_is_spoken_asynchronously() -> None:
    assert str(notation.database("sqlite:////var/lib/booth.db")) == "sqlite+aiosqlite:////var/lib/booth.db"


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("localhost", True),
        ("a.localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("192.168.8.2", False),
        ("localhost.example", False),
    ],
)
def test_loopback_is_this_machine_only(name: str, own: bool) -> None:
    assert notation.is_loopback(name) is own
