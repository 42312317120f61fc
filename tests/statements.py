"""Compiled statements that all engines of a process share.

SQLAlchemy compiles a statement once an engine: the program has one or two and runs for days, while the tests
open one after another and would spend a tenth of their time on the same hundred statements. An engine's own
cache keys by its dialect object; those of one class are alike here, as all tests take the same two databases.
"""

from collections import UserDict
from typing import Any

import sqlalchemy as sa

Key = tuple[Any, ...]


class Statements(UserDict[Key, Any]):
    """What SQLAlchemy takes as ``compiled_cache``, for every engine of a dialect's class."""

    def __contains__(self, key: object) -> bool:
        """Whether it was compiled."""
        return isinstance(key, tuple) and _alike(key) in self.data

    def __getitem__(self, key: Key) -> Any:
        """The compiled statement."""
        return self.data[_alike(key)]

    def __setitem__(self, key: Key, compiled: Any) -> None:
        """Keep it for all."""
        self.data[_alike(key)] = compiled


def share() -> None:
    """From now on, in this process."""
    statements = Statements()

    @sa.event.listens_for(sa.Engine, "engine_connect")
    def _give(connection: sa.Connection) -> None:
        connection.execution_options(compiled_cache=statements)


def _alike(key: Key) -> Key:
    dialect, *rest = key
    return (type(dialect), *rest)
