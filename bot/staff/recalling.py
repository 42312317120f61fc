"""The recaller: takes back messages that show what nobody may see any more, until they are gone."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import ChatGone, DeliveryError
from bot.exhibits import Recall, TakenBack
from bot.ports import Chat
from bot.store.bell import RECALLS, Bell
from bot.store.recalls import RecallStore
from bot.underway.keeper import Keeper
from bot.underway.messenger import Messenger
from bot.underway.worker import Task, Worker, described, pause_s, written
from bot.words import Words

SLOTS = 4
MOST_OWN_SLIPS = 8  # errors of our own making; a platform that is away is waited for

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rake:
    """What the recaller works with."""

    owner: str
    chats: Sequence[Chat]
    recalls: RecallStore
    messenger: Messenger
    words: Words
    keeper: Keeper
    bell: Bell


class Recaller:
    """Takes messages back."""

    def __init__(self, rake: Rake) -> None:
        """Work with these."""
        self._rake = rake
        self._chats: Mapping[str, Chat] = {chat.name: chat for chat in rake.chats}
        wake = rake.bell.event(RECALLS)
        self.worker = Worker(Task("recaller", wake, lambda: SLOTS, self._claim, self._work))

    async def _claim(self, slots: int) -> Sequence[Recall]:
        return await self._rake.recalls.claim(list(self._chats), self._rake.owner, slots)

    async def _work(self, recall: Recall) -> None:
        chat = self._chats[recall.address.chat.partition(":")[0]]
        try:
            outcome = await chat.take_back(recall.address, recall.language)
        except ChatGone:
            outcome = TakenBack.GONE
        except DeliveryError as error:
            await self._later(recall, pause_s(recall.attempt, error))
            return
        except Exception as error:  # noqa: BLE001 # the top of a worker
            log.error("a message was not taken back: %s", described(error))  # noqa: TRY400 # its text may be a guest's
            if recall.attempt < MOST_OWN_SLIPS:
                await self._later(recall, pause_s(recall.attempt))
                return
            outcome = TakenBack.REFUSED
        await self._done(recall, outcome)

    async def _done(self, recall: Recall, outcome: TakenBack) -> None:
        rake = self._rake
        if outcome is TakenBack.REFUSED:
            log.warning("a message can't be taken back: the platform refuses")
            if recall.tell is not None:
                words = rake.words.say(recall.language, "recall-refused")
                await rake.messenger.tell(recall.tell, words)
        await written(lambda: rake.recalls.done(recall.number), rake.keeper.make_room)

    async def _later(self, recall: Recall, wait_s: float) -> None:
        rake = self._rake
        await written(lambda: rake.recalls.later(recall, rake.owner, wait_s), rake.keeper.make_room)
