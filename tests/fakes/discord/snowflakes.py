"""Ids that grow with time: https://docs.discord.com/developers/reference#snowflakes."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

EPOCH_MS = 1_420_070_400_000


@dataclass(slots=True)
class Snowflakes:
    """Makes ids; each is larger than the one before."""

    last: int = 0

    def next(self) -> int:
        """A new id of this moment."""
        now = (int(time.time() * 1000) - EPOCH_MS) << 22
        self.last = max(now, self.last + 1)
        return self.last


def moment(snowflake: int) -> str:
    """When an id was made, as ISO 8601."""
    return iso((snowflake >> 22) / 1000 + EPOCH_MS / 1000)


def iso(seconds: float) -> str:
    """A time since 1970 as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
