"""Once: an event that changes something does so a single time, however often it comes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.console import data
from bot.console.duties import Outcome
from bot.errors import GuestError
from bot.store.console import EventStore

_OUTCOME = TypeAdapter(Outcome)
_INTERRUPTED = Outcome("told-interrupted", data.to("audit", 0))
"""The program ended in the middle: nobody knows, and the audit list tells."""


@dataclass(frozen=True, slots=True)
class Once:
    """Remembers what events have come to."""

    events: EventStore

    async def run(self, event: str, work: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Do the work, unless this event was begun before; then tell what came of it.

        Raises:
            GuestError: as the work does; then the event may be tried again.
        """
        if not await self.events.begin(event):
            return await self.kept(event) or _INTERRUPTED
        try:
            outcome = await work()
        except GuestError:
            await self.events.undo(event)
            raise
        await self.events.finish(event, _OUTCOME.dump_json(outcome).decode())
        return outcome

    async def kept(self, event: str) -> Outcome | None:
        """What the event has come to; None when it was not done, or not to the end."""
        found = await self.events.outcome(event)
        return None if found is None else _OUTCOME.validate_json(found)
