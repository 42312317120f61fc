"""What every request has cost."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """One request; bytes are those of the bodies, status 0 means that no answer was sent."""

    operation: str
    channel: int | None
    bytes_up: int
    bytes_down: int
    status: int
    fault: str | None = None


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

    def of(self, *operations: str, channel: int | None = None) -> list[Request]:
        """Those of some operations, and of a channel where one is given."""
        return [r for r in self.entries if r.operation in operations and channel in {None, r.channel}]

    @property
    def counts(self) -> Counter[str]:
        """How often each operation was asked for."""
        return Counter(request.operation for request in self.entries)

    @property
    def refused(self) -> list[Request]:
        """Those that Discord counts as invalid: 401, 403 and 429."""
        return [request for request in self.entries if request.status in {401, 403, 429}]

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
