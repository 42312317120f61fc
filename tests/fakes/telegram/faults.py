"""What goes wrong between the bot and Telegram, on demand: for a method, a chat, and so many calls."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["flood", "server error", "reset before", "reset after", "hang", "hang after", "slow"]

EVERY_METHOD = "*"
DOWNLOAD = "download"


@dataclass(slots=True)
class Fault:
    """One fault.

    Attributes:
        method: As the Bot API writes it; "download" is a file's transfer, "*" all but getUpdates.
        kind: "before" and "after" mean the call's effect: after a "reset after" the message is there.
        times: How many calls it still strikes; None is all of them.
        skip: How many it spares before.
        chat: Only calls for this chat.
        retry_after: Seconds, of a flood.
        status: Of a server error.
        delay_s: Of a slow one.
        hits: How many it has struck.
    """

    method: str
    kind: Kind
    times: int | None = 1
    skip: int = 0
    chat: int | None = None
    retry_after: int = 1
    status: int = 502
    delay_s: float = 0.1
    hits: int = 0

    def clear(self) -> None:
        """All is well again."""
        self.times = 0

    def strikes(self, method: str, chat: int | None) -> bool:
        """Whether it happens to this call; counts it."""
        if self.times == 0 or not self._is_meant(method) or self.chat not in {None, chat}:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times = None if self.times is None else self.times - 1
        self.hits += 1
        return True

    def _is_meant(self, method: str) -> bool:
        name = method.lower()
        return self.method.lower() == name or (self.method == EVERY_METHOD and name != "getupdates")
