"""One interaction: what a member did with a command, a component or a form, and what came back."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.discord.places import PATIENCE_S, Channel
from tests.fakes.discord.values import JsonObject, Message, User

PING, COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 1, 2, 3, 4, 5
PONG, MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, FORM = 1, 4, 5, 6, 7, 8, 9
ANSWERS = {
    PING: {PONG},
    COMMAND: {MESSAGE, DEFERRED_MESSAGE, FORM},
    COMPONENT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, FORM},
    AUTOCOMPLETE: {CHOICES},
    MODAL: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE},
}
TOKEN_LIFE_S = 900.0
FOLLOWUPS_OF_A_USER_APP = 5


@dataclass(slots=True)
class Interaction:
    """What a member sent, and how it was answered.

    Attributes:
        payload: As the bot gets it.
        source: The message whose component was used, or whose form was sent.
        response: The type of the first response (4 to 9); None while there is none.
        original: The message that ``@original`` means.
        choices: What autocompletion offered, as (name, value).
        form: The modal that was opened.
        deliveries: HTTP statuses of its posts to the interactions endpoint; 0 where there was no answer.
        took_s: How long the bot took to its first response.
    """

    id: int
    token: str = field(repr=False)
    type: int
    user: User
    channel: Channel = field(repr=False)
    payload: JsonObject = field(repr=False)
    source: int | None = None
    deadline_s: float = 3.0
    foreign: bool = False
    began: float = field(default_factory=time.monotonic)
    response: int | None = None
    original: int | None = None
    followups: list[int] = field(default_factory=list)
    choices: tuple[tuple[str, str], ...] = ()
    form: JsonObject | None = None
    deliveries: list[int] = field(default_factory=list)
    took_s: float | None = None
    late: bool = False
    token_over: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the time for a first response is over."""
        return self.late or time.monotonic() - self.began > self.deadline_s

    @property
    def is_over(self) -> bool:
        """Whether the token is worth nothing any more."""
        return self.token_over or time.monotonic() - self.began > TOKEN_LIFE_S

    def miss_deadline(self) -> None:
        """Three seconds have passed, here and now."""
        self.late = True

    def end_token(self) -> None:
        """Fifteen minutes have passed, here and now."""
        self.token_over = True

    def settle(self, response: int) -> None:
        """The first response was taken."""
        self.response, self.took_s = response, time.monotonic() - self.began

    @property
    def message(self) -> Message | None:
        """The newest version of the original response, while it is there."""
        return None if self.original is None else self.channel.find(self.original)

    @property
    def followed(self) -> list[Message]:
        """The follow-up messages that are there."""
        found = [self.channel.find(id_) for id_ in self.followups]
        return [message for message in found if message is not None]

    async def answered(self, patience_s: float | None = PATIENCE_S) -> "Interaction":
        """Wait for the first response."""
        return await self.channel.news.until(lambda: self if self.response else None, patience_s)

    async def until(
        self, condition: Callable[[Message], object], patience_s: float | None = PATIENCE_S
    ) -> Message:
        """Wait until the original response meets a condition."""

        def found() -> Message | None:
            return self.message if self.message is not None and condition(self.message) else None

        return await self.channel.news.until(found, patience_s)
