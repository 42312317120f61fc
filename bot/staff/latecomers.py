"""Latecomers: pictures that reach their message while their guest is being forgotten."""

from dataclasses import dataclass

from bot.nouns import Job
from bot.office.previews import BACKROOM
from bot.store.bell import RECALLS, Bell
from bot.store.recalls import RecallStore

_STAYS = frozenset({BACKROOM, "web"})
"""Chats in which no message of ours stays with anybody."""


@dataclass(frozen=True, slots=True)
class Latecomers:
    """Has them taken back."""

    recalls: RecallStore
    bell: Bell

    async def see(self, job: Job, message: str) -> None:
        """A job's picture, or its preview, stands in this message by now; the job may be erased."""
        if job.chat.partition(":")[0] in _STAYS:
            return
        if await self.recalls.want_if_gone(job, message):
            await self.bell.ring(RECALLS)
