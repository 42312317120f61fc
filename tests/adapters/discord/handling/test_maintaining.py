"""A maintainer at work on Discord: from the claim to a style that guests use, by words and by workflow."""

import json
from pathlib import Path

import pytest

from bot.nouns import GuestKey
from tests.adapters.discord.maintained import LONG_S, answered, maintained, pressed, trial_card
from tests.adapters.discord.opened import Setup, opened, selfie, whispered
from tests.comfy.exported import editors, pixels
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.discord import Discord


async def test_by_a_claim_in_private_to_a_style_that_a_guest_uses(
    discord: Discord, tmp_path: Path, fake: FakeComfyUI
) -> None:
    mia, ann = discord.member("Mia"), discord.member("Ann")
    party = discord.channel(discord.guild("Party", mia, ann))
    async with maintained(discord, tmp_path, fake) as house:
        await mia.dms("!claim AAAA-BBBB-CCCC")
        await answered(mia, mia.dm, "This code is not open")
        await mia.dms(f"claim {await house.booth.booth.office.crew.new_code()}")
        await answered(mia, mia.dm, "you are a maintainer now")
        await mia.slash(
            "addstyle",
            party,
            name="Wizard",
            emoji="🧙",
            words="an old wizard",
            strength="medium",
            graph="flux",
        )
        draft = await answered(mia, party, "Here is your draft", "an old wizard")
        assert draft.only_for == mia.id
        await pressed(mia, draft, "Try on the portrait", "trying")
        card = await trial_card(mia, party)
        assert card.only_for == mia.id
    async with maintained(discord, tmp_path, fake) as house:  # and it goes on after a restart
        assert "wizard" not in await house.offered()
        await mia.presses(card, "🚀 Publish")
        await whispered(mia, party, "is published, as version 1")
        assert "wizard" in await house.offered()
        sent = await ann.slash("stylize", party, photo=selfie(90), style="wizard")
        await sent.until(lambda message: message.pictures and "Here you are" in message.words, LONG_S)
        assert await house.acts(mia) == ["new-code", "claim", "start-draft", "publish"]


@pytest.mark.parametrize("http", [False, True])
async def test_a_form_is_a_modal_and_with_a_slip_it_is_there_again(
    discord: Discord, tmp_path: Path, fake: FakeComfyUI, http: bool
) -> None:
    mia = discord.member("Mia")
    party = discord.channel(discord.guild("Party", mia))
    async with maintained(discord, tmp_path, fake, mia, setup=Setup(http=http, gateway=not http)) as house:
        form = await (await mia.slash("addstyle", party)).answered()
        answers = {"emoji": "🗿", "prompt": "carved in stone", "graph": "flux", "strength": "strong"}
        await mia.submits(form, name="Comic", **answers)
        slip = await answered(mia, party, "omic")
        again = await (await mia.presses(slip, "Fill in again")).answered()
        assert "carved in stone" in json.dumps(again.form)
        await mia.submits(again, name="Stone", **answers)
        draft = await answered(mia, party, "Here is your draft", "carved in stone")
        assert draft.id == slip.id  # in the same message
        await pressed(mia, draft, "Try on the portrait", "trying")
        card = await trial_card(mia, party)
        adjusting = await (await mia.presses(card, "✏️ Adjust")).answered()
        await mia.submits(adjusting, name="Stone", **{**answers, "prompt": "carved in marble"})
        await answered(mia, party, "carved in marble")
        assert "stone" not in await house.offered()


async def test_a_workflow_comes_as_an_attachment(discord: Discord, tmp_path: Path, fake: FakeComfyUI) -> None:
    mia = discord.member("Mia")
    party = discord.channel(discord.guild("Party", mia))
    async with maintained(discord, tmp_path, fake, mia) as house:
        await mia.dms("", ("editor.json", json.dumps(editors(pixels())).encode()))
        await answered(mia, mia.dm, "I can't use this workflow")
        await mia.dms("", ("huge.json", b"[" * (1 << 20) + b" "))
        await answered(mia, mia.dm, "This file is larger than 1,024 KiB")
        await mia.dms("", ("set.json", b'{"petaflop-styles": 2}' + b" " * (1 << 20)))
        await answered(mia, mia.dm, "I stumbled over: petaflop-styles")
        await mia.dms("", ("huger.json", b" " * ((8 << 20) + 1)))
        await answered(mia, mia.dm, "The file is larger than 8 MiB")
        await mia.slash("addstyle", party, workflow=("Inverted.json", json.dumps(pixels()).encode()))
        draft = await answered(mia, party, "I have read the workflow for “inverted”", "Photo:")
        await pressed(mia, draft, "Try on the portrait", "trying")
        await mia.presses(await trial_card(mia, party), "🚀 Publish")
        await answered(mia, party, "as version 1")
        assert "inverted" in await house.offered()
        await mia.slash("rollback", party, style="inverted", version=1)
        await answered(mia, party, "version 1")
        await mia.slash("audit", party)
        await answered(mia, party, "published inverted")


async def test_the_booth_is_paused_looked_at_and_opened_again(discord: Discord, tmp_path: Path) -> None:
    mia, ann = discord.member("Mia"), discord.member("Ann")
    party = discord.channel(discord.guild("Party", mia, ann))
    async with opened(discord, tmp_path, Setup(maintainers=(_key(mia.id),))) as booth:
        paused = await mia.slash("pause", party, words="Back at three")
        await paused.until(lambda message: message.words and not message.thinking, LONG_S)
        await ann.dms("comic", selfie(60))
        await answered(ann, ann.dm, "Back at three")
        await mia.dms("maintain")
        menu = await answered(mia, mia.dm, "")
        status = await pressed(mia, menu, "Status", "discord (gateway)")
        assert status.id == menu.id
        assert status.pictures
        await mia.slash("resume", party)
        await mia.slash("ban", party, user=ann.user)
        await answered(mia, party, f"discord:{ann.id}")
        assert await booth.booth.office.hand.banned(_key(mia.id)) == [_key(ann.id)]
        await mia.slash("stats", party)
        stats = await answered(mia, party, "Today")
        csv = await mia.presses(stats, "CSV")
        await discord.until(lambda: [one for one in csv.followed if one.attachments] or None)


def _key(user: int) -> GuestKey:
    return GuestKey(f"discord:{user}")
