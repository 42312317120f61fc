"""What counts as one address, and how many posts it has."""

import pytest
from starlette.requests import Request

from adapters.web.limits import AddressLimit, address_key
from adapters.web.problems import Refused


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("a socket", "local"),
        (None, "local"),
    ],
)
def test_a_household_is_one_address(host: str | None, key: str) -> None:
    assert address_key(host) == key


def coming_from(host: str) -> Request:
    return Request({"type": "http", "client": (host, 1), "headers": []})


async def test_the_limit_counts_each_address_by_itself() -> None:
    limit = AddressLimit(2)
    for _ in range(2):
        await limit.check(coming_from("2001:db8::1"))
    with pytest.raises(Refused) as refused:
        await limit.check(coming_from("2001:db8::2"))
    assert refused.value.status == 429
    assert refused.value.retry_after_s is not None
    assert 0 < refused.value.retry_after_s <= 60
    await limit.check(coming_from("192.0.2.7"))


async def test_zero_is_no_limit() -> None:
    limit = AddressLimit(0)
    for _ in range(200):
        await limit.check(coming_from("192.0.2.7"))
