"""How Discord reaches us: a client for requests, the gateway, the HTTP route, the commands, put together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.routing import Route

from adapters.discord.api.calls import Calls
from adapters.discord.api.errors import TokenRefused
from adapters.discord.api.wire import Wire
from adapters.discord.incoming import private
from adapters.discord.incoming.ballots import Ballots
from adapters.discord.incoming.client import DiscordClient, Ears
from adapters.discord.incoming.forms import Forms
from adapters.discord.incoming.gateway import Gateway, closed, intents
from adapters.discord.incoming.intake import Intake
from adapters.discord.incoming.interactions import Interactions
from adapters.discord.incoming.journal import Journal
from adapters.discord.incoming.matching import Menu
from adapters.discord.incoming.permits import Permits
from adapters.discord.incoming.reception import Reception
from adapters.discord.incoming.registration import Registration
from adapters.discord.incoming.signatures import Verifier
from adapters.discord.incoming.uplink import report_of
from adapters.uplink import Uplink
from bot.office.watch import UplinkReport
from bot.store.database import LINE_LOCK, Database
from bot.store.inbox import InboxStore
from bot.store.meta import MetaStore
from bot.store.postings import PostingStore
from bot.store.sole import sole
from bot.styles.shelf import Shelf
from bot.words import Words

DISCORD_LOCK = LINE_LOCK + 11
TROUBLE_S = 5.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """The bot's account and where it is reached.

    Attributes:
        token: From the developer portal.
        api_url: Root of the REST API, version included.
        gateway_url: The gateway; None asks the API.
        public_key: Of the application, in hexadecimal digits; None takes no interactions over HTTP.
        gateway: Whether a gateway connection is held.
    """

    token: str = field(repr=False)
    api_url: str
    gateway_url: str | None = None
    public_key: str | None = None
    gateway: bool = True


@dataclass(frozen=True, slots=True)
class Stock:
    """What the entrance works with; ``shelf`` is asked while a guest types."""

    database: Database
    inbox: InboxStore
    meta: MetaStore
    shelf: Shelf
    words: Words


class Entrance:
    """Everything that comes in from Discord, until it lies in the inbox.

    Attributes:
        client: For requests; logged in by :meth:`working`.
        calls: Say whether it is, and make them.
        reception: Knows which interactions are deferred.
        forms: Opens the forms of the maintainers' console.
    """

    def __init__(self, account: Account, stock: Stock) -> None:
        """Put the parts together; nothing is asked of Discord before :meth:`working`."""
        private.point_at(account.api_url)
        self._account = account
        self._database = stock.database
        wire = self._wire = Wire()
        self.calls = Calls(wire)
        self._journal = Journal(stock.meta)
        self._intake = Intake(stock.inbox, self._journal, self._note_heard)
        self.reception = Reception(self._intake, stock.words)
        self.forms = Forms(self.reception, stock.words)
        feeds = PostingStore(stock.database).feeds
        ballots, permits = Ballots(self._intake, feeds), Permits(self._intake, feeds)
        menu = Menu(stock.shelf, stock.words)
        ears = Ears(self._intake, ballots, permits, self.reception, self.forms, menu, stock.words)
        self.client = DiscordClient(ears, intents(content=False), wire.tracing)
        self._interactions = self._posts(account.public_key)
        self._registration = Registration(
            self.client, account.token, self.calls, wire, stock.meta, stock.words
        )
        self._gateway = Gateway(
            account.token,
            account.gateway_url,
            lambda wanted: DiscordClient(ears, wanted, Wire().tracing),
            self._journal,
        )

    def routes(self) -> list[Route]:
        """What the program serves for Discord."""
        return [] if self._interactions is None else self._interactions.routes()

    @property
    def uplinks(self) -> Sequence[Uplink]:
        """The connections to Discord that the settings ask for."""
        held = [self._gateway.uplink] if self._account.gateway else []
        posted = [] if self._interactions is None else [self._interactions.uplink]
        return [self._wire.uplink, *held, *posted]

    def _posts(self, public_key: str | None) -> Interactions | None:
        if public_key is None:
            return None
        return Interactions(Verifier(public_key), self.reception, self.client, lambda: self.calls.ready)

    def uplink(self) -> UplinkReport:
        """How Discord reaches us, as far as is known here."""
        return report_of(self._news, ready=self.calls.ready, off=self.calls.off, away_s=self._gateway.away_s)

    def _note_heard(self) -> None:
        self._news.heard()

    @property
    def _news(self) -> Uplink:
        """The way in which Discord tells us something, above all."""
        if self._account.gateway or self._interactions is None:
            return self._gateway.uplink
        return self._interactions.uplink

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Hold the client's connections for as long as the block lasts; the booth works within it."""
        try:
            yield
        finally:
            await closed(self.client)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Register, and take what comes, while the block runs."""
        task = asyncio.create_task(self._run(), name="discord")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            await self.reception.rest()
            await self._intake.close()

    async def _run(self) -> None:
        while not self.calls.off:
            try:
                await self._work()
            except Exception:  # the top of a worker: Discord comes back, the rest goes on
                log.exception("an unexpected error in the work for Discord")
                await asyncio.sleep(TROUBLE_S)
            else:
                return

    async def _work(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                over_http = self._account.public_key is not None
                group.create_task(self._registration.run(over_http=over_http))
                if self._account.gateway:
                    group.create_task(sole(self._database, DISCORD_LOCK, self._gateway.run))
        except* TokenRefused:
            self.calls.off = True
            log.error(  # noqa: TRY400 # one line is all that the owner can use
                "Discord is off: it refuses the token. "
                "Set PETAFLOP_DISCORD_TOKEN to the one that the developer portal gave you."
            )
