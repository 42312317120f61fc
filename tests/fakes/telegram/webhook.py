"""Deliveries to a webhook, as Telegram's ``WebhookActor`` makes them.

Updates of one chat go one after the other, those of different chats at the same time, over at most
``max_connections``. A failed one is tried again at once, then after 2, 4, 8 … pauses (or after the seconds in
``Retry-After``), and holds up only its own chat.
"""

import asyncio
import time
from dataclasses import dataclass, field

import httpx

from tests.fakes.news import News
from tests.fakes.telegram.inbox import Inbox, Update

MAX_PAUSES = 60
ANSWER_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Hook:
    """What ``setWebhook`` has set; no URL means none."""

    url: str = ""
    secret: str = field(default="", repr=False)
    max_connections: int = 40


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try; status 0 where there was no answer."""

    update: int
    status: int
    bytes_up: int


@dataclass(slots=True)
class Courier:
    """Delivers while it runs; ``pause_s`` is the unit of the growing pauses, a second at Telegram."""

    inbox: Inbox
    news: News
    pause_s: float = 1.0
    hook: Hook = Hook()
    deliveries: list[Delivery] = field(default_factory=list)
    away: bool = False
    last_error: tuple[int, str] | None = None
    _changes: int = 0
    _lanes: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    def turn_to(self, hook: Hook) -> None:
        """Deliver there from now on."""
        self.hook = hook
        self.last_error = None
        self._changes += 1
        self.news.spread()

    async def run(self) -> None:
        """Deliver until cancelled."""
        await self.news.until(lambda: self.hook.url, patience_s=None)
        async with httpx.AsyncClient(timeout=ANSWER_WITHIN_S, trust_env=False) as client:
            while True:
                await self._one_hook(client)

    async def _one_hook(self, client: httpx.AsyncClient) -> None:
        served = self._changes
        places = asyncio.Semaphore(self.hook.max_connections)
        async with asyncio.TaskGroup() as tasks:
            while served == self._changes:
                for lane in self._idle_lanes():
                    self._lanes[lane] = tasks.create_task(self._empty_lane(lane, client, places))
                await self.news.until(
                    lambda: served != self._changes or bool(self._idle_lanes()), patience_s=None
                )
            for lane_task in self._lanes.values():
                lane_task.cancel()
        self._lanes.clear()

    def _idle_lanes(self) -> set[int]:
        if not self.hook.url:
            return set()
        return {update.lane for update in self.inbox.pending} - self._lanes.keys()

    async def _empty_lane(self, lane: int, client: httpx.AsyncClient, places: asyncio.Semaphore) -> None:
        pauses = 1
        try:
            while update := next((u for u in self.inbox.pending if u.lane == lane), None):
                async with places:
                    asked_s = await self._post(update, client)
                if asked_s is None:
                    self.inbox.confirm(update)
                    pauses = 1
                    continue
                await asyncio.sleep(asked_s or (self.pause_s * pauses if pauses > 1 else 0))
                pauses = min(pauses * 2, MAX_PAUSES)
        finally:
            self._lanes.pop(lane, None)
            self.news.spread()

    async def _post(self, update: Update, client: httpx.AsyncClient) -> float | None:
        """None when it was accepted, else the seconds that the other side asks to wait."""
        if self.away:
            self._note(update, 0, 0, "Connection timed out")
            return 0.0
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.hook.secret} if self.hook.secret else {}
        try:
            answer = await client.post(self.hook.url, json=update.as_json, headers=headers)
        except httpx.HTTPError:
            self._note(update, 0, 0, "Connection refused or closed")
            return 0.0
        size = len(answer.request.content)
        if answer.is_success:
            self._note(update, answer.status_code, size, None)
            return None
        self._note(update, answer.status_code, size, f"{answer.status_code} {answer.reason_phrase}")
        wait = answer.headers.get("retry-after", "0")
        return float(wait) if wait.isdigit() else 0.0

    def _note(self, update: Update, status: int, size: int, error: str | None) -> None:
        self.deliveries.append(Delivery(update.id, status, size))
        if error is not None:
            self.last_error = (int(time.time()), f"Wrong response from the webhook: {error}")
        self.news.spread()
