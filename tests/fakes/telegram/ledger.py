"""What every request has cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """One request; bytes are those of the bodies, status 0 means that no answer was sent.

    ``came_at`` is when it came in, in seconds of the monotonic clock.
    """

    method: str
    chat: int | None
    bytes_up: int
    bytes_down: int
    status: int
    fault: str | None = None
    came_at: float = 0.0


@dataclass(slots=True)
class Ledger(Sequence[Request]):
    """All requests in order of their ends."""

    entries: list[Request] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> Request:  # type: ignore[override]
        return self.entries[index]

    def __iter__(self) -> Iterator[Request]:
        return iter(self.entries)

    def of(self, *methods: str, chat: int | None = None) -> list[Request]:
        """Those of some methods, and of a chat where one is given."""
        return [r for r in self.entries if r.method in methods and chat in {None, r.chat}]

    def without(self, *methods: str) -> list[Request]:
        """All but those of some methods, such as getUpdates."""
        return [request for request in self.entries if request.method not in methods]

    @property
    def bytes_up(self) -> int:
        """Sent by the bot."""
        return sum(request.bytes_up for request in self.entries)

    @property
    def bytes_down(self) -> int:
        """Sent to the bot."""
        return sum(request.bytes_down for request in self.entries)

    def clear(self) -> None:
        """Count from here."""
        self.entries.clear()
