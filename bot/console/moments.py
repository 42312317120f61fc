"""Moments as maintainers type them: ``2026-11-24 09:00``, ``09:00``, ``+2h``, ``now``, ``-`` for open. Pure.

They are read, and told, by the clock of the machine that the booth runs on.
"""

import re
from datetime import datetime, timedelta

from bot.office.slips import WrongField

OPEN = "-"
_SPAN = re.compile(r"\+(\d{1,4})\s*([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]+(\d{1,2}):(\d{2}))?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_ANY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[ t]+\d{1,2}:\d{2})?|\+\d{1,4}\s*[mhd]|\d{1,2}:\d{2}|now|-")


def read_moment(typed: str, now: datetime, field: str) -> float | None:
    """Seconds since the epoch; None where it is left open. A time alone is the next one after ``now``.

    Raises:
        WrongField: names ``field``; it can't be read.
    """
    plain = typed.strip().lower()
    if plain in ("", OPEN):
        return None
    try:
        return _moment(plain, now).timestamp()
    except (ValueError, OverflowError):
        raise WrongField(field=field) from None


def read_moments(since: str, until: str, now: datetime) -> tuple[float | None, float | None]:
    """Beginning and end; a span to the end, or a time alone, counts from the beginning where that is to come.

    Raises:
        WrongField: names ``since`` or ``until``; it can't be read.
    """
    begins = read_moment(since, now, "since")
    start = now if begins is None else max(now, datetime.fromtimestamp(begins, now.tzinfo))
    return begins, read_moment(until, start, "until")


def split_moments(typed: str) -> tuple[str, str]:
    """Beginning and end as they stand in one line; what isn't there is open.

    Raises:
        WrongField: there is something else in the line, or a third moment.
    """
    found = _ANY.findall(typed.lower())
    left = _ANY.sub("", typed.lower()).strip()
    if left or len(found) > 2:
        raise WrongField(field="since")
    first, second, *_ = (*found, OPEN, OPEN)
    return first, second


def told(at: float) -> str:
    """A moment as it can be typed, by the booth's clock."""
    return datetime.fromtimestamp(at).astimezone().strftime("%Y-%m-%d %H:%M")


def _moment(plain: str, now: datetime) -> datetime:
    if plain == "now":
        return now
    if span := _SPAN.fullmatch(plain):
        return now + timedelta(**{_UNITS[span[2]]: int(span[1])})
    if time := _TIME.fullmatch(plain):
        today = now.replace(hour=int(time[1]), minute=int(time[2]), second=0, microsecond=0)
        return today if today > now else today + timedelta(days=1)
    day = _DAY.fullmatch(plain)
    if day is None:
        raise ValueError
    year, month, date, hour, minute = (int(part or 0) for part in day.groups())
    return datetime(year, month, date, hour, minute).astimezone(now.tzinfo)
