"""The clerk: opens what platforms have sent, in each chat's order, until it is handled."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.errors import ChatGone, DeliveryError
from bot.ports import Listener
from bot.store.bell import INBOX, Bell
from bot.store.inbox import InboxStore, Letter
from bot.underway.keeper import Keeper
from bot.underway.worker import Task, Worker, described, pause_s, written

SLOTS = 16  # chats served side by side; handling is mostly waiting for the platform
TRIES = 3  # after so many unexpected errors an event is given up, so that its chat goes on

log = logging.getLogger(__name__)


class Clerk:
    """Hands each event to the listener of its platform."""

    def __init__(
        self, owner: str, inbox: InboxStore, keeper: Keeper, bell: Bell, listeners: Sequence[Listener]
    ) -> None:
        """Work for these listeners."""
        self._owner = owner
        self._inbox = inbox
        self._keeper = keeper
        self._listeners = {listener.name: listener for listener in listeners}
        self.worker = Worker(Task("clerk", bell.event(INBOX), self._slots, self._claim, self._handle))

    def _slots(self) -> int:
        return SLOTS if self._listeners else 0

    async def _claim(self, slots: int) -> Sequence[Letter]:
        return await self._inbox.claim(self._listeners, self._owner, slots)

    async def _handle(self, letter: Letter) -> None:
        try:
            await self._listeners[letter.platform].handle(letter.payload)
        except ChatGone:
            log.info("an event of %s: nobody is there any more", letter.platform)
            await self._written(lambda: self._inbox.done(letter))
        except DeliveryError as error:
            wait_s = pause_s(letter.attempt, error)
            log.warning("an event of %s is not handled, again in %.0f s", letter.platform, wait_s)
            await self._written(lambda: self._inbox.later(letter, wait_s))
        except Exception as error:  # noqa: BLE001 # the top of a worker; the payload is nobody's business
            log.error("an event of %s: %s", letter.platform, described(error))  # noqa: TRY400 # no values
            await self._slipped(letter)
        else:
            await self._written(lambda: self._inbox.done(letter))

    async def _slipped(self, letter: Letter) -> None:
        if letter.slips + 1 >= TRIES:
            log.error("an event of %s is given up", letter.platform)
            await self._written(lambda: self._inbox.done(letter))
        else:
            await self._written(lambda: self._inbox.later(letter, pause_s(letter.slips), slipped=True))

    async def _written(self, write: Callable[[], Awaitable[bool]]) -> bool:
        return await written(write, self._keeper.make_room)
