"""The updates that wait for the bot, whichever way it takes them."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from tests.fakes.news import News
from tests.fakes.telegram.values import JsonObject

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
)
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
BY_DEFAULT = frozenset(KINDS) - ONLY_ON_REQUEST
FIRST_UPDATE = 810_000_001


@dataclass(frozen=True, slots=True)
class Update:
    """One update; those of one ``lane`` (a chat or a user) are delivered in order."""

    id: int
    lane: int
    kind: str
    payload: JsonObject

    @property
    def as_json(self) -> JsonObject:
        """An ``Update``."""
        return {"update_id": self.id, self.kind: self.payload}


class Inbox:
    """Keeps updates until they are confirmed, and those only that the bot has asked for."""

    def __init__(self, news: News) -> None:
        self._news = news
        self._ids = itertools.count(FIRST_UPDATE)
        self.pending: list[Update] = []
        self.asked: list[str] = []
        self.taken: list[Update] = []

    @property
    def wanted(self) -> frozenset[str]:
        """The kinds that are kept; others are lost, as at Telegram."""
        return frozenset(self.asked) or BY_DEFAULT

    def ask_for(self, kinds: Sequence[str] | None) -> None:
        """``allowed_updates``: None leaves it as it was, empty means the default."""
        if kinds is not None:
            self.asked = [kind for kind in kinds if kind in KINDS]

    def put(self, kind: str, payload: JsonObject, lane: int) -> None:
        """Something has happened."""
        if kind in self.wanted:
            self.pending.append(Update(next(self._ids), lane, kind, payload))
            self._news.spread()

    def batch(self, offset: int, limit: int) -> list[Update]:
        """Confirms what is before ``offset``, gives what comes next; a negative one counts from the end."""
        if offset < 0:
            offset = self.pending[max(offset, -len(self.pending))].id if self.pending else 0
        for update in [update for update in self.pending if update.id < offset]:
            self.confirm(update)
        return self.pending[:limit]

    def confirm(self, update: Update) -> None:
        """The bot has it."""
        if update in self.pending:
            self.pending.remove(update)
            self.taken.append(update)
            self._news.spread()

    def repeat(self) -> None:
        """Gives the last taken update once more, as after a lost confirmation."""
        self.pending.append(self.taken[-1])
        self._news.spread()

    def drop(self) -> None:
        """``drop_pending_updates``."""
        self.pending.clear()
        self._news.spread()

    async def until_empty(self) -> None:
        """Waits until the bot has taken every update."""
        await self._news.until(lambda: not self.pending)
