"""All of Telegram put together: a chat, a listener, a route, and the work in the background."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.routing import Route
from telegram import Bot

from adapters.telegram.api.budget import Budget, Paces
from adapters.telegram.api.calls import Calls
from adapters.telegram.api.errands import Errands
from adapters.telegram.api.errors import TokenRefused
from adapters.telegram.api.lost import Lost
from adapters.telegram.api.pad import MessageKey, Pad, parts_of
from adapters.telegram.api.patience import Patience
from adapters.telegram.api.requests import CountedRequest
from adapters.telegram.api.sender import Sender
from adapters.telegram.handling.foyer import Foyer
from adapters.telegram.handling.listener import TelegramListener
from adapters.telegram.handling.roster import Roster
from adapters.telegram.identity import Identity, Me
from adapters.telegram.incoming.intake import Intake, unbroken
from adapters.telegram.incoming.polling import Polling, Polls
from adapters.telegram.incoming.registration import Hook, Registration
from adapters.telegram.incoming.uplink import uplink_of
from adapters.telegram.incoming.wanted import Wanted
from adapters.telegram.incoming.webhook import PATH, Webhook, webhook_secret
from adapters.telegram.showing.answers import Answers
from adapters.telegram.showing.chat import TelegramChat
from adapters.telegram.showing.hands import Hands
from adapters.telegram.showing.neutral import Neutral
from adapters.telegram.showing.profile import Profile
from adapters.telegram.showing.sheets import Memory, Sheets
from adapters.telegram.showing.unveiling import Unveiling
from adapters.telegram.where import PLATFORM, chat_key
from adapters.terms import Terms
from adapters.uplink import Uplink
from bot.booth import Booth
from bot.nouns import StyleId
from bot.office.crew import Crew
from bot.office.watch import UplinkReport
from bot.store.database import LINE_LOCK, Database
from bot.store.inbox import InboxStore
from bot.store.jobs import JobStore
from bot.store.meta import MetaStore
from bot.store.moments import MomentStore
from bot.store.postings import PostingStore
from bot.store.sole import sole
from bot.words import Words

TELEGRAM_LOCK = LINE_LOCK + 10
TROUBLE_S = 5.0
CONNECTIONS = 32  # calls at once; more than the budget lets through in a second

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """The bot's account and where it is reached.

    Attributes:
        token: From @BotFather, ``<id>:<secret>``.
        api_url: Root of the Bot API.
        public_url: Where Telegram reaches us; None for long polling.
        secret: The booth's; the webhook's is derived from it.
    """

    token: str = field(repr=False)
    api_url: str
    public_url: str | None
    secret: bytes = field(repr=False)

    @property
    def id(self) -> int:
        """The bot's own id, the token's first part; 0 for a token that is none."""
        head = self.token.partition(":")[0]
        return int(head) if head.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Means:
    """What the platform works with.

    Attributes:
        crew: Who sees the maintainers' commands, and whose words are written down.
        preview: Gives a style's encoded preview picture.
        previews: Whether renders are watched.
        paces: How often Telegram is called.
        patience: How long it is waited for.
    """

    database: Database
    inbox: InboxStore
    meta: MetaStore
    words: Words
    terms: Terms
    crew: Crew
    preview: Callable[[StyleId], bytes | None]
    previews: bool
    paces: Paces = field(default_factory=Paces)
    patience: Patience = field(default_factory=Patience)


class TelegramPlatform:
    """One bot; nothing is asked of Telegram before :meth:`running`.

    Attributes:
        chat: The core's port.
        uplinks: Its connections, for whoever watches them.
    """

    def __init__(self, account: Account, means: Means) -> None:
        """Put the parts together."""
        self._means = means
        patience = means.patience
        asks, news = Uplink(PLATFORM, "api"), Uplink(PLATFORM, "webhook" if account.public_url else "polling")
        self.uplinks: Sequence[Uplink] = (asks, news)
        self._requests = (
            Polls(news, **_within(1, patience)),
            CountedRequest(asks, **_within(CONNECTIONS, patience)),
        )
        self._bot = Bot(
            account.token,
            base_url=f"{account.api_url}/bot",
            base_file_url=f"{account.api_url}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )
        memory = Memory(means.meta.recall, lambda key, value: unbroken(means.meta.remember(key, value)))
        self._identity = Identity(Me(account.id))
        self._calls = Calls(Budget(means.paces), patience)
        sender = Sender(self._bot, self._calls)
        pad = Pad(self._bot, self._calls)
        self._hands = Hands(
            sender=sender,
            pad=pad,
            sheets=Sheets(account.id, means.preview, memory, patience.share_s),
            lost=Lost(sender, self._is_known),
            errands=Errands(patience.leave_s),
            neutral=Neutral(account.id, means.words, memory),
            unveiling=Unveiling(sender, pad),
        )
        self.chat = TelegramChat(self._hands, means.words, self._identity, previews=means.previews)
        secret = webhook_secret(account.secret, account.id)
        style_of = MomentStore(means.database).style_of
        intake = Intake(means.inbox, self._identity, means.crew, style_of, news.heard)
        hook = Hook(account.public_url + PATH, secret) if account.public_url else None
        profile = Profile(self._bot, account.id, self._calls, means.words, memory)
        wanted = Wanted(PostingStore(means.database).feeds)
        self._registration = Registration(self._bot, self._calls, self._identity, profile, wanted, hook)
        self._roster = Roster(self._bot, account.id, self._calls, means.words, memory, means.crew)
        self._polling = None if hook else Polling(self._bot, intake, self._registration, wanted, patience)
        self._webhook = Webhook(intake, secret, news.good) if hook else None
        self._hook_url = hook.url if hook else None
        self._news = news

    def routes(self) -> list[Route]:
        """What the program serves for Telegram."""
        return self._webhook.routes() if self._webhook else []

    def listener(self, booth: Booth) -> TelegramListener:
        """Who handles what Telegram has sent."""
        means = self._means
        return TelegramListener(
            Foyer(
                booth=booth,
                chat=self.chat,
                hands=self._hands,
                answers=Answers(self._hands),
                words=means.words,
                identity=self._identity,
                terms=means.terms,
                roster=self._roster,
            )
        )

    async def uplink(self) -> UplinkReport:
        """How updates come just now."""
        return await uplink_of(self._bot, self._calls, self._news, self._hook_url)

    def way_in(self) -> str | None:
        """The bot's name, once Telegram has told it."""
        return self._identity.me.username

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Hold the connections for as long as the block lasts; the booth works within it."""
        try:
            yield
        finally:
            await self._hands.errands.close()
            await self._hands.pad.close()
            for request in self._requests:
                await request.shutdown()

    async def _is_known(self, key: MessageKey) -> bool:
        """Whether a message is some job's own, or a feed's."""
        chat, database = chat_key(parts_of(key)[0]), self._means.database
        if await JobStore(database).by_message(chat, key) is not None:
            return True
        return await PostingStore(database).share_of(chat, key) is not None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Register, and take updates, while the block runs."""
        task = asyncio.create_task(self._run(), name="telegram")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _run(self) -> None:
        while not self._calls.off:
            try:
                await self._work()
            except Exception:  # the top of a worker: Telegram comes back, the rest goes on
                log.exception("an unexpected error in the work for Telegram")
                await asyncio.sleep(TROUBLE_S)
            else:
                return

    async def _work(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                updates = asyncio.Event()
                group.create_task(self._registration.run(updates.set))
                await updates.wait()
                group.create_task(self._roster.run())
                group.create_task(self._registration.follow())
                if self._polling is not None:
                    group.create_task(sole(self._means.database, TELEGRAM_LOCK, self._polling.run))
        except* TokenRefused:
            self._calls.off = True
            log.error(  # noqa: TRY400 # one line is all that the owner can use
                "Telegram is off: it refuses the token. "
                "Set PETAFLOP_TELEGRAM_TOKEN to the one that @BotFather gave you."
            )


def _within(connections: int, patience: Patience) -> dict[str, float]:
    """The library's limits, in its words."""
    return {
        "connection_pool_size": connections,
        "connect_timeout": patience.connect_s,
        "read_timeout": patience.answer_s,
        "write_timeout": patience.write_s,
        "pool_timeout": patience.pool_s,
        "media_write_timeout": patience.write_s,
    }
