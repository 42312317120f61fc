"""One request to the API, as the operations read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.bodies import Body
from tests.fakes.discord.refusals import invalid_form
from tests.fakes.discord.values import JsonObject
from tests.fakes.discord.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """The path's parameters, the query, and the body."""

    path: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)
    body: Body = field(default_factory=lambda: Body({}))

    def id(self, name: str) -> int:
        """A snowflake of the path.

        Raises:
            Refused: it is none.
        """
        return snowflake(self.path[name], name)

    def number(self, name: str, default: int) -> int:
        """A number of the query."""
        return int(self.query.get(name, default))

    @property
    def fields(self) -> JsonObject:
        """The body's JSON object."""
        return self.body.object


Operation = Callable[[World, Call], Any]
"""Gives the answer's JSON, None for an empty 204; raises Refused."""


def snowflake(text: object, name: str) -> int:
    """An id out of JSON or a path.

    Raises:
        Refused: it is none.
    """
    try:
        return int(str(text))
    except ValueError as error:
        message = f'Value "{text}" is not snowflake.'
        raise invalid_form(name, "NUMBER_TYPE_COERCE", message) from error
