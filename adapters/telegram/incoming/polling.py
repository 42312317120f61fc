"""Long polling: updates are acknowledged by asking for the next ones, so only after they are written down."""

import asyncio
import logging
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram.api.calls import courtesy
from adapters.telegram.api.errors import seconds
from adapters.telegram.api.patience import Patience
from adapters.telegram.api.requests import CountedRequest
from adapters.telegram.incoming.intake import Intake, read_update
from adapters.telegram.incoming.registration import Registration, persisted
from adapters.telegram.incoming.wanted import Wanted
from bot.store.trouble import STORE_TROUBLE

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
CONFLICT_PAUSE_S = 3.0  # the former one is about to end, or a webhook was set by hand

log = logging.getLogger(__name__)


class Polls(CountedRequest):
    """Requests for updates.

    The library gives a whole batch up for one update that lacks a field, and would be given it again for a
    day. Here such an update keeps its number only.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer, with updates that can be read."""
        answer = HTTPXRequest.parse_json_payload(payload)
        updates = answer.get("result")
        if isinstance(updates, list):
            answer["result"] = [
                update if read_update(update) else {"update_id": update["update_id"]} for update in updates
            ]
        return answer


class Polling:
    """Asks Telegram for updates."""

    def __init__(
        self, bot: Bot, intake: Intake, registration: Registration, wanted: Wanted, patience: Patience
    ) -> None:
        """Ask through this bot; the registration closes a webhook that is in the way."""
        self._wanted = wanted
        self._patience = patience
        self._bot = bot
        self._intake = intake
        self._registration = registration
        self._offset: int | None = None
        self._pause_s = FIRST_PAUSE_S

    async def run(self) -> None:
        """Ask for ever.

        Raises:
            TokenRefused: it was taken back.
        """
        while True:
            updates = await self._asked()
            if updates:
                await self._kept(updates)

    async def _asked(self) -> tuple[Update, ...]:
        patience, wanted = self._patience, await self._wanted.now()
        try:
            updates = await self._bot.get_updates(
                self._offset,
                timeout=patience.poll_s,
                allowed_updates=wanted,
                read_timeout=patience.silent_poll_s,
            )
        except Conflict:
            log.warning("somebody else takes Telegram's updates, or a webhook is set: trying again")
            await courtesy(self._registration.route_updates())
            await asyncio.sleep(CONFLICT_PAUSE_S)
        except RetryAfter as error:
            await asyncio.sleep(seconds(error.retry_after))
        except InvalidToken:
            await persisted(self._registration.introduce, "Telegram is out of reach")  # is it the token?
            await asyncio.sleep(CONFLICT_PAUSE_S)
        except TelegramError as error:
            log.info("no updates: %s, again in %.0f s", type(error).__name__, self._pause_s)
            await asyncio.sleep(self._pause_s)
            self._pause_s = min(LONGEST_PAUSE_S, 2 * self._pause_s)
        else:
            self._pause_s = FIRST_PAUSE_S
            return updates
        return ()

    async def _kept(self, updates: tuple[Update, ...]) -> None:
        try:
            await self._intake.keep(updates)
        except STORE_TROUBLE as error:
            log.warning("updates are left to Telegram: %s", type(error).__name__)
            await asyncio.sleep(FIRST_PAUSE_S)
            return
        self._offset = updates[-1].update_id + 1
