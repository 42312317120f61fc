"""discord.py against the fake: what the contract tests run."""

import asyncio
import io
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import discord
import pytest
import yarl
from discord import app_commands
from PIL import Image

from tests.fakes.discord import Discord

PATIENCE_S = 30.0
INTENTS = discord.Intents(guilds=True, messages=True, message_content=True)


def picture(width: int = 64, height: int = 48, seed: int = 1, kind: str = "JPEG") -> bytes:
    """A picture with some grain."""
    grain = Image.frombytes("RGB", (8, 8), random.Random(seed).randbytes(8 * 8 * 3))
    out = io.BytesIO()
    grain.resize((width, height)).save(out, kind)
    return out.getvalue()


def file(seed: int = 2, name: str = "picture.jpg") -> discord.File:
    """A picture as the library sends it."""
    return discord.File(io.BytesIO(picture(seed=seed)), name)


@contextmanager
def pointed_at(served: Discord) -> Iterator[None]:
    """The library's addresses are the fake's while the block runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discord.http.Route, "BASE", served.url)
        patch.setattr(discord.Asset, "BASE", served.root)
        gateway = yarl.URL(served.gateway_url)
        patch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        yield


class Bot(discord.Client):
    """A client that keeps what it hears."""

    def __init__(self, intents: discord.Intents = INTENTS) -> None:
        super().__init__(intents=intents)
        self.tree = app_commands.CommandTree(self)
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()

    async def on_message(self, message: discord.Message) -> None:
        """Keep a message of somebody else."""
        if message.author != self.user:
            self.heard.put_nowait(message)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No pause of five seconds before a second session."""

    async def hears(self) -> discord.Message:
        """The next message."""
        return await asyncio.wait_for(self.heard.get(), PATIENCE_S)


@asynccontextmanager
async def connected(api: Discord, bot: Bot) -> AsyncIterator[Bot]:
    """The bot with its gateway while the block runs.

    Raises:
        Exception: what the library raised instead of connecting.
    """
    async with bot:
        task = asyncio.create_task(bot.start(api.token))
        try:
            task.add_done_callback(lambda _: api.world.news.spread())
            await api.until(lambda: api.gateway.connected or task.done())
            if task.done():
                await task
            yield bot
        finally:
            await bot.close()
            await asyncio.wait([task])


@asynccontextmanager
async def logged_in(api: Discord, bot: Bot) -> AsyncIterator[Bot]:
    """The bot with REST only."""
    async with bot:
        await bot.login(api.token)
        yield bot


class Card(discord.ui.LayoutView):
    """Words, a picture and a button."""

    def __init__(self, words: str, picture: str | None = None) -> None:
        super().__init__(timeout=None)
        text: discord.ui.TextDisplay[Any] = discord.ui.TextDisplay(words)
        box: discord.ui.Container[Any] = discord.ui.Container(text, accent_colour=0x22D3EE)
        if picture is not None:
            item = discord.MediaGalleryItem(f"attachment://{picture}")
            box.add_item(discord.ui.MediaGallery(item))
        button: discord.ui.Button[Any] = discord.ui.Button(label="Again", custom_id="pf:again", emoji="🔁")
        box.add_item(discord.ui.ActionRow(button))
        self.add_item(box)
