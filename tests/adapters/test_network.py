"""Where phones reach this machine: decided from the host; the machine's own addresses are looked up."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest

from adapters.network import http_url, lan_urls


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_only_this_machine(host: str) -> None:
    assert lan_urls(host, 8080) == ()


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("192.168.8.2", "http://192.168.8.2:8080"),
        ("booth.local", "http://booth.local:8080"),
        ("fd00::2", "http://[fd00::2]:8080"),
    ],
)
def test_a_host_is_taken_as_it_is(host: str, url: str) -> None:
    assert lan_urls(host, 8080) == (url,)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104
def test_all_addresses_are_told_by_real_ones(host: str) -> None:
    for url in lan_urls(host, 8080):  # a machine without any network has none
        parts = urlsplit(url)
        address = ip_address(parts.hostname or "")
        assert not any((address.is_loopback, address.is_unspecified, address.is_link_local))
        assert parts.port == 8080


def test_ipv6_has_its_brackets() -> None:
    assert http_url("::1", 8080) == "http://[::1]:8080"
