"""The fake Discord, held against discord.py's own parsing and error classes."""

import re
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.fakes.discord import Discord, running
from tests.fakes.discord.library import (
    PATIENCE_S,
    Bot,
    Card,
    connected,
    file,
    logged_in,
    picture,
    pointed_at,
)


@pytest.fixture
async def api() -> AsyncIterator[Discord]:
    async with running(deadline_s=PATIENCE_S) as served:
        with pointed_at(served):
            yield served


async def test_a_message_with_a_picture_arrives_and_is_downloaded(api: Discord) -> None:
    ann = api.member("Ann", "de")
    party = api.channel(api.guild("Party", ann))
    async with connected(api, Bot()) as bot:
        sent = await ann.posts(party, f"{api.bot.mention} me!", [picture(300, 200)])
        message = await bot.hears()
        assert (message.id, message.channel.id, message.author.id) == (sent.id, party.id, ann.id)
        assert bot.user in message.mentions
        found = message.attachments[0]
        assert (found.width, found.height, found.content_type) == (300, 200, "image/jpeg")
        assert await found.read() == picture(300, 200)
        api.cdn.expire()
        with pytest.raises(discord.NotFound):
            await found.read()
        again = await message.channel.fetch_message(message.id)
        assert await again.attachments[0].read() == picture(300, 200)


async def test_a_status_becomes_the_picture(api: Discord) -> None:
    ann = api.member("Ann")
    async with connected(api, Bot()) as bot:
        await ann.dms("", picture())
        heard = await bot.hears()
        status = await heard.reply(view=Card("Painting"), mention_author=False)
        assert status.reference is not None
        assert (status.reference.message_id, status.mentions) == (heard.id, [])
        await status.edit(view=Card("Done", "picture.jpg"), attachments=[file()])
        assert [message.words for message in ann.dm.from_bot] == ["Done"]
        assert ann.dm.pictures == [picture(seed=2)]
        shown = await status.channel.fetch_message(status.id)
        gallery: Any = shown.components[0].children[1]  # type: ignore[union-attr]
        media = gallery.items[0].media
        assert (media.width, media.attachment_id) == (64, shown.attachments[0].id)
        assert [version.words for version in ann.dm.history(status.id)] == ["Painting", "Done"]


async def test_slash_defers_and_edits_the_original(api: Discord) -> None:
    ann = api.member("Ann", "de")
    party = api.channel(api.guild("Party", ann))
    bot = Bot()

    @bot.tree.command(description="Restyle a photo")
    async def stylize(interaction: discord.Interaction, photo: discord.Attachment, style: str) -> None:
        assert interaction.locale is discord.Locale.german
        await interaction.response.defer(thinking=True)
        card = Card(style, photo.filename)
        await interaction.edit_original_response(view=card, attachments=[await photo.to_file()])

    @stylize.autocomplete("style")
    async def offer(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"🖼️ {current}ic", value="comic")]

    async with connected(api, bot):
        await bot.tree.sync()
        assert await ann.types("stylize", "style", "com", party) == (("🖼️ comic", "comic"),)
        sent = await ann.slash("stylize", party, photo=picture(), style="comic")
        done = await sent.until(lambda message: message.pictures)
        assert (done.words, done.pictures, done.thinking) == ("comic", (picture(),), False)
        assert party.from_bot == [done]
        assert api.requests.counts["callback"] == 2


async def test_menus_name_their_message_and_their_user(api: Discord) -> None:
    ann, bob = api.member("Ann"), api.member("Bob")
    bob.wears(picture(256, 256, kind="PNG"))
    party = api.channel(api.guild("Party", ann, bob))
    bot, sizes = Bot(), []

    @bot.tree.context_menu(name="Stylize this")
    async def this(interaction: discord.Interaction, message: discord.Message) -> None:
        sizes.append((message.content, message.author.id, len(await message.attachments[0].read())))
        await interaction.response.send_message("on it", ephemeral=True)

    @bot.tree.context_menu(name="Stylize avatar")
    async def who(interaction: discord.Interaction, user: discord.User) -> None:
        sizes.append((user.display_name, user.id, len(await user.display_avatar.read())))
        await interaction.response.send_message("on it", ephemeral=True)

    async with connected(api, bot):
        await bot.tree.sync()
        message = await bob.posts(party, "look", [picture()])
        await (await ann.context("Stylize this", message)).answered()
        seen = await (await ann.user_context("Stylize avatar", bob, party)).answered()
        assert [entry[:2] for entry in sizes] == [("look", bob.id), ("Bob", bob.id)]
        assert sizes[0][2] == len(picture())
        assert seen.message is not None
        assert seen.message.ephemeral
        assert seen.message in ann.sees(party)
        assert seen.message not in bob.sees(party)
        with pytest.raises(discord.NotFound):
            await bot.get_partial_messageable(party.id).fetch_message(seen.message.id)


class Press(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"pf:(?P<what>\w+)"):
    """A button that any process understands."""

    def __init__(self, what: str) -> None:
        super().__init__(discord.ui.Button(label=what, custom_id=f"pf:{what}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "Press":
        return cls(match["what"])

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=Card("pressed"))


async def test_a_button_of_an_earlier_process_is_understood(api: Discord) -> None:
    ann = api.member("Ann")
    async with logged_in(api, Bot()) as bot:
        user = await bot.fetch_user(ann.id)
        await user.send(view=Card("press me"))
    bot = Bot()
    bot.add_dynamic_items(Press)
    async with connected(api, bot):
        card = ann.dm.from_bot[0]
        pressed = await (await ann.presses(card, "🔁 Again")).answered()
        assert (pressed.original, pressed.message and pressed.message.words) == (card.id, "pressed")


class Form(discord.ui.Modal, title="Your photo"):
    """A form that takes a file."""

    photo: discord.ui.Label[Any] = discord.ui.Label(
        text="Photo", component=discord.ui.FileUpload(custom_id="photo", max_values=2)
    )
    note: discord.ui.Label[Any] = discord.ui.Label(
        text="Note", component=discord.ui.TextInput(custom_id="note", required=False)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        upload, note = self.photo.component, self.note.component
        assert isinstance(upload, discord.ui.FileUpload)
        assert isinstance(note, discord.ui.TextInput)
        files = [await found.to_file() for found in upload.values]
        await interaction.response.send_message(note.value, files=files)


async def test_a_form_brings_files(api: Discord) -> None:
    ann = api.member("Ann")
    bot = Bot()

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    async with connected(api, bot):
        await bot.tree.sync()
        opened = await (await ann.slash("ask")).answered()
        sent = await (await ann.submits(opened, photo=[picture(), picture(seed=3)], note="us")).answered()
        assert sent.message is not None
        assert (sent.message.words, sent.message.pictures) == ("us", (picture(), picture(seed=3)))


async def test_a_menu_is_chosen_from(api: Discord) -> None:
    ann = api.member("Ann")
    bot, options = Bot(), [discord.SelectOption(label="🖍️ Comic", value="comic")]

    class Menu(discord.ui.Select[Any]):
        async def callback(self, interaction: discord.Interaction) -> None:
            await interaction.response.defer()
            await interaction.followup.send(self.values[0])
            await interaction.edit_original_response(view=None)

    async with connected(api, bot):
        menu = discord.ui.View().add_item(Menu(options=options, placeholder="Style"))
        await (await bot.fetch_user(ann.id)).send("choose", view=menu)
        message = ann.dm.from_bot[0]
        assert message.selects[0].options == (("🖍️ Comic", "comic"),)
        await ann.chooses(message, "🖍️ Comic")
        await ann.dm.until(lambda dm: dm.edits)
        assert [(one.words, one.selects) for one in ann.dm.from_bot] == [("choose", ()), ("comic", ())]


async def test_commands_keep_their_languages_and_their_ids(api: Discord) -> None:
    class German(app_commands.Translator):
        async def translate(self, text: Any, locale: discord.Locale, _context: Any) -> str | None:
            return "hilfe" if (text.message, locale) == ("help", discord.Locale.german) else None

    bot = Bot()

    @bot.tree.command(name=app_commands.locale_str("help"), description="Help")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help_(_: discord.Interaction) -> None: ...

    async with logged_in(api, bot):
        await bot.tree.set_translator(German())
        first = await bot.tree.sync()
        again = await bot.tree.sync()
        assert [command.id for command in first] == [command.id for command in again]
        found = (await bot.tree.fetch_commands())[0]
        assert (found.name, found.id) == ("help", first[0].id)
        assert api.commands.find("help")["name_localizations"] == {"de": "hilfe"}
        assert api.commands.find("help")["contexts"] == [0, 1, 2]
        assert api.commands.writes == 2


async def test_the_places_of_the_bot_are_known_and_change(api: Discord) -> None:
    ann = api.member("Ann")
    guild = api.guild("Party", ann)
    party = api.channel(guild)
    thread = api.thread(party, "photos")
    bot = Bot()
    async with connected(api, bot):
        await ann.dms("the guild came before this")
        await bot.hears()
        place = bot.get_channel(party.id)
        assert isinstance(place, discord.TextChannel)
        assert bot.get_channel(thread.id) in place.threads
        assert place.permissions_for(place.guild.me).attach_files
        changed = bot.wait_for("guild_channel_update", timeout=PATIENCE_S)
        party.deny("attach_files")
        await changed
        assert not place.permissions_for(place.guild.me).attach_files
        with pytest.raises(discord.Forbidden) as refused:
            await place.send(file=file())
        assert refused.value.code == 50013
        left = bot.wait_for("guild_remove", timeout=PATIENCE_S)
        api.remove_bot(guild)
        await left
        with pytest.raises(discord.Forbidden) as refused:
            await place.send("still here?")
        assert refused.value.code == 50001
        assert bot.get_guild(guild.id) is None
        api.invite_bot(guild)
        await ann.dms("the guild came before this")
        await bot.hears()
        assert bot.get_channel(party.id) is not None
        api.delete_channel(party)
        with pytest.raises(discord.NotFound):
            await place.send("still here?")


async def test_without_the_intent_only_mentions_and_private_chats_have_content(api: Discord) -> None:
    ann = api.member("Ann")
    party = api.channel(api.guild("Party", ann))
    async with connected(api, Bot(discord.Intents(guilds=True, messages=True))) as bot:
        await ann.posts(party, "secret", [picture()])
        await ann.posts(party, f"{api.bot.mention} hi", [picture()])
        await ann.dms("private", picture())
        heard = [await bot.hears() for _ in range(3)]
        assert [(message.content, len(message.attachments)) for message in heard] == [
            ("", 0),
            (f"{api.bot.mention} hi", 1),
            ("private", 1),
        ]


async def test_history_is_read_from_a_message_on(api: Discord) -> None:
    ann = api.member("Ann")
    seen = await ann.dms("one")
    for words in ("two", "three", "four"):
        await ann.dms(words)
    async with logged_in(api, Bot()) as bot:
        place = bot.get_partial_messageable(ann.dm.id)
        after = place.history(after=discord.Object(seen.id), oldest_first=True, limit=2)
        assert [message.content async for message in after] == ["two", "three"]
        assert [message.content async for message in place.history(limit=1)] == ["four"]


async def test_a_reaction_and_typing_are_seen(api: Discord) -> None:
    ann = api.member("Ann")
    sent = await ann.dms("", picture())
    async with logged_in(api, Bot()) as bot:
        place = bot.get_partial_messageable(ann.dm.id)
        message = await place.fetch_message(sent.id)
        await message.add_reaction("👀")
        await place.typing()
        assert ann.dm.messages[0].reactions == {"👀": frozenset({api.bot.id})}
        assert (await place.fetch_message(sent.id)).reactions[0].me
        assert bot.user is not None
        await message.remove_reaction("👀", bot.user)
        assert (ann.dm.messages[0].reactions, ann.dm.typed) == ({}, 1)
        with pytest.raises(discord.NotFound):
            await message.add_reaction("nonsense")


async def test_a_stranger_uses_the_app_where_the_bot_is_not(api: Discord) -> None:
    ann, bob = api.member("Ann", installed=True), api.member("Bob")
    bot = Bot()

    @bot.tree.command(description="Say")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def say(interaction: discord.Interaction) -> None:
        assert interaction.is_user_integration()
        assert not interaction.is_guild_integration()
        await interaction.response.send_message(str(interaction.context.private_channel))
        for number in range(6):
            await interaction.followup.send(str(number))

    async with connected(api, bot):
        await bot.tree.sync()
        for place, private in (
            (api.private(ann, bob), "True"),
            (api.channel(api.guild("Theirs", ann, bob, bot=False)), "False"),
        ):
            sent = await ann.slash("say", place)
            await api.until(lambda place=place: len(place.from_bot) >= 6)  # type: ignore[misc]
            assert place.from_bot[0].words == private
            assert len(sent.followed) == 5
            with pytest.raises(discord.Forbidden):
                await bot.fetch_channel(place.id)
            with pytest.raises(LookupError, match="not offered"):
                await bob.slash("say", place)
        ann.uninstalls()
        with pytest.raises(LookupError, match="not offered"):
            await ann.slash("say", place)


async def test_a_forwarded_picture_comes_as_a_snapshot(api: Discord) -> None:
    ann, bob = api.member("Ann"), api.member("Bob")
    original = await bob.posts(api.channel(api.guild("Party", ann, bob)), "look", [picture()])
    async with connected(api, Bot()) as bot:
        await ann.forwards(original)
        heard = await bot.hears()
        snapshot = heard.message_snapshots[0]
        assert (heard.content, heard.attachments, snapshot.content) == ("", [], "look")
        assert await snapshot.attachments[0].read() == picture()
