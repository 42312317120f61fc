"""The whole fake, over real HTTP on a loopback port."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field

from starlette.routing import BaseRoute

from tests.fakes.telegram.chats import ChatKind, Membership
from tests.fakes.telegram.faults import EVERY_METHOD, Fault, Kind
from tests.fakes.telegram.gate import Gate
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.guests import Guest
from tests.fakes.telegram.inbox import Inbox
from tests.fakes.telegram.ledger import Ledger
from tests.fakes.telegram.limits import Brake, Limits
from tests.fakes.telegram.profile import Profile
from tests.fakes.telegram.values import User
from tests.fakes.telegram.webhook import Delivery, Hook
from tests.fakes.telegram.world import World

TOKEN = "1:TEST"


@dataclass(slots=True)
class Telegram:
    """A running Bot API server: its address, its people, its faults, and what was asked of it."""

    url: str
    token: str = field(repr=False)
    world: World = field(repr=False)
    gate: Gate = field(repr=False)

    @property
    def requests(self) -> Ledger:
        """Every request, with its bytes."""
        return self.gate.ledger

    @property
    def deliveries(self) -> list[Delivery]:
        """Every try to deliver an update to the webhook."""
        return self.world.courier.deliveries

    @property
    def hook(self) -> Hook:
        """What the bot has set as its webhook."""
        return self.world.courier.hook

    @property
    def inbox(self) -> Inbox:
        """The updates the bot has not taken yet."""
        return self.world.inbox

    @property
    def profile(self) -> Profile:
        """What the bot has told of itself."""
        return self.world.profile

    def guest(self, first_name: str, language: str | None = None, *, started: bool = True) -> Guest:
        """Somebody new; one who has not started the bot can't be written to."""
        guest = Guest(self.world, self.world.add_guest(first_name, language))
        guest.chat.started = started
        return guest

    def group(
        self,
        title: str,
        *members: Guest,
        forum: bool = False,
        kind: ChatKind = "supergroup",
        bot: bool = True,
    ) -> Group:
        """A new group of guests, with the bot in it unless ``bot`` says no; the first guest owns it."""
        owner = members[0] if members else self.guest("Owner")
        group = Group(self.world, self.world.add_group(title, kind, forum=forum), owner)
        group.join_all(members)
        group.chat.members[owner.id] = Membership(owner.user, "creator")
        if bot:
            group.add_bot()
        return group

    def channel(self, title: str, owner: Guest, username: str | None = None, *, bot: bool = True) -> Group:
        """A new channel; with ``bot`` its owner lets the bot post there."""
        channel = self.group(title, owner, kind="channel", bot=False)
        channel.chat.username = username
        if bot:
            channel.promote_bot()
        return channel

    def pass_time(self, seconds: int) -> None:
        """As if everything that was written had been written so much earlier."""
        for chat in self.world.chats.values():
            chat.age(seconds)

    def fault(
        self,
        method: str,
        kind: Kind,
        *,
        times: int | None = 1,
        skip: int = 0,
        chat: int | None = None,
        retry_after: int = 1,
        status: int = 502,
        delay_s: float = 0.1,
    ) -> Fault:
        """Let the next calls of a method go wrong; see ``Fault``."""
        made = Fault(method, kind, times, skip, chat, retry_after, status, delay_s)
        self.gate.faults.append(made)
        return made

    @contextmanager
    def away(self) -> Iterator[None]:
        """The line between the bot and Telegram is down, both ways, while the block runs."""
        methods = (EVERY_METHOD, "getUpdates")
        faults = [self.fault(method, "reset before", times=None) for method in methods]
        self.world.courier.away = True
        self.gate.wires.cut_all()
        try:
            yield
        finally:
            self.world.courier.away = False
            for fault in faults:
                fault.clear()

    def limit(self, limits: Limits | None) -> None:
        """Switch Telegram's own limits on or off."""
        self.gate.brake.limits = limits

    async def until_requested(self, method: str, times: int = 1) -> None:
        """Waits until a method was called so often."""
        await self.world.news.until(lambda: len(self.requests.of(method)) >= times)


@asynccontextmanager
async def running(
    token: str = TOKEN,
    *,
    port: int = 0,
    username: str = "petaflop_bot",
    privacy: bool = True,
    chosen_feedback: bool = False,
    limits: Limits | None = None,
    pause_s: float = 1.0,
    routes: Sequence[BaseRoute] = (),
) -> AsyncIterator[Telegram]:
    """Serve while the block runs; ``pause_s`` is the unit of the pauses between tries of a webhook."""
    bot = User(int(token.partition(":")[0]), "PETaflop", username, is_bot=True)
    world = World(bot, privacy=privacy, chosen_feedback=chosen_feedback, pause_s=pause_s)
    gate = Gate(world, token, Brake(limits))
    app = gate.app()
    app.router.routes.extend(routes)
    listener = socket.create_server(("127.0.0.1", port))
    # asyncio leaves Nagle on for sockets made so, and a delayed acknowledgement then costs 40 ms an answer.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    telegram = Telegram(f"http://127.0.0.1:{listener.getsockname()[1]}", token, world, gate)
    app.state.telegram = telegram
    async with gate.wires.serving(app, listener), _delivering(world):
        yield telegram


@asynccontextmanager
async def _delivering(world: World) -> AsyncIterator[None]:
    courier = asyncio.create_task(world.courier.run(), name="telegram's webhook")
    try:
        yield
    finally:
        world.close()
        courier.cancel()
        with suppress(asyncio.CancelledError):
            await courier
