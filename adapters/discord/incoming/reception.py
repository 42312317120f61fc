"""Takes interactions in: kept, then deferred. Who waits for either of the two is told.

Discord waits three seconds for an answer. An HTTP request waits here until its interaction is kept; the
listener waits until it is deferred, as before that there is nothing to edit.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from enum import Enum, auto

import aiohttp
import discord

from adapters.discord.api.calls import PAUSES_S
from adapters.discord.api.errors import TRANSLATED
from adapters.discord.buttons import Deferral
from adapters.discord.events import Event
from adapters.discord.incoming.intake import Intake
from adapters.discord.incoming.translate import Interaction, deferral_of
from bot.errors import StoreAway
from bot.store.trouble import STORE_TROUBLE
from bot.words import Words

KEEP_S = 2.2  # then the guest is told that it doesn't work just now, before Discord's three seconds are over
REST_S = 1.5
DEFERRED_S = 5.0  # a deferral that takes longer has failed: what needs it finds another way
REMEMBERED = 4096
ALREADY_ANSWERED = 40060  # by an earlier try, or another replica

log = logging.getLogger(__name__)


class Outcome(Enum):
    """What became of an interaction."""

    DONE = auto()  # kept, or nothing had to be kept
    NOT_KEPT = auto()


class _Visit:
    """One interaction, as far as it has come."""

    def __init__(self) -> None:
        self.outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.answered = asyncio.Event()
        self.begun = self.failed = False

    def end(self, outcome: Outcome) -> None:
        if not self.outcome.done():
            self.outcome.set_result(outcome)


class Reception:
    """For all interactions of this process, from the gateway and over HTTP."""

    def __init__(self, intake: Intake, words: Words) -> None:
        """Keep through this intake."""
        self._intake = intake
        self._words = words
        self._visits: OrderedDict[int, _Visit] = OrderedDict()
        self._late: set[asyncio.Task[bool]] = set()

    # -- who waits --------------------------------------------------------------------------------------

    def expect(self, interaction: int) -> bool:
        """Whether an interaction that is about to come is new to this process."""
        if interaction in self._visits:
            return False
        self._visit(interaction)
        return True

    def dismiss(self, interaction: int) -> None:
        """An interaction that was expected doesn't come."""
        self._visits.pop(interaction, None)

    async def outcome(self, interaction: int) -> Outcome:
        """What becomes of an interaction that is about to come, is under way, or has been here."""
        return await asyncio.shield(self._visit(interaction).outcome)

    async def deferred(self, interaction: int) -> None:
        """Wait until the interaction is deferred, where this process does that."""
        visit = self._visits.get(interaction)
        if visit is None or not visit.begun:
            return
        try:
            async with asyncio.timeout(DEFERRED_S):
                await visit.answered.wait()
        except TimeoutError:
            log.info("an interaction was not deferred in time")

    def may_be_answered(self, interaction: int) -> bool:
        """Whether a first answer may be there or still come: False where we know that it failed."""
        visit = self._visits.get(interaction)
        return visit is None or not visit.failed

    async def rest(self) -> None:
        """Let those that are being served be answered, but not for long: their connections end next."""
        begun = [visit for visit in self._visits.values() if visit.begun]
        try:
            async with asyncio.timeout(REST_S):
                for visit in begun:
                    await visit.answered.wait()
        except TimeoutError:
            log.info("interactions are left without an answer")

    # -- what comes -------------------------------------------------------------------------------------

    async def take(self, interaction: Interaction, translate: Callable[[], Event]) -> None:
        """Keep an event, then defer it; once an interaction."""
        async with _Turn(self._visit(interaction.id)) as visit:
            if visit is None:
                return
            event = translate()
            fresh = await self._kept(event, interaction)
            visit.end(Outcome.NOT_KEPT if fresh is None else Outcome.DONE)
            if fresh is None:
                await _courtesy(self._apologise(interaction))
            elif fresh:
                visit.failed = not await _courtesy(_defer(interaction, deferral_of(event)))

    async def answer(self, interaction: Interaction, respond: Callable[[], Awaitable[object]]) -> None:
        """Answer at once what nothing has to be kept of; once an interaction."""
        async with _Turn(self._visit(interaction.id)) as visit:
            if visit is not None:
                await _courtesy(respond())
                visit.end(Outcome.DONE)

    async def _kept(self, event: Event, interaction: Interaction) -> bool | None:
        """Whether it is new; None where it wasn't kept."""
        writing = asyncio.ensure_future(self._intake.keep(event))
        self._late.add(writing)
        writing.add_done_callback(self._ended)
        await asyncio.wait({writing}, timeout=KEEP_S)
        error = writing.exception() if writing.done() else TimeoutError()
        if error is None:
            return writing.result()
        if not isinstance(error, (*STORE_TROUBLE, TimeoutError)):
            raise error
        log.warning("interaction %d is not kept: %s", interaction.id, type(error).__name__)
        return None

    def _ended(self, writing: "asyncio.Task[bool]") -> None:
        self._late.discard(writing)
        if not writing.cancelled():
            writing.exception()  # it is told where it is waited for

    async def _apologise(self, interaction: Interaction) -> None:
        language = self._words.negotiate([interaction.locale.value])
        words = self._words.say(language, StoreAway.key)
        await interaction.response.send_message(words, ephemeral=True)

    def _visit(self, interaction: int) -> _Visit:
        visit = self._visits.get(interaction)
        if visit is None:
            visit = self._visits[interaction] = _Visit()
            if len(self._visits) > REMEMBERED:
                self._visits.popitem(last=False)
        return visit


class _Turn:
    """The first to come serves the visit; for others it is None. However it ends, nobody waits any longer."""

    def __init__(self, visit: _Visit) -> None:
        self._visit = visit
        self._first = not visit.begun

    async def __aenter__(self) -> _Visit | None:
        self._visit.begun = True
        return self._visit if self._first else None

    async def __aexit__(self, *_exception: object) -> None:
        if self._first:
            self._visit.end(Outcome.NOT_KEPT)
            self._visit.answered.set()


async def _defer(interaction: Interaction, deferral: Deferral) -> None:
    """Defer; where the connection breaks, again, as Discord takes only the first of two answers.

    The library repeats what Discord's servers stumble over, but not what has broken on the way.
    """
    for pause_s in PAUSES_S:
        try:
            await _defer_once(interaction, deferral)
        except (aiohttp.ClientError, OSError):
            await asyncio.sleep(pause_s)
        else:
            return
    await _defer_once(interaction, deferral)


async def _defer_once(interaction: Interaction, deferral: Deferral) -> None:
    try:
        await interaction.response.defer(
            thinking=deferral is not Deferral.UPDATE, ephemeral=deferral is Deferral.EPHEMERAL
        )
    except discord.HTTPException as error:
        if error.code != ALREADY_ANSWERED:
            raise


async def _courtesy(call: Awaitable[object]) -> bool:
    """Whether it was said: an answer that Discord doesn't take is lost, what was kept goes on without it."""
    try:
        await call
    except TRANSLATED as error:
        code = error.code if isinstance(error, discord.HTTPException) else 0
        log.info("an interaction was not answered: %s %d", type(error).__name__, code)
        return False
    except (LookupError, TypeError):  # taken, with an answer that has no body: the library expects one
        return True
    return True
