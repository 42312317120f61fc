"""Questions that a guest's tap asks and the bot answers within seconds: button presses and inline queries."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.fakes.news import News
from tests.fakes.telegram.refusals import QUERY_TOO_OLD, bad_request
from tests.fakes.telegram.values import JsonObject

FIRST_QUERY = 930_000_000_000_000_001


@dataclass(slots=True)
class Query:
    """``answer`` holds the parameters of the bot's answer, once there is one."""

    id: str
    news: News = field(repr=False)
    answer: JsonObject | None = None
    expired: bool = False

    async def answered(self) -> JsonObject:
        """Waits for the answer."""
        await self.news.until(lambda: self.answer is not None)
        return self.answer or {}

    def expire(self) -> None:
        """Too late: an answer is refused from now on."""
        self.expired = True


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message saved by ``savePreparedInlineMessage`` for a user."""

    id: str
    user: int
    result: JsonObject


@dataclass(slots=True)
class Queries:
    """All that were asked, and the prepared inline messages."""

    prepared: dict[str, Prepared] = field(default_factory=dict)
    _open: dict[str, Query] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_QUERY))

    def ask(self, news: News) -> Query:
        """A new one."""
        query = Query(str(next(self._ids)), news)
        self._open[query.id] = query
        return query

    def answer(self, id_: str, answer: JsonObject) -> None:
        """The bot answers.

        Raises:
            Refused: unknown, answered already, or too late.
        """
        query = self._open.get(id_)
        if query is None or query.expired or query.answer is not None:
            raise bad_request(QUERY_TOO_OLD)
        query.answer = answer
        query.news.spread()

    def prepare(self, user: int, result: JsonObject) -> Prepared:
        """Keeps a message for a user to send."""
        prepared = Prepared(f"prepared{next(self._ids)}", user, result)
        self.prepared[prepared.id] = prepared
        return prepared
