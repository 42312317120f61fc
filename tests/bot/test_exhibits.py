"""What others see of a picture: which reactions are votes, and names that lead nowhere."""

import pytest

from bot.exhibits import is_vote, unlinked


@pytest.mark.parametrize(
    ("sign", "votes"), [("❤️", True), ("👎", False), ("👎🏽", False), ("🖕🏿", False), ("👍", True)]
)
def test_what_is_no_vote(sign: str, *, votes: bool) -> None:
    assert is_vote(sign) is votes


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann", "Ann"),
        ("Ann O. B.", "Ann O. B."),
        ("example.org", "example.\u2060org"),
        ("http://a.b", "http:\u2060/\u2060/\u2060a.\u2060b"),
        ("@ann #1", "@\u2060ann #\u20601"),
    ],
)
def test_a_name_is_no_link(name: str, shown: str) -> None:
    assert unlinked(name) == shown
