"""The hand on the booth: pausing, limits, who is welcome, words to those who wait, and letting it run dry."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Address
from bot.nouns import ChatKey, GuestKey, Job
from bot.office.crew import Crew
from bot.office.herald import Herald
from bot.office.slips import NoSuchGuest, WrongField
from bot.states import JobState
from bot.store.audit import Act, Deed
from bot.store.bell import NOTES, Bell
from bot.store.house import HouseStore, Rules
from bot.store.jobs import JobStore
from bot.store.notes import Note, NoteStore
from bot.store.trouble import STORE_TROUBLE

MOST_WORDS = 500  # characters for guests: a message, not a letter
MOST_LIMIT = 100
LOOK_S = 2.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Levers:
    """What the hand holds."""

    crew: Crew
    house: HouseStore
    jobs: JobStore
    notes: NoteStore
    herald: Herald
    bell: Bell


class Hand:
    """What a maintainer does to the booth as a whole. Every method asks the crew first."""

    def __init__(self, levers: Levers) -> None:
        """Hold these."""
        self._levers = levers

    async def rules(self, actor: GuestKey) -> Rules:
        """What holds just now."""
        await self._levers.crew.check(actor)
        return await self._levers.house.rules()

    async def pause(self, actor: GuestKey, words: str = "") -> None:
        """Take no photos until :meth:`resume`; the line goes on. Guests read these words, or ours.

        Raises:
            WrongField: the words are too many.
        """
        await self._change(Deed(actor, Act.PAUSE), paused=True, words=_checked(words))

    async def resume(self, actor: GuestKey) -> None:
        """Take photos again, after a pause or a :meth:`drain`."""
        await self._change(Deed(actor, Act.RESUME), paused=False, words="", closing=False, told=False)

    async def limit(self, actor: GuestKey, number: int | None) -> None:
        """Let a guest have so many unfinished pictures; 0 is any number, None what the settings say.

        Raises:
            WrongField: it is no such number.
        """
        if number is not None and not 0 <= number <= MOST_LIMIT:
            await self._levers.crew.check(actor)
            raise WrongField(field="limit")
        await self._change(Deed(actor, Act.LIMIT, "" if number is None else str(number)), limit=number)

    async def ban(self, actor: GuestKey, guest: GuestKey) -> bool:
        """Take no more photos of a guest's; False when they were banned already. What waits is still made.

        Raises:
            NoSuchGuest: a maintainer can't be banned.
        """
        await self._levers.crew.check(actor)
        if await self._levers.crew.is_maintainer(guest):
            raise NoSuchGuest
        return await self._levers.house.ban(Deed(actor, Act.BAN, guest), guest)

    async def unban(self, actor: GuestKey, guest: GuestKey) -> bool:
        """Take a guest's photos again; False when they were not banned."""
        await self._levers.crew.check(actor)
        return await self._levers.house.unban(Deed(actor, Act.UNBAN, guest), guest)

    async def banned(self, actor: GuestKey) -> Sequence[GuestKey]:
        """Whose photos are not taken, the last one first."""
        await self._levers.crew.check(actor)
        return await self._levers.house.banned()

    async def announce(self, actor: GuestKey, words: str) -> int:
        """Tell those who are waiting, each once; return how many they are.

        Raises:
            WrongField: there are no words, or too many.
        """
        levers = self._levers
        await levers.crew.check(actor)
        if not _checked(words):
            raise WrongField(field="words")
        spots = _one_each(await levers.jobs.promised())
        written = [Note(Address(job.chat, job.message, job.context), words.strip()) for job in spots]
        await levers.notes.announce(Deed(actor, Act.ANNOUNCE, str(len(written))), written)
        await levers.bell.ring(NOTES)
        return len(written)

    async def drain(self, actor: GuestKey) -> int:
        """Take no photos any more, and tell the crew when the line is done; return how many are in it."""
        await self._change(Deed(actor, Act.DRAIN), closing=True, told=False)
        return len(await self._in_line())

    async def run(self) -> None:
        """Tell the maintainers when the line has run dry, for ever."""
        while True:
            try:
                await self._look()
            except STORE_TROUBLE as error:
                log.warning("nobody looks whether the line is dry: %s", type(error).__name__)
            await asyncio.sleep(LOOK_S)

    async def _look(self) -> None:
        levers = self._levers
        rules = await levers.house.rules()
        if not rules.closing or rules.told or await self._in_line():
            return
        if await levers.house.note_dry(await levers.herald.to_crew("news-dry", [("resume", "resume")])):
            await levers.herald.ring()

    async def _in_line(self) -> Sequence[Job]:
        """What is still to be made; who has not chosen a style yet keeps nobody waiting."""
        jobs = await self._levers.jobs.promised()
        return [job for job in jobs if job.state is not JobState.CHOOSING]

    async def _change(self, deed: Deed, **changes: object) -> None:
        await self._levers.crew.check(deed.who)
        await self._levers.house.change(deed, **changes)


def _one_each(jobs: Sequence[Job]) -> Sequence[Job]:
    """A guest with several photos in a chat is told once there, below the newest."""
    last: dict[tuple[GuestKey, ChatKey], Job] = {(job.guest, job.chat): job for job in jobs}
    return list(last.values())


def _checked(words: str) -> str:
    stripped = words.strip()
    if len(stripped) > MOST_WORDS:
        raise WrongField(field="words")
    return stripped
