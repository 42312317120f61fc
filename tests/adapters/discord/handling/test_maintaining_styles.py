"""A style's whole way on Discord: published, broken on purpose, rolled back, and taken to another booth."""

import asyncio
from pathlib import Path

import sqlalchemy as sa

from tests.adapters.discord.maintained import (
    LONG_S,
    Maintained,
    answered,
    maintained,
    ordered,
    pressed,
    trial_card,
)
from tests.adapters.discord.opened import selfie, whispered
from tests.comfy.exported import changed, file, pixels
from tests.comfy.support import Z_MODELS
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.comfyui.server import FLUX_ALL_IN_ONE
from tests.fakes.discord import Channel, Discord, Member, Message


async def test_a_style_is_broken_on_purpose_and_rolled_back(
    discord: Discord, tmp_path: Path, fake: FakeComfyUI, database_url: sa.URL
) -> None:
    mia, ann = discord.member("Mia"), discord.member("Ann")
    party = discord.channel(discord.guild("Party", mia, ann))
    fake.set_models({**FLUX_ALL_IN_ONE, **Z_MODELS})
    async with maintained(discord, tmp_path, fake, mia, url=database_url) as house:
        found = await mia.types("addstyle", "graph", "flux", party)
        assert "flux" in [value for _, value in found]
        draft = await ordered(
            mia, party, "addstyle", "Here is your draft", name="Wizard", words="an old wizard", graph="flux"
        )
        await pressed(mia, draft, "Try on the portrait", "I am trying")
        first = await published(mia, party, 1)
        second = await ordered(mia, party, "editstyle", "Guests keep what they have", style="wizard")
        form = await (await mia.presses(second, "Adjust")).answered()
        await mia.submits(
            form, name="Wizard", emoji="🧙", prompt="a wizard", graph="z-image", strength="medium"
        )
        await answered(mia, party, "Graph: z-image")
        await pressed(mia, second, "Try on the portrait", "I am trying")
        await published(mia, party, 2, after=first.id)
        fake.set_models(FLUX_ALL_IN_ONE)
        await ordered(mia, party, "editstyle", "What I found", "which the server lacks", style="wizard")
        assert "wizard" not in await house.offered()
        await ordered(mia, party, "managestyles", "no server for it just now", style="wizard")
        versions = await mia.types("rollback", "version", "", party, style="Wizard")
        assert [value for _, value in versions] == ["2", "1"]
        await ordered(mia, party, "rollback", "back at version 1", style="wizard", version=1)
        assert "wizard" in await house.offered()
        sent = await ann.slash("stylize", party, photo=selfie(90), style="wizard")
        await sent.until(lambda message: message.pictures and "Here you are" in message.words, LONG_S)
        await ordered(mia, party, "audit", "rolled back", "published wizard")
        assert [act for act in await house.acts(mia) if act != "change-draft"] == [
            *("start-draft", "publish"),
            *("start-draft", "publish"),
            *("start-draft", "roll-back"),
        ]


async def test_a_set_goes_to_another_booth_and_a_broken_workflow_nowhere(
    discord: Discord, tmp_path: Path, fake: FakeComfyUI
) -> None:
    mia = discord.member("Mia")
    party = discord.channel(discord.guild("Party", mia))
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    async with maintained(discord, here, fake, mia) as house:
        dangling = file(changed(pixels(), "3", images=["77", 0]))
        await ordered(mia, party, "addstyle", "comes from node 77", workflow=("Broken.json", dangling))
        await ordered(mia, party, "drafts", "You have no drafts")
        draft = await ordered(
            mia, party, "addstyle", "I have read the workflow", workflow=("Inverted.json", file(pixels()))
        )
        await pressed(mia, draft, "Try on the portrait", "I am trying")
        await published(mia, party, 1)
        export = await ordered(mia, party, "export", "All styles that maintainers have published")
        (exported,) = export.attachments
        assert exported.name == "petaflop-styles.json"
    async with maintained(discord, there, fake, mia) as house:
        await ordered(mia, party, "import", "Send me a file here")
        await ordered(
            mia,
            party,
            "import",
            "One style came with the file",
            file=("petaflop-styles.json", exported.content),
        )
        await answered(mia, mia.dm, "is published, as version 1")
        await until_offered(house, "inverted")


async def test_a_style_by_words_is_tried_on_ones_own_photo_and_given_a_workflow(
    discord: Discord, tmp_path: Path, fake: FakeComfyUI
) -> None:
    mia = discord.member("Mia")
    party = discord.channel(discord.guild("Party", mia))
    async with maintained(discord, tmp_path, fake, mia) as house:
        sage = {"name": "Sage", "words": "an old sage", "graph": "flux"}
        draft = await ordered(mia, party, "addstyle", "Here is your draft", **sage)
        refused = await pressed(mia, draft, "Try on my photo", "I have no photo of yours")
        assert refused.id == draft.id
        sent = await mia.slash("stylize", party, photo=selfie(90), style="comic")
        await sent.until(lambda message: bool(message.pictures), LONG_S)
        await turned(mia, refused, "Draft", "Try on my photo")
        await pressed(mia, refused, "Try on my photo", "I am trying")
        first = await published(mia, party, 1)
        await ordered(mia, party, "editstyle", "If you send a workflow now", style="sage")
        given = await ordered(
            mia, party, "addstyle", "I have read the workflow for “sage”", workflow=("x.json", file(pixels()))
        )
        places = await pressed(mia, given, "What goes where", "Press what you would like to change")
        await turned(mia, places, "Draft", "Try on the portrait")
        await pressed(mia, given, "Try on the portrait", "I am trying")
        await published(mia, party, 2, after=first.id)
        await ordered(mia, party, "rollback", "back at version 1", style="sage")
        assert "sage" in await house.offered()


async def turned(mia: Member, message: Message, button: str, wanted: str) -> None:
    """Press a button, and wait until the same message has another one."""
    await mia.presses(message, button)

    def there(seen: Channel) -> Message | None:
        found = seen.find(message.id)
        return found if found and wanted in str(found.buttons) else None

    await mia.world.channels[message.channel].until(there, LONG_S)


async def published(mia: Member, party: Channel, version: int, after: int = 0) -> Message:
    """Publish the trial that was begun after a message, once its card is finished."""
    card = await trial_card(mia, party, after)
    await mia.presses(card, "🚀 Publish")
    await whispered(mia, party, f"is published, as version {version}")
    return card


async def until_offered(house: Maintained, style: str) -> None:
    async with asyncio.timeout(LONG_S):
        while style not in await house.offered():  # noqa: ASYNC110 # the shelf tells nobody
            await asyncio.sleep(0.02)
