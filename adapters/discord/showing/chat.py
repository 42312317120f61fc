"""Discord as a chat of the core's: each job's cards in its one message.

A first message can be made by any hand: an interaction's answer is an edit, and what we send carries a nonce
made of the job's id, so that Discord makes one message of all tries. A picture is always an edit. Where every
door to the message is closed, the job moves to its guest's direct messages.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from adapters.discord.api.calls import courtesy
from adapters.discord.api.doors import (
    ByChannel,
    Door,
    MessageKey,
    by_token,
    is_open,
    parts_of,
)
from adapters.discord.api.errors import Expired, Reason, Refused
from adapters.discord.api.fetching import Fetching
from adapters.discord.api.pad import Pad
from adapters.discord.api.sender import Letter, Sender, nonce_of
from adapters.discord.layouts import Sheet
from adapters.discord.showing.exhibiting import Exhibiting
from adapters.discord.showing.farewells import Farewells
from adapters.discord.showing.openings import Openings
from adapters.discord.showing.presenting import of_notice
from adapters.discord.showing.promises import Promises
from adapters.discord.showing.retracting import Retracting
from adapters.discord.showing.tokens import Tokens, remember
from adapters.discord.where import PLATFORM, Where, read
from bot.cards import Address, Card, Shown
from bot.errors import DeliveryError
from bot.exhibits import Exhibit, TakenBack
from bot.nouns import ChatKey, GuestKey, JobId, PhotoRef
from bot.replies import Key
from bot.states import JobState
from bot.words import Words

SPARING_GAP_S = 20.0  # between two statuses of one state where previews are off

_PASSING = frozenset({JobState.CHOOSING, JobState.WAITING, JobState.RENDERING})
_PICTURED = frozenset({JobState.DELIVERING, JobState.DONE})
_AWAITED = _PICTURED | {JobState.FAILED}  # a guest who has cancelled waits for nothing


@dataclass(frozen=True, slots=True)
class Tools:
    """What the chat shows through; ``me`` tells the bot's own id, 0 before it is known."""

    sender: Sender
    pad: Pad
    fetching: Fetching
    words: Words
    previews: bool
    me: Callable[[], int]


class DiscordChat:
    """Implements :class:`bot.ports.Chat`."""

    name = PLATFORM

    def __init__(self, tools: Tools) -> None:
        """Show through these."""
        self._sender = tools.sender
        self._pad = tools.pad
        self._fetching = tools.fetching
        self._words = tools.words
        self._previews = tools.previews
        self._tokens = Tokens()
        self._openings = Openings(tools.sender, tools.words)
        self._promises = Promises(tools.sender, tools.pad, tools.words, self._tokens)
        self._farewells = Farewells()
        self._exhibiting = Exhibiting(tools.sender, tools.pad, tools.words, tools.me)
        self._retracting = Retracting(tools.sender, tools.pad, tools.words)
        self._beginnings: dict[JobId, Sheet] = {}
        self._fresh: OrderedDict[JobId, MessageKey] = OrderedDict()
        self._told: OrderedDict[tuple[JobId, JobState], float] = OrderedDict()

    # -- the core's port --------------------------------------------------------------------------------

    async def show(self, address: Address, card: Card) -> Shown:
        """Edit the card into its message; statuses are thinned out and not waited for.

        Raises:
            DeliveryError, ChatGone: as the port says.
        """
        where = read(address.context)
        known = self._fresh.get(card.job) or address.message
        if known is None:
            return await self._first(where, card)
        key = MessageKey(known)
        if card.state in _PASSING:
            self._pass(key, where, card)
            return Shown(key)
        self._farewells.over(card.job)
        try:
            await self._promises.keep(key, where, card)
        except (Expired, Refused) as error:
            return await self._elsewhere(key, where, card, error)
        return Shown(key)

    async def _elsewhere(self, key: MessageKey, where: Where, card: Card, error: Expired | Refused) -> Shown:
        """A card whose message can't be changed any more; what has been shown once is not shown again.

        Raises:
            DeliveryError: as the port says.
        """
        if isinstance(error, Refused) and error.reason not in (Reason.MISSING, Reason.ARCHIVED):
            raise error
        if card.state is JobState.DONE and card.picture is None:
            return Shown(key)
        if isinstance(error, Expired):
            return await self._by_direct(key, where, card)
        return await self._anew(key, where, card)

    async def nudge(self, address: Address, words: str, key: str) -> None:
        """A short answer below the job's message that names its guest: the phone rings."""
        if address.message is None:
            return
        where, (channel, message) = read(address.context), parts_of(address.message)
        found = self._tokens.door(MessageKey(address.message), where)
        if isinstance(found, ByChannel):
            named = words if where.private or channel != where.channel else f"<@{where.user}> {words}"
            letter = Letter(channel, Sheet(named), nonce_of(key), reply=message, rings=where.user)
            await self._sender.send(letter)
        else:
            await self._sender.follow_up(where, Sheet(words), ephemeral=True)

    async def notify(self, guest: GuestKey, words: str, key: str, keys: Sequence[Key] = ()) -> None:
        """A direct message; a second try within minutes makes no second one."""
        user = int(guest.partition(":")[2])
        letter = Letter(await self._sender.direct(user), of_notice(words, keys), nonce_of(key))
        await self._sender.send(letter)

    async def hang(self, address: Address, exhibit: Exhibit) -> Shown:
        """Show a shared picture in a feed."""
        return await self._exhibiting.hang(address, exhibit)

    async def take_back(self, address: Address, language: str) -> TakenBack:
        """Take a message back that shows a picture."""
        key, where = MessageKey(address.message or ""), read(address.context)
        return await self._retracting.take_back(key, self._tokens.newest(key, where), language)

    async def title(self, chat: ChatKey) -> str | None:
        """A channel's or thread's; direct messages have none."""
        name = await self._sender.name_of(int(chat.partition(":")[2]))
        return f"#{name}" if name else None

    async def fetch(self, ref: PhotoRef) -> bytes:
        """A photo's bytes."""
        return await self._fetching.fetch(ref)

    # -- the listener's side ----------------------------------------------------------------------------

    @contextmanager
    def opening(self, job: JobId, sheet: Sheet) -> Iterator[None]:
        """While the block runs, the job's first message looks like this."""
        self._beginnings[job] = sheet
        try:
            yield
        finally:
            self._beginnings.pop(job, None)

    def pressed(self, key: MessageKey, where: Where) -> None:
        """Something under this message of a job was pressed: the press's token opens it for a while."""
        self._tokens.pressed(key, where)

    def door(self, key: MessageKey, where: Where) -> Door:
        """The door to a job's message, where one is open.

        Raises:
            Expired: there is none.
        """
        return self._tokens.door(key, where)

    async def turn(self, key: MessageKey, where: Where, sheet: Sheet) -> None:
        """Show this in a message whose button was just pressed.

        Raises:
            DeliveryError: it may not be shown; repeating it is harmless.
        """
        if not where.thinking and is_open(where):
            try:
                await self._pad.edit(key, by_token(where), sheet)
            except Expired:  # the press was never acknowledged
                if not where.member:
                    raise
            else:
                return
        await self._pad.edit(key, ByChannel(*parts_of(key)) if where.member else by_token(where), sheet)

    async def close(self) -> None:
        """End what waits."""
        await self._farewells.close()
        await self._pad.close()

    # -- a first message --------------------------------------------------------------------------------

    async def _first(self, where: Where, card: Card) -> Shown:
        words = self._beginnings.get(card.job) or self._plain(where, card)
        key = await self._openings.opened(where, card.job, words)
        remember(self._fresh, card.job, key)
        if not words.shots:
            self._pad.note(key, words)
        if card.state in _PICTURED:
            await self._promises.keep(key, where, card)
        elif card.state in _PASSING:
            self._watch(key, where, card)
        return Shown(key)

    def _plain(self, where: Where, card: Card) -> Sheet:
        if card.state is JobState.CHOOSING:  # the styles are only known to the listener
            raise DeliveryError
        return self.sheet(where, replace(card, picture=None))

    async def _by_direct(self, lost: MessageKey, where: Where, card: Card) -> Shown:
        if card.state not in _AWAITED:
            return Shown(lost)
        sheet = self.sheet(where, replace(card, picture=None))
        key = await self._openings.directly(where, card.job, sheet)
        remember(self._fresh, card.job, key)
        await self._promises.keep(key, where, card)
        return Shown(key)

    async def _anew(self, lost: MessageKey, where: Where, card: Card) -> Shown:
        """Somebody has deleted the message: what it promised comes in a new one."""
        if card.state not in _AWAITED:
            return Shown(lost)
        elsewhere = replace(where, thinking=False, reply=0)
        self._fresh.pop(card.job, None)
        sheet = self.sheet(where, replace(card, picture=None))
        letter = Letter(where.channel, sheet, nonce_of(f"anew {card.job}"))
        if where.member and not where.ephemeral:
            key = await self._sender.send(letter)
        else:
            key = await self._openings.opened(elsewhere, card.job, sheet)
        remember(self._fresh, card.job, key)
        await self._promises.keep(key, elsewhere, card)
        return Shown(key)

    # -- later ones -------------------------------------------------------------------------------------

    def _pass(self, key: MessageKey, where: Where, card: Card) -> None:
        if card.state is JobState.CHOOSING:  # the styles stay until one is chosen
            return
        self._watch(key, where, card)
        if not self._previews and not self._due(card):
            return
        if self._farewells.said(card.job):
            return
        try:
            self._pad.jot(key, self._tokens.door(key, where), self.sheet(where, card))
        except Expired:
            return

    def _watch(self, key: MessageKey, where: Where, card: Card) -> None:
        async def say() -> None:
            sheet = Sheet(self._words.say(where.language, "discord-late"))
            await courtesy(self._pad.edit(key, self._tokens.door(key, where), sheet))

        self._farewells.watch(card.job, self._tokens.newest(key, where), say)

    # -- inside -----------------------------------------------------------------------------------------

    def sheet(self, where: Where, card: Card) -> Sheet:
        """A card as it is shown in this place."""
        return self._promises.sheet(where, card)

    def _due(self, card: Card) -> bool:
        now, kind = time.monotonic(), (card.job, card.state)
        if now - self._told.get(kind, -SPARING_GAP_S) < SPARING_GAP_S:
            return False
        remember(self._told, kind, now)
        return True
