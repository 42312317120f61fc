"""The order to close the event: left in the data directory for the booth that has the database to itself.

Three files: the order, how far it is, and what has come of it. None of them holds anything of a guest.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.office.export import vacant

ORDER, ANSWER, ARCHIVE = "close-event", "close-event-answer", "event.zip"
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants it: a maintainer's key, or the house's own.

    Attributes:
        token: Names the answer.
        archive: The file's name that the owner's archive gets; no other order's ever has it.
    """

    token: str
    actor: str
    archive: str = ARCHIVE


class Orders:
    """Where orders and answers lie."""

    def __init__(self, folder: Path) -> None:
        """Lie in this folder."""
        self._folder = folder

    def archive(self, order: Order) -> Path:
        """Where the booth leaves the owner's archive."""
        return self._folder / order.archive

    def leave(self, token: str, actor: str) -> Order:
        """Leave an order, in place of an earlier one; its archive takes no other's place.

        Raises:
            OSError: the folder isn't there, or isn't ours.
        """
        (self._folder / ANSWER).unlink(missing_ok=True)
        order = Order(token, actor, vacant(self._folder / ARCHIVE).name)
        self._write(ORDER, asdict(order))
        return order

    def withdraw(self) -> None:
        """Take back an order that nobody has looked at."""
        (self._folder / ORDER).unlink(missing_ok=True)

    def order(self) -> Order | None:
        """What is wanted; it stays until it is answered, so that a kill loses nothing."""
        found = self._read(ORDER)
        if found is None:
            return None
        token, actor = (str(found.get(name, "")) for name in ("token", "actor"))
        return Order(token, actor, str(found.get("archive", ARCHIVE)))

    def tell(self, token: str, answer: Mapping[str, int | str], *, last: bool) -> None:
        """Say how far it is, or what has come of it; with the last word the order is gone."""
        self._write(ANSWER, {"token": token, "last": last, **answer})
        if last:
            self.withdraw()

    def answer(self, token: str) -> Mapping[str, object] | None:
        """What the booth has said to this order by now."""
        found = self._read(ANSWER)
        return found if found is not None and found.get("token") == token else None

    def clear(self) -> None:
        """The answer was read."""
        (self._folder / ANSWER).unlink(missing_ok=True)

    def _write(self, name: str, content: Mapping[str, object]) -> None:
        part = self._folder / f"{name}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE), "w") as file:
            json.dump(content, file)
        part.replace(self._folder / name)

    def _read(self, name: str) -> Mapping[str, object] | None:
        try:
            found = json.loads((self._folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None
