"""What a member can't do in a client, the driver can't either."""

import discord
import pytest
from discord import app_commands

from tests.fakes.discord import Discord
from tests.fakes.discord.library import PATIENCE_S, Bot, Card, connected, logged_in, picture


async def test_only_what_is_to_be_seen_is_pressed(api: Discord) -> None:
    ann, bob = api.member("Ann"), api.member("Bob")
    async with logged_in(api, Bot()) as bot:
        user = await bot.fetch_user(ann.id)
        card = await user.send(view=Card("card"))
        links = discord.ui.View()
        links.add_item(discord.ui.Button(label="Site", url="https://example.org"))
        links.add_item(discord.ui.Button(label="Later", custom_id="later", disabled=True))
        await user.send("links", view=links)
        shown, linked = ann.dm.from_bot
        for message, button in ((shown, "Nothing"), (linked, "Site"), (linked, "Later"), (linked, "later")):
            with pytest.raises(LookupError):
                await ann.presses(message, button)
        with pytest.raises(LookupError):
            await ann.chooses(shown, "comic")
        await card.delete()
        with pytest.raises(LookupError, match="not to be seen"):
            await ann.presses(shown, "Again")
    assert api.world.interactions == {}
    assert bob.sees() == []


async def test_commands_are_filled_in_as_they_are_registered(api: Discord) -> None:
    ann, bob = api.member("Ann"), api.member("Bob")
    party = api.channel(api.guild("Party", ann, bob))
    bot, seen = Bot(), []
    style = app_commands.Group(name="style", description="Styles")

    @style.command(description="Show one")
    @app_commands.choices(size=[app_commands.Choice(name="Small", value=1)])
    async def show(interaction: discord.Interaction, name: str, who: discord.Member, size: int = 0) -> None:
        seen.append((name, who.id, size))
        await interaction.response.send_message("shown")

    bot.tree.add_command(style)
    async with connected(api, bot):
        with pytest.raises(LookupError, match="no command"):
            await ann.slash("style show", party, name="oil", who=bob.user)
        await bot.tree.sync()
        for options in ({"name": "oil"}, {"name": "oil", "who": bob.user, "size": 2}, {"colour": "red"}):
            with pytest.raises(LookupError):
                await ann.slash("style show", party, **options)
        with pytest.raises(LookupError, match="subcommand"):
            await ann.slash("style hide", party)
        for size in (0, 1):
            options = {"name": "oil", "who": bob.user} | ({"size": size} if size else {})
            await (await ann.slash("style show", party, **options)).answered()
    assert seen == [("oil", bob.id, 0), ("oil", bob.id, 1)]


async def test_a_form_is_sent_only_when_it_is_open(api: Discord) -> None:
    ann, bot = api.member("Ann"), Bot()

    @bot.tree.command(description="Hello")
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("hello", ephemeral=True)

    async with connected(api, bot):
        await bot.tree.sync()
        sent = await (await ann.slash("hello")).answered()
        with pytest.raises(LookupError, match="no form"):
            await ann.submits(sent, photo=[picture()])
        assert (sent.form, sent.choices, sent.followed) == (None, (), [])


async def test_the_bot_hears_of_edits_deletions_and_reactions(api: Discord) -> None:
    ann = api.member("Ann")
    async with connected(api, Bot(discord.Intents(guilds=True, messages=True, reactions=True))) as bot:
        sent = await ann.dms("frist")
        await bot.hears()
        edited = bot.wait_for("raw_message_edit", timeout=PATIENCE_S)
        await ann.edits(sent, "first")
        assert (await edited).message.content == "first"
        reacted = bot.wait_for("raw_reaction_add", timeout=PATIENCE_S)
        await ann.reacts(sent, "❤️")
        assert str((await reacted).emoji) == "❤️"
        deleted = bot.wait_for("raw_message_delete", timeout=PATIENCE_S)
        await ann.deletes(sent)
        assert (await deleted).message_id == sent.id
        assert ann.sees() == []


async def test_a_closed_chat_takes_nothing_until_it_is_open(api: Discord) -> None:
    ann = api.member("Ann")
    async with logged_in(api, Bot()) as bot:
        user = await bot.fetch_user(ann.id)
        ann.closes_dms()
        with pytest.raises(discord.Forbidden) as refused:
            await user.send("hello")
        assert refused.value.code == 50007
        ann.opens_dms()
        await user.send("hello")
        assert [message.words for message in ann.sees()] == ["hello"]
        with pytest.raises(discord.NotFound):
            await bot.fetch_user(1)
