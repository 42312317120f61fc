"""The owner's hand on the booth, on Discord: pause, limits, bans, news, styles in their places, people."""

import asyncio
from functools import partial
from pathlib import Path

from bot.errors import StyleBroken
from bot.nouns import ChatKey, StyleId
from tests.adapters.discord.maintained import LONG_S, answered, ordered, pressed
from tests.adapters.discord.opened import Opened, Setup, finished, key, opened, selfie, whispered
from tests.fakes.discord import Channel, Discord

WRONG = "AAAA-BBBB-CCCC"


async def test_pause_limit_announce_ban_and_drain_reach_guests(discord: Discord, tmp_path: Path) -> None:
    mia, ann, bob = (discord.member(name) for name in ("Mia", "Ann", "Bob"))
    party = discord.channel(discord.guild("Party", mia, ann, bob))
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        await ordered(mia, party, "pause", "The booth is paused", words="Back after lunch.")
        await ann.dms("comic", selfie(60))
        await answered(ann, ann.dm, "Back after lunch")
        await ordered(mia, party, "resume", "The booth takes photos")
        hold = booth.renderer.hold = asyncio.Event()
        await ann.dms("comic", selfie(60))
        await asyncio.wait_for(booth.renderer.started.get(), LONG_S)
        await ordered(mia, party, "announce", "the one who is waiting", words="Ten minutes more")
        await answered(ann, ann.dm, "Ten minutes more")
        form = await (await mia.slash("announce", party)).answered()
        await mia.submits(form, words="Five minutes more")
        await answered(ann, ann.dm, "Five minutes more")
        await ordered(mia, party, "limit", "unfinished pictures: 1", number="1")
        await ann.dms("comic", selfie(80))
        await answered(ann, ann.dm, "unfinished")
        await ordered(mia, party, "limit", "any", number="any")
        await ordered(mia, party, "ban", "I take no more photos from", user=bob.user)
        await bob.dms("comic", selfie(90))
        await answered(bob, bob.dm, "asked me to take no more photos from you")
        assert await mia.types("unban", "guest", "disc", party) == ((key(bob), key(bob)),)
        await ordered(mia, party, "unban", "I take photos from", guest=key(bob))
        await ordered(mia, party, "drain", "One picture is still to be made")
        hold.set()
        await finished(ann.dm)
        await answered(mia, mia.dm, "The line is done")
        await bob.dms("comic", selfie(90))
        await answered(bob, bob.dm, "about to close")


async def test_a_ban_from_a_messages_menu_means_who_wrote_or_whose_picture_it_is(
    discord: Discord, tmp_path: Path
) -> None:
    mia, ann, bob = (discord.member(name) for name in ("Mia", "Ann", "Bob"))
    party = discord.channel(discord.guild("Party", mia, ann, bob))
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        hello = await ann.posts(party, "hello")
        await bob.slash("stylize", party, photo=selfie(60), style="comic")
        picture = (await finished(party))[0]
        for message in (hello, picture):
            sent = await mia.context("Take no photos of theirs", message)
            await sent.until(lambda one: "I take no more photos from" in one.words, LONG_S)
        assert set(await booth.booth.office.hand.banned(key(mia))) == {key(ann), key(bob)}
        sent = await mia.context("Take their photos again", picture)
        await sent.until(lambda one: "I take photos from" in one.words, LONG_S)
        assert list(await booth.booth.office.hand.banned(key(mia))) == [key(ann)]
        await ann.slash("styles", party)
        gallery = await party.until_bot(lambda message: "All styles" in message.words, LONG_S)
        nobodys = await mia.context("Take no photos of theirs", gallery)
        await nobodys.until(lambda one: "I can't do that with this person" in one.words, LONG_S)
        assert list(await booth.booth.office.hand.banned(key(mia))) == [key(ann)]


async def test_styles_are_put_in_order_hidden_scheduled_and_kept_to_a_channel(
    discord: Discord, tmp_path: Path
) -> None:
    mia, ann = discord.member("Mia"), discord.member("Ann")
    guild = discord.guild("Party", mia, ann)
    party, garden = discord.channel(guild), discord.channel(guild, "garden")
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        found = await mia.types("reorder", "styles", "oil com", party)
        assert [value for _, value in found] == ["oil comic"]
        await ordered(mia, party, "reorder", "These come first now", styles="oil comic")
        assert (await offered(booth))[:2] == ["oil", "comic"]
        assert [value for _, value in await mia.types("hide", "style", "oil", party)] == ["oil"]
        await ordered(mia, party, "hide", "Guests don't see", style="oil")
        assert "oil" not in await offered(booth)
        assert [value for _, value in await mia.types("showstyle", "style", "oil", party)] == ["oil"]
        await ordered(mia, party, "showstyle", "Oil", style="oil")
        await ordered(mia, party, "schedule", "The schedule of", style="oil", since="+2h", until="+8h")
        assert "oil" not in await offered(booth)
        form = await (await mia.slash("schedule", party, style="oil")).answered()
        assert form.form is None  # it came as a message whose button opens it
        ask = await form.until(lambda message: bool(message.buttons), LONG_S)
        plan = await (await mia.presses(ask, "Fill in")).answered()
        await mia.submits(plan, since="", until="")
        await until_offered(booth, "oil")
        await ordered(mia, party, "restrict", "in this chat only", style="oil", where="here")
        await ann.slash("stylize", party, photo=selfie(60), style="oil")
        await finished(party)
        elsewhere = await ann.slash("stylize", garden, photo=selfie(60), style="oil")
        menu = await elsewhere.until(lambda message: bool(message.selects), LONG_S)
        assert "oil" not in [value for _, value in menu.selects[0].options]
        assert [value for _, value in await ann.types("stylize", "style", "oil", party)] == ["oil"]
        assert await ann.types("stylize", "style", "oil", garden) == ()
        chats = await ordered(mia, party, "restrict", "#general", "#garden", style="oil")
        more = next(button for button in chats.buttons if button.label.startswith("+"))
        await mia.presses(chats, more.custom_id or "")
        await until_offered(booth, "oil", garden)
        assert [value for _, value in await ann.types("stylize", "style", "oil", garden)] == ["oil"]
        await ordered(mia, party, "restrict", "every", style="oil", where="everywhere")
        await until_offered(booth, "oil")


async def test_three_failures_set_a_style_aside_and_maintainers_are_told_why(
    discord: Discord, tmp_path: Path
) -> None:
    mia, ben, ann = discord.member("Mia"), discord.member("Ben", "de"), discord.member("Ann")
    party = discord.channel(discord.guild("Party", mia, ben, ann))
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia), key(ben)))) as booth:
        await ben.slash("help", party)  # now it is known how he speaks
        await whispered(ben, party, "/stilisieren")
        booth.renderer.errors = [lambda: StyleBroken("missing-model")] * 3
        for shade in (60, 80, 100):
            sent = await ann.slash("stylize", party, photo=selfie(shade), style="comic")
            await sent.until(lambda message: "this style can't be painted" in message.words, LONG_S)
        await answered(mia, mia.dm, "“comic” failed 3 times in a row", "missing-model")
        await answered(ben, ben.dm, "missing-model", "comic", "3-mal")
        assert "comic" not in await offered(booth)
        shown = await ordered(mia, party, "managestyles", "set aside: missing-model", style="comic")
        await pressed(mia, shown, "Show", "comic")
        await until_offered(booth, "comic")


async def test_a_code_is_void_after_ten_wrong_tries_and_good_once(discord: Discord, tmp_path: Path) -> None:
    mia, ann = discord.member("Mia"), discord.member("Ann")
    party = discord.channel(discord.guild("Party", mia, ann))
    async with opened(discord, tmp_path, Setup(http=True)) as booth:
        crew = booth.booth.office.crew
        first = await crew.new_code()
        for number in range(1, 11):
            await ann.dms(f"{('', '!', '/')[number % 3]}claim {WRONG}")
            await ann.dm.until(partial(has, number), LONG_S)
        assert all("This code is not open" in message.words for message in ann.dm.from_bot)
        refused = await ordered(mia, party, "claim", "This code is not open", code=first)
        assert refused.only_for == mia.id
        second = await crew.new_code()
        welcome = await ordered(mia, party, "claim", "you are a maintainer now", code=second.lower())
        assert welcome.only_for == mia.id
        await ann.dms(f"claim {second}")
        await ann.dm.until(partial(has, 11), LONG_S)
        assert await crew.is_maintainer(key(mia))
        assert not await crew.is_maintainer(key(ann))
        assert second not in str([entry.deed for entry in await crew.audit(key(mia), 100)])


async def test_a_german_maintainer_adds_and_removes_another_and_reads_the_list(
    discord: Discord, tmp_path: Path
) -> None:
    mia, ben = discord.member("Mia", "de"), discord.member("Ben")
    party = discord.channel(discord.guild("Party", mia, ben))
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        await ordered(mia, party, "maintainers", "ist jetzt", action="add", user=ben.user)
        await ben.dms("!status")
        await answered(ben, ben.dm, "PETaflop", "discord (gateway): up")
        assert await mia.types("maintainers", "guest", "", party) == ((key(ben), key(ben)),)
        await ordered(mia, party, "maintainers", "ist kein", action="remove", guest=key(ben))
        await ordered(mia, party, "maintainers", "Einstellungen", action="remove", guest=key(mia))
        await ordered(mia, party, "status", "discord (gateway)", "wach")
        menu = await ordered(mia, party, "maintain")
        assert "Stile" in str(menu.buttons)
        form = await (await mia.slash("announce", party)).answered()
        assert form.form is not None
        assert form.form["title"] == "Durchsage"
        await ordered(mia, party, "audit", key(ben), key(mia))
        assert not await booth.booth.office.crew.is_maintainer(key(ben))
        before = len(ben.dm.from_bot)
        await ben.dms("!status")
        await ben.dm.until(partial(has, before + 1), LONG_S)
        assert "Please send me a photo" in ben.dm.from_bot[-1].words


def has(number: int, channel: Channel) -> bool | None:
    return len(channel.from_bot) >= number or None


async def offered(booth: Opened, channel: Channel | None = None) -> list[StyleId]:
    chat = None if channel is None else ChatKey(f"discord:{channel.id}")
    return [style.id for style in await booth.booth.styles("en", chat)]


async def until_offered(booth: Opened, style: str, channel: Channel | None = None) -> None:
    async with asyncio.timeout(LONG_S):
        while style not in await offered(booth, channel):  # noqa: ASYNC110 # the shelf tells nobody
            await asyncio.sleep(0.02)
