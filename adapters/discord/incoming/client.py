"""The library's client, made in one place: for requests, for interactions over HTTP, and for the gateway."""

import asyncio
import logging
import sys
import time
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
import discord

from adapters.discord.incoming import private
from adapters.discord.incoming.ballots import Ballots
from adapters.discord.incoming.enlisting import enlist
from adapters.discord.incoming.forms import Forms
from adapters.discord.incoming.intake import Intake
from adapters.discord.incoming.items import item_of, press
from adapters.discord.incoming.matching import Menu
from adapters.discord.incoming.permits import Permits
from adapters.discord.incoming.reception import Reception
from adapters.discord.incoming.translate import Interaction, spoken
from adapters.discord.incoming.tree import Commands, Translator
from adapters.discord.where import PLATFORM
from adapters.uplink import Uplink
from bot.underway.worker import described
from bot.words import Words

IDENTIFY_GAP_S = 5.0  # developer documentation, "Session Start Limit Object": one a shard
RATE_LIMIT_S = 30.0  # a longer pause is left to whoever keeps the work; the library takes no less

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears what the client is told."""

    intake: Intake
    ballots: Ballots
    permits: Permits
    reception: Reception
    forms: Forms
    menu: Menu
    words: Words


class Session(Protocol):
    """Is told of sessions that don't continue an earlier one."""

    async def began(self) -> None:
        """From here on Discord tells of everything."""
        ...

    async def settled(self) -> None:
        """The servers are known."""
        ...


class DiscordClient(discord.Client):
    """A client of one bot.

    Attributes:
        tree: The commands.
        session: Told of every new gateway session: what came before it was missed.
        uplink: Told of what comes through the gateway.
    """

    def __init__(self, ears: Ears, intents: discord.Intents, tracing: aiohttp.TraceConfig) -> None:
        """Make a client that keeps no messages and no members in memory."""
        super().__init__(
            intents=intents,
            http_trace=tracing,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=RATE_LIMIT_S,
        )
        self._ears = ears
        self.tree = Commands(self, ears.reception, ears.menu, ears.words)
        enlist(self.tree, ears.reception, ears.forms)
        self._away_since: float | None = time.monotonic()
        self._may_identify_at = 0.0
        self.session: Session | None = None
        self.uplink = Uplink(PLATFORM, "gateway")
        private.forgive_events(self)

    @property
    def away_s(self) -> float:
        """For how long the gateway has not been connected, in seconds; 0 while it is."""
        return 0.0 if self._away_since is None else time.monotonic() - self._away_since

    async def setup_hook(self) -> None:
        """The library's: after the login."""
        await self.tree.set_translator(Translator(self._ears.words))
        self.add_dynamic_items(item_of(self._ears.reception, self._ears.forms))

    async def hear(self, message: discord.Message) -> None:
        """Keep a message that is meant for us."""
        event = None if self.user is None else spoken(message, self.user.id)
        if event is not None:
            await self._ears.intake.keep_surely(event)

    async def close(self) -> None:
        """The library's: what has just come is answered before the connections are closed."""
        await self._ears.reception.rest()
        await super().close()

    def dispatch(self, event: str, /, *args: Any, **more: Any) -> None:
        """The library's: what is told of late, when the client is closed already, is told to nobody."""
        if not self.is_closed():
            super().dispatch(event, *args, **more)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002
        """Begin one session in five seconds at most; the library would always wait that long."""
        now = time.monotonic()
        await asyncio.sleep(max(0.0, self._may_identify_at - now))
        self._may_identify_at = time.monotonic() + IDENTIFY_GAP_S

    # -- the library's events ---------------------------------------------------------------------------

    async def on_message(self, message: discord.Message) -> None:
        """Somebody has said something where we are."""
        self.uplink.good()
        await self.hear(message)

    async def on_raw_reaction_add(self, reaction: discord.RawReactionActionEvent) -> None:
        """Somebody likes a message where we are."""
        await self._react(reaction)

    async def on_raw_reaction_remove(self, reaction: discord.RawReactionActionEvent) -> None:
        """Somebody doesn't any more."""
        await self._react(reaction)

    async def _react(self, reaction: discord.RawReactionActionEvent) -> None:
        if self.user is not None:
            await self._ears.ballots.hear(reaction, self.user.id)

    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """A channel has changed, perhaps what we may do there."""
        threads = after.threads if isinstance(after, discord.TextChannel | discord.ForumChannel) else []
        await self._ears.permits.hear(after.guild.id, [after.id, *(thread.id for thread in threads)])

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """A role has changed, perhaps what we may do in its server."""
        if before.permissions != after.permissions:
            places = (*after.guild.channels, *after.guild.threads)
            await self._ears.permits.hear(after.guild.id, [place.id for place in places])

    async def on_interaction(self, interaction: Interaction) -> None:
        """Every interaction; those that the tree or an item has begun with are not taken twice."""
        if interaction.type is discord.InteractionType.component:
            await press(self._ears.reception, self._ears.forms, interaction)
        elif interaction.type is discord.InteractionType.modal_submit:
            await self._ears.forms.take(interaction)

    async def on_connect(self) -> None:
        """A session is new, or could not be resumed; its servers are not known yet."""
        self._away_since = None
        self.uplink.good()
        if self.session is not None:
            await self.session.began()

    async def on_ready(self) -> None:
        """The servers are known, as far as they can be reached."""
        if self.session is not None:
            await self.session.settled()

    async def on_resumed(self) -> None:
        """The session goes on; Discord has repeated what we missed."""
        self._away_since = None
        self.uplink.good()

    async def on_disconnect(self) -> None:
        """The connection is lost, or could not be made; this is said once a try."""
        if self._away_since is None:
            self._away_since = time.monotonic()
            self.uplink.lost("disconnected")

    async def on_error(self, event_method: str, /, *_values: object, **_more: object) -> None:
        """An error in one of these: without its values, which may hold what a guest has sent."""
        error = sys.exc_info()[1]
        log.error("%s: %s", event_method, "unknown" if error is None else described(error))
