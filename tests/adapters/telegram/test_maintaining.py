"""A maintainer at work: from the claim to a style that guests use, by words and by workflow."""

import asyncio
from pathlib import Path

from tests.adapters.telegram.maintained import (
    answered,
    maintained,
    pressed,
    sends,
    told,
    trial_card,
    uses,
)
from tests.adapters.telegram.opened import Opened, key
from tests.comfy.exported import editors, pixels
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.telegram import Guest, Telegram

WIZARD = '/addstyle wizard 🧙 "an old wizard in a study" strength=medium graph=flux'


async def claimed(telegram: Telegram, booth: Opened, name: str = "Mia") -> Guest:
    """Somebody who has become a maintainer by the code."""
    mia = telegram.guest(name)
    code = await booth.booth.office.crew.new_code()
    await told(mia, f"/claim {code}", "you are a maintainer now")
    return mia


async def test_by_a_claim_and_one_line_to_a_style_that_a_guest_uses(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    async with maintained(telegram, tmp_path, fake) as house:
        mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
        await told(mia, "/claim AAAA-BBBB-CCCC", "This code is not open")
        code = await house.booth.booth.office.crew.new_code()
        await told(mia, f"/claim {code}", "you are a maintainer now")
        draft = await told(mia, WIZARD, "Here is your draft", "an old wizard in a study")
        await pressed(mia, "Try on the portrait", draft, "I am trying “wizard” out")
        card = await trial_card(mia)
        assert "wizard" not in await house.offered()
        await pressed(mia, "Publish", card, "“wizard” is published, as version 1")
        assert "wizard" in await house.offered()
        picture = await uses(ann, "wizard")
        assert "wizard" in picture.words
        assert await house.acts(mia) == ["new-code", "claim", "start-draft", "publish"]


async def test_the_form_is_asked_question_by_question_over_a_restart(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia = telegram.guest("Mia")
    async with maintained(telegram, tmp_path, fake, mia):
        await told(mia, "/addstyle", "1/5")
        await told(mia, "Stone", "2/5")
    async with maintained(telegram, tmp_path, fake, mia) as house:
        question = await told(mia, "🗿", "3/5")
        flux = next(button for button in question.buttons if "(flux)" in button.text)
        await pressed(mia, flux.text, question, "4/5")
        strength = await told(mia, "carved in stone", "5/5")
        draft = await pressed(mia, "strong", strength, "Here is your draft", "carved in stone")
        await pressed(mia, "Try on the portrait", draft, "I am trying")
        await trial_card(mia)
    async with maintained(telegram, tmp_path, fake, mia) as house:
        await pressed(mia, "Publish", await trial_card(mia), "is published")
        assert "stone" in await house.offered()


async def test_cancel_ends_a_question_before_it_ends_a_picture(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia = telegram.guest("Mia")
    async with maintained(telegram, tmp_path, fake, mia):
        await told(mia, "/addstyle", "1/5")
        await told(mia, "/cancel", "Cancelled")
        await told(mia, "Stone", "Please send me a photo")
        await told(mia, "/cancel", "nothing under way")


async def test_a_workflow_comes_as_a_file_is_broken_on_purpose_and_rolled_back(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    async with maintained(telegram, tmp_path, fake, mia) as house:
        await sends(mia, editors(pixels()), "invert.json")
        await answered(mia, "I can't use this workflow")
        await sends(mia, pixels(), "Inverted.json")
        draft = await answered(mia, "I have read the workflow for “inverted”", "Photo:")
        await pressed(mia, "Try on the portrait", draft, "I am trying")
        await pressed(mia, "Publish", await trial_card(mia), "as version 1")
        await uses(ann, "inverted")
        broken = await told(mia, WIZARD.replace("wizard", "lost", 1), "Here is your draft")
        await pressed(mia, "Try on the portrait", broken, "I am trying")
        lost = await trial_card(mia, lambda message: "lost" in message.words)
        await pressed(mia, "Publish", lost, "“lost” is published, as version 1")
        fake.set_models({})
        async with asyncio.timeout(60):
            while "lost" in await house.offered():  # noqa: ASYNC110 # the renderer tells nobody
                await asyncio.sleep(0.05)
        listed = await told(mia, "/managestyles lost", "no server for it just now")
        assert listed.buttons
        missing = await told(mia, '/addstyle gone "a ghost" graph=flux', "flux1-schnell-fp8.safetensors")
        assert "What I found" in missing.words


async def test_a_version_is_rolled_back_and_the_audit_says_so(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia = telegram.guest("Mia")
    async with maintained(telegram, tmp_path, fake, mia) as house:
        await sends(mia, pixels(), "inverted.json")
        draft = await answered(mia, "I have read the workflow")
        await pressed(mia, "Try on the portrait", draft, "I am trying")
        await pressed(mia, "Publish", first := await trial_card(mia), "as version 1")
        second = await told(mia, "/editstyle inverted", "Guests keep what they have")
        await pressed(mia, "Try on the portrait", second, "I am trying")
        card = await trial_card(mia, lambda message: message.id != first.id)
        await pressed(mia, "Publish", card, "as version 2")
        await told(mia, "/rollback inverted 1", "back at version 1")
        audit = await told(mia, "/audit", "published", "rolled back")
        assert key(mia) in audit.words or "Mia" not in audit.words
        assert "roll-back" in await house.acts(mia)
        assert "inverted" in await house.offered()
