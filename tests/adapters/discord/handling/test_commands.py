"""Commands without a photo, in direct messages and in servers."""

from pathlib import Path

from tests.adapters.discord.opened import finished, key, opened, selfie, styles_shown, whispered
from tests.fakes.discord import Discord, Message


async def test_styles_is_a_gallery_with_pages(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        channel = discord.channel(discord.guild("Party", ann))
        sent = await ann.slash("styles", channel)
        first = await sent.until(lambda message: message.pictures)
        assert not first.ephemeral
        assert len(first.pictures) == 9
        names = [item["description"] for item in _gallery(first)]
        assert names[:2] == ["💥 Comic", "🖼️ Oil paint"]
        await ann.presses(first, "More (2 of 3)")
        second = await sent.until(lambda message: "(3 of 3)" in str(message.buttons))
        assert not {item["description"] for item in _gallery(second)} & set(names)


async def test_mine_shows_the_newest_and_links_to_all(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann")
        guild = discord.guild("Party", ann)
        channel = discord.channel(guild)
        nothing = await ann.slash("mine", channel)
        await nothing.until(lambda message: "no picture of yours" in message.words)
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        picture = await sent.until(lambda message: message.pictures)
        await ann.dms("comic", selfie(90))
        second = (await finished(ann.dm))[0]
        mine = await ann.slash("mine", channel)
        shown = await mine.until(lambda message: message.pictures)
        assert shown.ephemeral
        assert set(shown.pictures) == {picture.pictures[0], second.pictures[0]}
        assert f"https://discord.com/channels/{guild.id}/{channel.id}/{picture.id}" in shown.words
        assert f"https://discord.com/channels/@me/{ann.dm.id}/{second.id}" in shown.words


async def test_forget_asks_and_then_erases_everything(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path) as booth:
        ann = discord.member("Ann", "de")
        channel = discord.channel(discord.guild("Party", ann))
        sent = await ann.slash("stylize", channel, photo=selfie(60), style="comic")
        await sent.until(lambda message: message.pictures)
        await ann.slash("stylize", channel, photo=selfie(90))
        await channel.until_bot(styles_shown)
        await ann.slash("forget", channel)
        asked = await whispered(ann, channel, "Soll ich alles über dich löschen")
        await ann.presses(asked, "Behalten")
        await whispered(ann, channel, "Es wurde nichts gelöscht")
        await ann.slash("forget", channel)
        await ann.presses(await whispered(ann, channel, "Soll ich"), "Alles löschen")
        await whispered(ann, channel, "Alles über dich ist gelöscht")
        assert list(await booth.jobs(ann)) == []
        assert await booth.booth.language_of(key(ann)) is None
        await channel.until(lambda seen: not seen.from_bot or None)  # what was under way, too


async def test_help_privacy_and_a_bare_mention_are_answered(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann", "de")
        channel = discord.channel(discord.guild("Party", ann))
        await ann.slash("help", channel)
        await whispered(ann, channel, "/stilisieren")
        await ann.slash("privacy", channel)
        await whispered(ann, channel, "nach einer Stunde gelöscht")
        assert channel.from_bot == []
        await ann.posts(channel, discord.bot.mention)
        await channel.until_bot(lambda message: "/stilisieren" in message.words)


async def test_autocompletion_finds_a_style_by_its_name(discord: Discord, tmp_path: Path) -> None:
    async with opened(discord, tmp_path):
        ann = discord.member("Ann", "de")
        found = await ann.types("stylize", "style", "ölf")
        assert [value for _, value in found] == ["oil"]
        assert len(await ann.types("stylize", "style", "")) == 25


def _gallery(message: Message) -> list[dict[str, str]]:
    parts = [part for card in message.content.components for part in card["components"]]
    return next(part["items"] for part in parts if part["type"] == 12)
