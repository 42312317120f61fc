"""Who minds is left alone for as long as a group's style lasts, and no longer."""

import pytest

from adapters.telegram.handling.unasked import REMEMBERED, Spared
from adapters.wishes import declines
from bot.guests.moments import STYLE_MINUTES


def test_who_minds_is_spared_for_as_long_as_a_style_lasts() -> None:
    now = 0.0
    spared = Spared(lambda: now)
    spared.spare(("party", "ann"))
    assert [("party", one) in spared for one in ("ann", "bob")] == [True, False]
    now = 60.0 * STYLE_MINUTES - 1
    assert ("party", "ann") in spared
    spared.spare(("party", "bob"))
    now += 2
    assert [("party", one) in spared for one in ("ann", "bob")] == [False, True]


def test_only_so_many_are_remembered() -> None:
    spared = Spared(lambda: 0.0)
    for number in range(REMEMBERED + 1):
        spared.spare(number)
    assert [number in spared for number in (0, 1, REMEMBERED)] == [False, True, True]


@pytest.mark.parametrize(
    ("words", "is_no"),
    [
        ("no", True),
        ("No, thanks!", True),
        ("  nein danke", True),
        ("nothing", False),
        ("oh no", False),
        ("", False),
    ],
)
def test_what_is_a_no(words: str, *, is_no: bool) -> None:
    assert declines(words) is is_no
