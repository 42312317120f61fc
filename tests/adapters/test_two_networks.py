"""Both networks on one booth: what is shared on one hangs on both, and what is taken back is gone on both."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.discord.entrance import Account as DiscordAccount
from adapters.discord.entrance import Stock
from adapters.discord.platform import DiscordPlatform
from adapters.discord.platform import Means as DiscordMeans
from adapters.telegram.api.patience import Patience
from adapters.telegram.platform import Account as TelegramAccount
from adapters.telegram.platform import Means as TelegramMeans
from adapters.telegram.platform import TelegramPlatform
from adapters.terms import Terms
from adapters.web import WebChat
from adapters.web.assets import preview_bytes
from bot.assembly.assembly import open_booth
from bot.assembly.plan import Parts, Plan
from bot.booth import Booth
from bot.nouns import GuestKey
from bot.office.crew import Crew
from bot.pixels.captions import Framing
from bot.store.jobs import Limits
from bot.store.stores import Stores, open_stores
from bot.styles.no_bench import NoBench
from bot.styles.shelf import Shelf
from bot.underway.keeper import Retention
from bot.words import words
from tests.adapters.discord.opened import selfie, shade_of
from tests.adapters.discord.shared import reachable, with_button
from tests.adapters.telegram.opened import HASTY, SECRET, finished, has
from tests.databases import sqlite_in
from tests.desk import shared_desk
from tests.fakes import discord as discords
from tests.fakes import telegram as telegrams
from tests.fakes.discord import Channel, Discord
from tests.fakes.renderer import PLAIN, ScriptedRenderer
from tests.fakes.telegram import Chat, Telegram

TERMS = Terms("Tests", 3600, 86400)
MAX_UPLOAD = 20 << 20
LONG_S = 60.0  # a busy machine is slow, not wrong


@dataclass(frozen=True, slots=True)
class Both:
    """One booth with a feed on each network."""

    booth: Booth
    telegram: Telegram
    discord: Discord
    group: Chat
    channel: Channel

    async def hang(self, *shades: int) -> None:
        """Wait until exactly these pictures hang in both feeds, in this order."""

        def on_discord() -> bool | None:
            return (
                _shades([one.pictures[0] for one in self.channel.from_bot if one.pictures]) == shades or None
            )

        def on_telegram(chat: Chat) -> bool | None:
            return _shades([one.picture for one in chat.pictures if has(one, "⚑ Report")]) == shades or None

        await self.discord.until(on_discord, LONG_S)
        await self.group.until(on_telegram, LONG_S)


@asynccontextmanager
async def on_both(folder: Path) -> AsyncIterator[Both]:
    """Open everything, and let a maintainer on each network make a feed."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(telegrams.running(pause_s=0.05))
        discord = await stack.enter_async_context(discords.running(deadline_s=20.0))
        tess, dora = telegram.guest("Tess"), discord.member("Dora")
        crew = (GuestKey(f"telegram:{tess.id}"), GuestKey(f"discord:{dora.id}"))
        booth = await stack.enter_async_context(_opened(folder, telegram, discord, crew))
        await discord.until(lambda: discord.commands.registered or None)
        await discord.until_connected()
        group = telegram.group("Party", tess).chat
        channel = discord.channel(discord.guild("Party", dora), "wall")
        await tess.send_text("/feed here", group)
        await group.until(
            lambda chat: [one for one in chat.from_bot if "posted here" in one.words] or None, LONG_S
        )
        sent = await dora.slash("feed", channel, feed="here")
        await sent.until(lambda message: "posted here" in message.words, LONG_S)
        yield Both(booth, telegram, discord, group, channel)


@asynccontextmanager
async def _opened(
    folder: Path, telegram: Telegram, discord: Discord, crew: tuple[GuestKey, ...]
) -> AsyncIterator[Booth]:
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(await sqlite_in(folder), folder))
        shelf = Shelf([renderer := ScriptedRenderer(styles=(PLAIN,))], words())
        platforms = (_on_telegram(telegram, stores, crew), _on_discord(discord, stores, shelf))
        for platform in platforms:
            await stack.enter_async_context(platform.connected())
        parts = Parts(
            stores,
            [renderer],
            [WebChat(), *(platform.chat for platform in platforms)],
            await shared_desk(),
            words(),
            listeners=lambda booth: [platform.listener(booth) for platform in platforms],
            bench=NoBench(),
            portrait=selfie,
            shelf=shelf,
        )
        frames = Framing("Tests", None)
        plan = Plan(Limits(5, 100), Retention(3600, 86400), frames, MAX_UPLOAD, sheet=False, maintainers=crew)
        booth = await stack.enter_async_context(open_booth(plan, parts))
        for platform in platforms:
            await stack.enter_async_context(platform.running())
        yield booth


def _on_telegram(telegram: Telegram, stores: Stores, crew: tuple[GuestKey, ...]) -> TelegramPlatform:
    maintainers = Crew(crew, stores.crew, stores.audit)
    means = TelegramMeans(
        stores.database,
        stores.inbox,
        stores.meta,
        words(),
        TERMS,
        maintainers,
        preview_bytes,
        False,
        HASTY,
        Patience(),
    )
    return TelegramPlatform(TelegramAccount(telegram.token, telegram.url, None, SECRET), means)


def _on_discord(discord: Discord, stores: Stores, shelf: Shelf) -> DiscordPlatform:
    stock = Stock(stores.database, stores.inbox, stores.meta, shelf, words())
    means = DiscordMeans(stock, TERMS, preview_bytes, False, MAX_UPLOAD)
    return DiscordPlatform(DiscordAccount(discord.token, discord.url, discord.gateway_url), means)


def _shades(pictures: list[bytes]) -> tuple[int, ...]:
    """Of the photos that they were made of, to the nearest twenty."""
    return tuple(20 * round((255 - shade_of(picture)) / 20) for picture in pictures)


async def test_shared_on_one_network_it_hangs_on_both_until_it_is_taken_back(tmp_path: Path) -> None:
    async with on_both(tmp_path) as it:
        ann, bob = it.telegram.guest("Ann"), it.discord.member("Bob")
        await ann.send_photo(selfie(60), "comic")
        picture = (await finished(ann.chat, 1, LONG_S))[0]
        await ann.press("Share", picture)
        await it.hang(60)
        await bob.dms("comic", selfie(100))
        theirs = await bob.dm.until_bot(lambda message: bool(message.pictures), LONG_S)
        await bob.presses(theirs, "Share")
        await with_button(it.discord, theirs, "Unshare")
        await it.hang(60, 100)
        await ann.press("Unshare")
        await it.hang(100)
        await ann.chat.until(lambda chat: has(chat.find(picture.id) or picture, "Share") or None, LONG_S)
        await ann.press("Share")
        await it.hang(100, 60)
        await it.booth.forget(GuestKey(f"discord:{bob.id}"))
        await it.hang(60)
        await it.discord.until(lambda: not reachable(it.discord, theirs.pictures[0]) or None, LONG_S)
        assert bob.dm.pictures == []
        await it.booth.forget(GuestKey(f"telegram:{ann.id}"))
        await it.hang()
        await ann.chat.until(lambda chat: not chat.pictures or None, LONG_S)
        assert await it.booth.wall.newest("en") == []
