"""Discord's entrance by itself: what a local Discord sends ends in a real inbox, which nobody empties."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from starlette.applications import Starlette

from adapters.discord.entrance import Account, Entrance, Stock
from adapters.discord.events import Event, read
from adapters.serving import listen, serving
from bot.store.stores import Stores, open_stores
from bot.store.tables import inbox
from bot.styles.shelf import Shelf
from bot.words import words
from tests.fakes.discord import Discord
from tests.fakes.renderer import ScriptedRenderer

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Setup:
    """Which ways are open; ``http`` lets Discord post to our own port, once somebody tells it to."""

    http: bool = False
    gateway: bool = True
    token: str | None = None
    asks_for_gateway: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What a test looks at."""

    entrance: Entrance
    stores: Stores
    url: str
    discord: Discord = field(repr=False)

    async def events(self) -> Sequence[Event]:
        """All that was kept, in order."""
        query = sa.select(inbox.c.payload).order_by(inbox.c.seq)
        async with self.stores.database.read() as connection:
            return [read(payload) for payload in (await connection.execute(query)).scalars()]

    async def ready(self) -> None:
        """Wait until we are logged in, and our commands are told and remembered."""
        key = f"discord-commands-{self.discord.bot.id}"

        async def told() -> bool:
            return self.entrance.calls.ready and await self.stores.meta.recall(key) is not None

        await eventually(told)

    async def kept(self, count: int, kind: type[E]) -> list[E]:
        """Wait for so many events; all must be of one kind."""
        news = self.stores.bell.event("inbox")
        while len(found := await self.events()) < count:
            await news.wait()
            news.clear()
        assert len(found) == count, found
        assert all(isinstance(event, kind) for event in found), found
        return [event for event in found if isinstance(event, kind)]


@asynccontextmanager
async def standing(
    discord: Discord, folder: Path, setup: Setup | None = None, *, url: sa.URL | None = None
) -> AsyncIterator[Standing]:
    """Open the entrance; opening it again on the same folder is a restart."""
    setup = setup or Setup()
    url = url or sa.URL.create("sqlite+aiosqlite", database=str(folder / "petaflop.db"))
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(url, folder))
        shelf = Shelf([ScriptedRenderer()], words())
        stock = Stock(stores.database, stores.inbox, stores.meta, shelf, words())
        entrance = Entrance(account(discord, setup), stock)
        listener = stack.enter_context(listen("127.0.0.1", 0, "PORT"))
        own = f"http://127.0.0.1:{listener.getsockname()[1]}"
        await stack.enter_async_context(serving(Starlette(routes=entrance.routes()), listener))
        await stack.enter_async_context(entrance.connected())
        await stack.enter_async_context(entrance.working())
        yield Standing(entrance, stores, own, discord)


def account(discord: Discord, setup: Setup) -> Account:
    """The bot's account on a local Discord."""
    return Account(
        setup.token or discord.token,
        discord.url,
        None if setup.asks_for_gateway else discord.gateway_url,
        discord.public_key if setup.http else None,
        gateway=setup.gateway,
    )


async def settled(discord: Discord) -> None:
    """Wait until the gateway is connected and our commands are known."""
    await discord.until_connected()
    await discord.until_requested("put commands")


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so that nobody tells of; the test's own limit ends it."""
    while not await condition():  # noqa: ASYNC110 # as said
        await asyncio.sleep(0.01)
