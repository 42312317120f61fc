"""A maintainer at work: from the claim to a style that guests use, by words and by workflow."""

from pathlib import Path

from tests.adapters.telegram.maintained import (
    LONG_S,
    answered,
    maintained,
    pressed,
    sends,
    told,
    trial_card,
    uses,
)
from tests.adapters.telegram.opened import Setup
from tests.comfy.exported import editors, pixels
from tests.comfy.support import Z_MODELS
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.comfyui.server import FLUX_ALL_IN_ONE
from tests.fakes.telegram import Telegram

WIZARD = '/addstyle wizard 🧙 "an old wizard in a study" strength=medium graph=flux'


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


async def test_a_workflow_comes_as_a_file_with_its_bindings_to_be_seen(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    async with maintained(telegram, tmp_path, fake, mia) as house:
        await sends(mia, editors(pixels()), "invert.json")
        await answered(mia, "I can't use this workflow")
        await sends(mia, b"[" * (1 << 20) + b" ", "deep.json")
        await answered(mia, "This file is larger than 1,024 KiB")
        await sends(mia, b'{"petaflop-styles": 2}' + b" " * (1 << 20), "set.json")
        await answered(mia, "I stumbled over: petaflop-styles")
        await sends(mia, b" " * ((8 << 20) + 1), "huge.json")
        await answered(mia, "The file is larger than 8 MiB")
        await sends(mia, pixels(), "Inverted.json")
        draft = await answered(mia, "I have read the workflow for “inverted”", "Photo:")
        bound = await pressed(mia, "What goes where", draft, "Press what you would like to change")
        assert bound.id == draft.id
        await pressed(mia, "Draft", bound, "Try it out, then it can be published.")
        await pressed(mia, "Try on the portrait", draft, "I am trying")
        await pressed(mia, "Publish", await trial_card(mia), "as version 1")
        assert "inverted" in await house.offered()
        await uses(ann, "inverted")


async def test_a_file_after_editstyle_draws_a_style_that_was_made_by_words(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    async with maintained(telegram, tmp_path, fake, mia):
        draft = await told(mia, WIZARD, "Here is your draft")
        await pressed(mia, "Try on the portrait", draft, "I am trying")
        await pressed(mia, "Publish", first := await trial_card(mia), "as version 1")
        await told(mia, "/editstyle wizard", "If you send a workflow now")
        await sends(mia, pixels(), "workflow_api.json")
        given = await answered(mia, "I have read the workflow for “wizard”")
        await pressed(mia, "Try on the portrait", given, "I am trying")
        card = await trial_card(mia, lambda message: message.id != first.id)
        await pressed(mia, "Publish", card, "as version 2")
        await uses(ann, "wizard")
        assert "ImageInvert" in str(fake.renders[-1].graph)
        await told(mia, "/rollback wizard", "back at version 1")
        await uses(ann, "wizard")
        assert "an old wizard in a study" in str(fake.renders[-1].graph)


async def test_a_style_is_broken_on_purpose_and_rolled_back(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    fake.set_models({**FLUX_ALL_IN_ONE, **Z_MODELS})
    async with maintained(telegram, tmp_path, fake, mia) as house:
        draft = await told(mia, WIZARD, "Here is your draft")
        await pressed(mia, "Try on the portrait", draft, "I am trying")
        await pressed(mia, "Publish", first := await trial_card(mia), "as version 1")
        second = await told(mia, "/editstyle wizard", "Guests keep what they have")
        question = await pressed(mia, "Adjust", second, "1/5")
        for step in ("2/5", "3/5", "4/5"):
            question = await pressed(mia, "Keep it", question, step)
        question = await pressed(mia, "✓ medium", question, "5/5")
        z_image = next(button for button in question.buttons if "(z-image)" in button.text)
        changed = await pressed(mia, z_image.text, question, "Graph: z-image")
        await pressed(mia, "Try on the portrait", changed, "I am trying")
        card = await trial_card(mia, lambda message: message.id != first.id)
        await pressed(mia, "Publish", card, "as version 2")
        fake.set_models(FLUX_ALL_IN_ONE)
        await told(mia, "/editstyle wizard", "What I found", "z_image_turbo_bf16.safetensors")
        assert "wizard" not in await house.offered()
        await told(mia, "/managestyles wizard", "no server for it just now")
        await told(mia, "/rollback wizard 1", "back at version 1")
        assert "wizard" in await house.offered()
        await uses(ann, "wizard")
        await told(mia, "/audit", "rolled back", "published wizard")
        assert [act for act in await house.acts(mia) if act != "change-draft"] == [
            *("start-draft", "publish"),
            *("start-draft", "publish"),
            *("start-draft", "roll-back"),
        ]


async def test_a_trial_on_ones_own_photo_is_adjusted_and_dropped_below_its_card(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia = telegram.guest("Mia")
    async with maintained(telegram, tmp_path, fake, mia) as house:
        draft = await told(mia, WIZARD, "Here is your draft")
        refused = await pressed(mia, "Try on my photo", draft, "I have no photo of yours")
        assert refused.id == draft.id
        await uses(mia, "comic")
        await told(mia, "/drafts", "one draft")
        again = await told(mia, WIZARD.replace("wizard", "sage", 1), "Here is your draft")
        await pressed(mia, "Try on my photo", again, "I am trying")
        card = await trial_card(mia)
        question = await pressed(mia, "Adjust", card, "1/5")
        assert question.id != card.id
        await pressed(mia, "Cancel", question, "Nothing was changed")
        await pressed(mia, "Drop", card, "The draft of “sage” is gone")
        await pressed(mia, "Publish", card, "This draft is not open any more")
        assert "sage" not in await house.offered()
        shown = mia.chat.find(card.id)
        assert shown is not None
        assert shown.photo


async def test_a_trial_has_one_message_from_its_beginning_to_its_picture(
    tmp_path: Path, telegram: Telegram, fake: FakeComfyUI
) -> None:
    mia = telegram.guest("Mia", language="de")
    fake.behaviour.hold = 0.0
    async with maintained(telegram, tmp_path, fake, mia, setup=Setup(previews=True)):
        draft = await told(mia, WIZARD, "wizard", "an old wizard in a study")
        await pressed(mia, "Am Porträt probieren", draft)
        begun = await mia.chat.until_bot(
            lambda message: message.id > draft.id and [one.text for one in message.buttons] == ["Abbrechen"],
            LONG_S,
        )
        fake.behaviour.hold = 1.0
        card = await mia.chat.until_bot(
            lambda message: (
                bool(message.photo) and "Veröffentlichen" in [one.text for one in message.buttons]
            ),
            LONG_S,
        )
        assert card.id == begun.id
        assert len([message for message in mia.chat.from_bot if message.photo]) == 1
        await told(mia, "/drain", "Ich nehme keine Fotos mehr an.")
        await answered(mia, "Die Schlange ist abgearbeitet")
