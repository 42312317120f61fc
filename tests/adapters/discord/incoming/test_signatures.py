"""Which requests are Discord's."""

import pytest
from nacl.signing import SigningKey

from adapters.discord.incoming.signatures import Verifier

DISCORD = SigningKey(bytes(range(32)))
STRANGER = SigningKey(bytes(range(1, 33)))
BODY, NOW = '{"type":1,"name":"Grüße"}'.encode(), 1_800_000_000.0
VERIFIER = Verifier(DISCORD.verify_key.encode().hex())


def signed(timestamp: str, body: bytes = BODY, key: SigningKey = DISCORD) -> str:
    return key.sign(timestamp.encode() + body).signature.hex()


@pytest.mark.parametrize("age_s", [0, 1, 299, 300, -1, -300])
def test_what_discord_has_signed_is_accepted_while_it_is_fresh(age_s: int) -> None:
    timestamp = str(int(NOW) - age_s)
    assert VERIFIER.accepts(signed(timestamp), timestamp, BODY, NOW)
    assert VERIFIER.accepts(signed(timestamp).upper(), timestamp, BODY, NOW)


@pytest.mark.parametrize("age_s", [301, 3600, -301, 10**8])
def test_what_is_stale_or_from_the_future_is_not(age_s: int) -> None:
    timestamp = str(int(NOW) - age_s)
    assert not VERIFIER.accepts(signed(timestamp), timestamp, BODY, NOW)


NO_TIMESTAMPS = [
    *("", " ", "now", "1.8e9", "1800000000.0", "-1800000000", "+1800000000", "1_800_000_000"),
    *("１８０００００００００", " 1800000000", "0x6b49d200", "1800000000\n", "9" * 5000),
]
NO_SIGNATURES = ["", "zz", "ab", "00" * 63, "00" * 65, "00" * 64, "é" * 128, "0" * 10_000]


@pytest.mark.parametrize("timestamp", NO_TIMESTAMPS)
def test_a_timestamp_that_is_no_plain_number_is_not_accepted_even_signed(timestamp: str) -> None:
    assert not VERIFIER.accepts(signed(timestamp), timestamp, BODY, NOW)


def test_what_somebody_else_has_signed_or_changed_is_not() -> None:
    timestamp = str(int(NOW))
    good = signed(timestamp)
    assert not VERIFIER.accepts(signed(timestamp, key=STRANGER), timestamp, BODY, NOW)
    assert not VERIFIER.accepts(good, timestamp, BODY + b" ", NOW)
    assert not VERIFIER.accepts(good, str(int(NOW) + 1), BODY, NOW)
    assert not VERIFIER.accepts(signed(timestamp, b""), timestamp, BODY, NOW)
    # The boundary between timestamp and body is signed, too: a digit may not wander.
    assert not VERIFIER.accepts(signed(timestamp, b"1{}"), timestamp + "1", b"{}", NOW)


@pytest.mark.parametrize(
    "signature", ["", "zz", "ab", "00" * 63, "00" * 65, "00" * 64, "é" * 128, "0" * 10_000]
)
def test_what_is_no_signature_is_not(signature: str) -> None:
    assert not VERIFIER.accepts(signature, str(int(NOW)), BODY, NOW)


@pytest.mark.parametrize("place", [0, 64, 128])
def test_a_good_signature_with_a_space_is_none(place: int) -> None:
    timestamp = str(int(NOW))
    good = signed(timestamp)
    assert not VERIFIER.accepts(f"{good[:place]} {good[place:]}", timestamp, BODY, NOW)


@pytest.mark.parametrize("key", ["", "00", "zz" * 32, "00" * 31])
def test_what_is_no_key_is_refused_at_once(key: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 # the libraries' own words
        Verifier(key)
