"""Our commands at Discord: told once, in all languages, again only when they have changed."""

from pathlib import Path

import pytest

from adapters.discord.incoming.enlisting import ON_MESSAGES
from adapters.discord.incoming.sync import sync
from adapters.discord.incoming.tree import PLAIN
from bot.console.commands import COMMANDS
from bot.words import words
from tests.adapters.discord.doorway import standing
from tests.fakes.discord import Discord
from tests.fakes.discord.commands import MESSAGE, SLASH, USER


async def test_told_once_and_not_again_after_a_restart(discord: Discord, tmp_path: Path) -> None:
    async with standing(discord, tmp_path) as door:
        await door.ready()
    async with standing(discord, tmp_path) as door:
        await door.ready()
        assert not await sync(door.entrance.client, door.stores.meta, words())
        door.entrance.client.tree.remove_command("help")
        assert await sync(door.entrance.client, door.stores.meta, words())
    assert discord.commands.writes == 2
    assert (SLASH, "help") not in discord.commands.registered


async def test_all_of_them_everywhere_in_our_languages(discord: Discord, tmp_path: Path) -> None:
    async with standing(discord, tmp_path):
        await discord.until(lambda: discord.commands.writes or None)
    maintainers = set(maintainers_own())
    told = {name: one for name, one in discord.commands.registered.items() if name not in maintainers}
    assert set(told) == {
        *((SLASH, name) for name in (*PLAIN, "stylize", "groupstyle")),
        (MESSAGE, "Stylize this"),
        (USER, "Stylize avatar"),
    }
    for command in told.values():
        assert sorted(command["contexts"]) == [0, 1, 2]
        assert sorted(command["integration_types"]) == [0, 1]
        assert command["name_localizations"].keys() == {"de"}
    stylize = told[SLASH, "stylize"]
    assert stylize["name_localizations"] == {"de": "stilisieren"}
    assert stylize["description_localizations"]["de"].startswith("Schick ein Foto")
    photo, style = stylize["options"]
    assert (photo["name"], photo["type"], photo["required"]) == ("photo", 11, True)
    assert (style["name"], style["autocomplete"], style["required"]) == ("style", True, False)
    assert style["name_localizations"] == {"de": "stil"}


async def test_those_of_maintainers_stand_in_no_guests_menu(discord: Discord, tmp_path: Path) -> None:
    async with standing(discord, tmp_path):
        await discord.until(lambda: discord.commands.writes or None)
    for kind, name in maintainers_own():
        listed = discord.commands.registered[kind, name]
        assert str(listed["default_member_permissions"]) == "0"
        assert listed["contexts"] == [0]  # servers: direct messages know no permissions
        assert listed["integration_types"] == [0]
        translated = "name_localizations" if kind == MESSAGE else "description_localizations"
        assert listed[translated].keys() == {"de"}


def maintainers_own() -> list[tuple[int, str]]:
    """Kind and name of what is registered for maintainers."""
    menus = [words().say("en", f"discord-menu-{name}") for name in ON_MESSAGES]
    return [*((SLASH, command.name) for command in COMMANDS), *((MESSAGE, name) for name in menus)]


async def test_while_discord_is_out_of_reach_later(
    discord: Discord, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = discord.fault("put commands", "reset before", times=2)
    async with standing(discord, tmp_path):
        await discord.until(lambda: discord.commands.writes or None)
    assert away.hits == 2
    assert "was not told of our commands" in caplog.text
