"""The fake Discord, held against discord.py's own parsing and error classes."""

import asyncio
import io
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
import yarl
from discord import app_commands
from PIL import Image

from tests.fakes.discord import Discord, running

PATIENCE_S = 30.0


def picture(width: int = 64, height: int = 48, seed: int = 1, kind: str = "JPEG") -> bytes:
    """A picture with some grain."""
    grain = Image.frombytes("RGB", (8, 8), random.Random(seed).randbytes(8 * 8 * 3))
    out = io.BytesIO()
    grain.resize((width, height)).save(out, kind)
    return out.getvalue()


@pytest.fixture
async def api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Discord]:
    async with running(deadline_s=PATIENCE_S) as served:
        monkeypatch.setattr(discord.http.Route, "BASE", served.url)
        monkeypatch.setattr(discord.Asset, "BASE", served.root)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(served.gateway_url))
        yield served


class Bot(discord.Client):
    """A client that keeps what it hears."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents=intents or discord.Intents(guilds=True, messages=True, message_content=True))
        self.tree = app_commands.CommandTree(self)
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.put_nowait(message)

    async def hears(self) -> discord.Message:
        return await asyncio.wait_for(self.heard.get(), PATIENCE_S)


@asynccontextmanager
async def connected(api: Discord, bot: Bot) -> AsyncIterator[Bot]:
    """The bot with its gateway while the block runs."""
    async with bot:
        task = asyncio.create_task(bot.start(api.token))
        try:
            await api.until(lambda: api.gateway.connected or task.done() or None, PATIENCE_S)
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

    def __init__(self, words: str, file: str | None = None) -> None:
        super().__init__(timeout=None)
        box: discord.ui.Container[Any] = discord.ui.Container(
            discord.ui.TextDisplay(words), accent_colour=0x22D3EE
        )
        if file is not None:
            box.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{file}")))
        box.add_item(discord.ui.ActionRow(discord.ui.Button(label="Again", custom_id="pf:again", emoji="🔁")))
        self.add_item(box)


async def test_a_message_with_a_picture_arrives_and_is_downloaded(api: Discord) -> None:
    ann = api.member("Ann", "de")
    party = api.channel(api.guild("Party", ann))
    async with connected(api, Bot()) as bot:
        sent = await ann.posts(party, f"{api.bot.mention} me!", [picture(300, 200)])
        message = await bot.hears()
        assert (message.id, message.channel.id, message.author.id) == (sent.id, party.id, ann.id)
        assert bot.user in message.mentions
        file = message.attachments[0]
        assert (file.width, file.height, file.content_type) == (300, 200, "image/jpeg")
        assert await file.read() == picture(300, 200)
        api.cdn.expire()
        with pytest.raises(discord.NotFound):
            await file.read()
        again = await message.channel.fetch_message(message.id)
        assert await again.attachments[0].read() == picture(300, 200)


async def test_a_status_becomes_the_picture(api: Discord) -> None:
    ann = api.member("Ann")
    async with connected(api, Bot()) as bot:
        await ann.dms("", picture())
        heard = await bot.hears()
        status = await heard.reply(view=Card("Painting"), mention_author=False)
        file = discord.File(io.BytesIO(picture(seed=2)), "picture.jpg")
        await status.edit(view=Card("Done", "picture.jpg"), attachments=[file])
        assert [message.words for message in ann.dm.from_bot] == ["Done"]
        assert ann.dm.pictures == [picture(seed=2)]
        shown = await status.channel.fetch_message(status.id)
        gallery = shown.components[0].children[1]  # type: ignore[union-attr]
        assert (gallery.items[0].media.width, gallery.items[0].media.attachment_id) == (
            64,
            shown.attachments[0].id,
        )  # type: ignore[union-attr]
        assert [version.words for version in ann.dm.history(status.id)] == ["Painting", "Done"]


async def test_slash_defers_and_edits_the_original(api: Discord) -> None:
    ann = api.member("Ann", "de")
    party = api.channel(api.guild("Party", ann))
    bot = Bot()

    @bot.tree.command(description="Restyle a photo")
    async def stylize(interaction: discord.Interaction, photo: discord.Attachment, style: str) -> None:
        await interaction.response.defer(thinking=True)
        file = discord.File(io.BytesIO(await photo.read()), "picture.jpg")
        await interaction.edit_original_response(view=Card(style, "picture.jpg"), attachments=[file])

    @stylize.autocomplete("style")
    async def offer(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"🖼️ {current}ic", value="comic")]

    async with connected(api, bot):
        await bot.tree.sync()
        assert await ann.types("stylize", "style", "com", party) == (("🖼️ comic", "comic"),)
        sent = await ann.slash("stylize", party, photo=picture(), style="comic")
        done = await sent.until(lambda message: message.pictures)
        assert (done.words, done.pictures, done.thinking) == ("comic", (picture(),), False)
        assert [message.id for message in party.from_bot] == [done.id]
        assert api.requests.counts["callback"] == 2
