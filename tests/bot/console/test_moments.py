"""Moments as they are typed, by the clock of the machine."""

from datetime import datetime

import pytest

from bot.console.moments import read_moment, read_moments, split_moments, told
from bot.office.slips import WrongField

NOW = datetime.fromisoformat("2026-11-23T12:00").astimezone()


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-24 09:00", "2026-11-24 09:00"),
        ("2026-11-24T9:05", "2026-11-24 09:05"),
        ("2026-11-24", "2026-11-24 00:00"),
        ("13:30", "2026-11-23 13:30"),
        ("09:00", "2026-11-24 09:00"),
        ("12:00", "2026-11-24 12:00"),
        ("+2h", "2026-11-23 14:00"),
        ("+90m", "2026-11-23 13:30"),
        ("+1 d", "2026-11-24 12:00"),
        (" NOW ", "2026-11-23 12:00"),
    ],
)
def test_moments_are_read(typed: str, moment: str) -> None:
    read = read_moment(typed, NOW, "since")
    assert read is not None
    assert told(read) == moment


@pytest.mark.parametrize("typed", ["", "-", " - "])
def test_moments_are_left_open(typed: str) -> None:
    assert read_moment(typed, NOW, "since") is None


@pytest.mark.parametrize(
    "typed", ["soon", "25:00", "2026-13-01", "0000-01-01", "+99999d", "9", "2026-11-24 09"]
)
def test_what_is_no_moment_is_refused_by_the_fields_name(typed: str) -> None:
    with pytest.raises(WrongField) as caught:
        read_moment(typed, NOW, "until")
    assert caught.value.values == {"field": "until"}


@pytest.mark.parametrize(
    ("since", "until", "moment"),
    [
        ("13:30", "+2h", "2026-11-23 15:30"),
        ("09:00", "+2h", "2026-11-24 11:00"),
        ("09:00", "18:00", "2026-11-24 18:00"),
        ("2026-11-30 22:00", "02:00", "2026-12-01 02:00"),
        ("now", "+2h", "2026-11-23 14:00"),
        ("-", "+2h", "2026-11-23 14:00"),
        ("2026-11-01 09:00", "+2h", "2026-11-23 14:00"),
        ("2026-11-01 09:00", "2026-11-02", "2026-11-02 00:00"),
    ],
)
def test_an_end_counts_from_a_beginning_that_is_to_come(since: str, until: str, moment: str) -> None:
    _, ends = read_moments(since, until, NOW)
    assert ends is not None
    assert told(ends) == moment


@pytest.mark.parametrize(
    ("typed", "both"),
    [
        ("", ("-", "-")),
        ("+1h", ("+1h", "-")),
        ("- 18:00", ("-", "18:00")),
        ("2026-11-24 09:00 2026-11-25 10:00", ("2026-11-24 09:00", "2026-11-25 10:00")),
        ("2026-11-24 2026-11-25", ("2026-11-24", "2026-11-25")),
        ("now +2h", ("now", "+2h")),
    ],
)
def test_two_moments_stand_in_a_line(typed: str, both: tuple[str, str]) -> None:
    assert split_moments(typed) == both


@pytest.mark.parametrize("typed", ["tomorrow", "now and then", "+1h +2h +3h"])
def test_anything_else_in_the_line_is_refused(typed: str) -> None:
    with pytest.raises(WrongField):
        split_moments(typed)
