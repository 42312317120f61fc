"""The whole fake: REST, gateway and CDN on one loopback port, and what tests do to it."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from nacl.signing import SigningKey

from tests.fakes.discord.cdn import Cdn
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.endpoint import Endpoint
from tests.fakes.discord.faults import EVERYTHING, Fault, Kind
from tests.fakes.discord.gate import API, Gate
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.ledger import Ledger
from tests.fakes.discord.limits import Limits
from tests.fakes.discord.members import Member
from tests.fakes.discord.places import (
    ANNOUNCEMENT,
    DEFAULT_UPLOAD,
    PATIENCE_S,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    TEXT,
    Channel,
    Guild,
)
from tests.fakes.discord.values import User
from tests.fakes.discord.world import World

T = TypeVar("T")

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.fake.token"
BOT = 100_000_000_000_000_001


@dataclass(slots=True)
class Discord:
    """A running Discord: its addresses, its people and places, its faults, and what was asked of it.

    Attributes:
        url: The REST API, with the version.
        root: Where avatars are, in place of cdn.discordapp.com.
        gateway_url: The websocket.
    """

    url: str
    root: str
    gateway_url: str
    token: str = field(repr=False)
    world: World = field(repr=False)
    gate: Gate = field(repr=False)
    endpoint: Endpoint = field(repr=False)

    @property
    def requests(self) -> Ledger:
        """Every request, with its bytes."""
        return self.gate.ledger

    @property
    def gateway(self) -> Gateway:
        """Sessions, and what can be done to them."""
        return self.world.gateway

    @property
    def cdn(self) -> Cdn:
        """Files; ``expire()`` ends all URLs given so far."""
        return self.world.cdn

    @property
    def commands(self) -> Commands:
        """What the bot has registered."""
        return self.world.commands

    @property
    def bot(self) -> User:
        """The bot; its ``mention`` calls it."""
        return self.world.bot

    @property
    def public_key(self) -> str:
        """With which interactions over HTTP are verified."""
        return self.endpoint.public_key

    def member(self, name: str, locale: str = "en-US", *, installed: bool = False) -> Member:
        """Somebody new; ``installed`` has added the app to the account."""
        member = Member(self.world, self.endpoint, self.world.add_user(name, locale).id)
        if installed:
            member.installs()
        return member

    def guild(
        self,
        name: str,
        *members: Member,
        bot: bool = True,
        locale: str = "en-US",
        upload_limit: int = DEFAULT_UPLOAD,
    ) -> Guild:
        """A new server of members, the first of whom owns it, with the bot unless ``bot`` says no."""
        people = members or (self.member("Owner"),)
        guild = self.world.add_guild(name, people[0].user, bot=bot, locale=locale)
        guild.upload_limit = upload_limit
        guild.members |= {member.id: member.user for member in people}
        return guild

    def channel(self, guild: Guild, name: str = "general", *, announcements: bool = False) -> Channel:
        """A new text channel, or one for announcements, which others may follow."""
        return self.world.add_channel(name, guild, ANNOUNCEMENT if announcements else TEXT)

    def thread(self, channel: Channel, name: str = "thread", *, private: bool = False) -> Channel:
        """A new thread; the bot is in a private one too."""
        people = tuple(channel.guild.members.values()) if channel.guild else ()
        kind = PRIVATE_THREAD if private else PUBLIC_THREAD
        return self.world.add_channel(name, channel.guild, kind, (*people, self.bot), channel)

    def private(self, *members: Member) -> Channel:
        """A private chat of members without the bot, of three or more a group."""
        return self.world.private(*(member.user for member in members))

    def invite_bot(self, guild: Guild) -> None:
        """The bot joins a server."""
        self.world.join(guild)

    def remove_bot(self, guild: Guild) -> None:
        """The bot is thrown out."""
        self.world.leave(guild)

    def delete_channel(self, channel: Channel) -> None:
        """A channel is deleted with everything in it."""
        self.world.remove_channel(channel)

    def fault(
        self,
        operation: str,
        kind: Kind,
        *,
        times: int | None = 1,
        skip: int = 0,
        channel: Channel | None = None,
        retry_after: float = 0.5,
        status: int = 502,
        delay_s: float = 0.1,
        code: int = 0,
    ) -> Fault:
        """Let the next requests of an operation go wrong; see ``Fault``."""
        place = None if channel is None else channel.id
        made = Fault(operation, kind, times, skip, place, retry_after, status, delay_s, code)
        self.gate.faults.append(made)
        return made

    def limit(self, limits: Limits | None) -> None:
        """Switch Discord's rate limits on or off; they are off at first."""
        self.gate.brake.limits = limits

    @contextmanager
    def away(self) -> Iterator[None]:
        """The line between the bot and Discord is down, all ways, while the block runs."""
        fault = self.fault(EVERYTHING, "reset before", times=None)
        self.gateway.away = self.endpoint.away = True
        self.gateway.drop()
        self.world.wires.cut_all()
        try:
            yield
        finally:
            self.gateway.away = self.endpoint.away = False
            fault.clear()

    async def until(self, condition: Callable[[], T | None], patience_s: float | None = PATIENCE_S) -> T:
        """What a condition over anything here gave when it was first true."""
        return await self.world.news.until(condition, patience_s)

    async def until_requested(self, operation: str, times: int = 1) -> None:
        """Waits until an operation was asked for so often."""
        await self.until(lambda: len(self.requests.of(operation)) >= times)

    async def until_connected(self) -> None:
        """Waits until somebody listens to the gateway."""
        await self.until(lambda: self.gateway.connected)


@asynccontextmanager
async def running(
    token: str = TOKEN,
    *,
    port: int = 0,
    deadline_s: float = 3.0,
    message_content: bool = True,
    heartbeat_s: float = 41.25,
    key: SigningKey | None = None,
) -> AsyncIterator[Discord]:
    """Serve while the block runs.

    Args:
        token: The bot's.
        port: 0 takes a free one.
        deadline_s: Seconds an interaction waits for its first response; busy machines want more than
            Discord's 3.
        message_content: The portal's switch; without it the intent is refused, and content is withheld.
        heartbeat_s: Seconds between heartbeats.
        key: Signs interactions over HTTP.
    """
    world = World(User(BOT, "PETaflop", bot=True), token, deadline_s, message_content)
    world.gateway.heartbeat_s = heartbeat_s
    if not message_content:
        world.gateway.allowed_intents &= ~(1 << 15)
    gate = Gate(world)
    endpoint = Endpoint(world, key or SigningKey.generate())
    world.verify_key = endpoint.public_key
    listener = socket.create_server(("127.0.0.1", port))
    # asyncio leaves Nagle on for sockets made so, and a delayed acknowledgement then costs 40 ms an answer.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    address = f"127.0.0.1:{listener.getsockname()[1]}"
    world.cdn.root, world.gateway_url = f"http://{address}", f"ws://{address}/gateway"
    discord = Discord(
        f"http://{address}{API}", world.cdn.root, world.gateway_url, token, world, gate, endpoint
    )
    async with world.wires.serving(gate.app(), listener):
        try:
            yield discord
        finally:
            await endpoint.close()
            world.gateway.drop()
