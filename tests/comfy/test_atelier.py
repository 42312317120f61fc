"""A maintainer's whole way over the real bench: made, drawn, broken on purpose, set aside, brought back."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.bench import Complaint
from bot.cards import Action
from bot.definitions import Role
from bot.nouns import StyleId
from bot.office.recipes import NewStyle
from bot.office.slips import NotDrawable, UnusableWorkflow
from bot.states import JobState
from bot.words import words
from tests.bot.crewed import OWNER, wish
from tests.bot.opened import until
from tests.comfy.exported import between, changed, file, pixels, shipped, untitled
from tests.comfy.kitchened import every_model, kitchened, models_of
from tests.fakes.comfyui import FakeComfyUI

AIO, Z_IMAGE = "flux-schnell-aio", "z-image-turbo"
FLUX, Z = models_of(AIO), models_of(Z_IMAGE)
WIZARD = StyleId("wizard")


def said(complaint: Complaint) -> str:
    return words().say("en", complaint.key, **complaint.values)


async def test_a_style_by_words_on_each_base_graph_is_drawn_with_progress_and_published(
    sqlite_url: sa.URL, tmp_path: Path, fake: FakeComfyUI
) -> None:
    fake.set_models(every_model())
    async with kitchened(sqlite_url, tmp_path, fake) as house:
        atelier = house.office.atelier
        graphs = await atelier.graphs(OWNER)
        assert [graph.name for graph in graphs] == ["flux", "klein", "qwen", "z-image"]
        for graph in graphs:
            draft = await atelier.by_prompt(
                OWNER, NewStyle(f"My {graph.name}", "en", prompt=f"in {graph.name}")
            )
            draft = await atelier.change(OWNER, draft.id, "en", {"graph": graph.name, "strength": None})
            assert graph.available
            assert not await atelier.check(OWNER, draft.id)
            job = await house.tried(draft)
            cards = house.chat.cards(job.id)
            assert cards[-1].words.startswith(f"Draft “My {graph.name}”")
            assert Action.PUBLISH in [button.action for row in cards[-1].buttons for button in row]
            assert any(card.progress > 0 for card in cards if card.state is JobState.RENDERING)
            assert await atelier.publish(OWNER, draft.id) == 1
            assert f"in {graph.name}" in str(fake.renders[-1].graph)
            assert (await house.guests_photo(draft.style)).state is JobState.DONE
            assert f"in {graph.name}" in str(fake.renders[-1].graph)


async def test_a_workflow_is_put_right_bound_tried_published_and_drawn_for_a_guest(
    sqlite_url: sa.URL, tmp_path: Path, fake: FakeComfyUI
) -> None:
    document = untitled(shipped(AIO))
    document["14"] = {"class_type": "CLIPTextEncode", "inputs": {"clip": ["1", 1], "text": "ugly"}}
    async with kitchened(sqlite_url, tmp_path, fake) as house:
        atelier, own = house.office.atelier, NewStyle("Own", "en", "🪄", "in clay")
        plain = NewStyle("Own", "en")
        linked = file(changed(pixels(), "3", images=["7", 0]))
        with pytest.raises(UnusableWorkflow) as caught:
            await atelier.by_workflow(OWNER, linked, plain)
        assert [one.key for one in caught.value.complaints] == ["workflow-link-dangling"]
        draft, _ = await atelier.by_workflow(OWNER, file(between(pixels(), "ImageInver")), plain)
        (node,) = [said(one) for one in await atelier.check(OWNER, draft.id)]
        assert "ImageInver" in node
        assert "ImageInvert" in node
        with pytest.raises(NotDrawable):
            await house.tried(draft)
        missing = changed(document, "1", ckpt_name="flux1-schnel-fp8.safetensors")
        draft, _ = await atelier.by_workflow(OWNER, file(missing), own)
        (model,) = [said(one) for one in await atelier.check(OWNER, draft.id)]
        assert "flux1-schnel-fp8.safetensors" in model
        assert FLUX["checkpoints"][0] in model
        with pytest.raises(NotDrawable):
            await house.tried(draft)
        draft, found = await atelier.by_workflow(OWNER, file(document), own)
        options = {one.role: [option.key for option in one.options] for one in found.bindings}
        assert "14.text" in options[Role.PROMPT]
        draft = await atelier.bind(OWNER, draft.id, Role.PROMPT, "14.text")
        assert await house.published(draft) == 1
        assert (await house.guests_photo("own")).state is JobState.DONE
    assert fake.renders[-1].graph["14"]["inputs"]["text"] == "in clay"


async def test_a_style_whose_model_is_lost_is_away_rolled_back_and_drawn_again_when_it_returns(
    sqlite_url: sa.URL, tmp_path: Path, fake: FakeComfyUI
) -> None:
    fake.set_models({**FLUX, **Z})
    async with kitchened(sqlite_url, tmp_path, fake) as house:
        atelier, wardrobe = house.office.atelier, house.office.wardrobe
        assert await house.published(await atelier.by_prompt(OWNER, wish(graph="flux"))) == 1
        draft = await atelier.edit(OWNER, WIZARD)
        draft, _ = await atelier.give_workflow(OWNER, draft.id, file(untitled(shipped(Z_IMAGE))))
        assert await house.published(draft) == 2
        assert (await house.guests_photo("wizard")).state is JobState.DONE
        fake.set_models(FLUX)  # a tidy hand on the Spark, and nobody has looked since
        broken = await house.guests_photo("wizard")
        assert (broken.state, broken.failure) == (JobState.FAILED, "style-broken")
        assert "wizard" not in await house.offered()
        with pytest.raises(NotDrawable) as caught:
            await wardrobe.roll_back(OWNER, WIZARD, 2)
        assert Z["diffusion_models"][0] in " ".join(said(one) for one in caught.value.complaints)
        assert await wardrobe.roll_back(OWNER, WIZARD) == 1
        assert (await house.guests_photo("wizard")).state is JobState.DONE
        fake.set_models({**FLUX, **Z})
        assert await wardrobe.roll_back(OWNER, WIZARD, 2) == 2
        assert (await house.guests_photo("wizard")).state is JobState.DONE
        assert [one.number for one in await wardrobe.versions(OWNER, WIZARD)] == [2, 1]


async def test_three_broken_renders_set_a_style_aside_and_the_maintainers_read_why(
    database_url: sa.URL, tmp_path: Path, fake: FakeComfyUI
) -> None:
    async with kitchened(database_url, tmp_path, fake) as house:
        await house.published(await house.office.atelier.by_prompt(OWNER, wish()))
        fake.behaviour.crashes = ["graph"] * 3
        for _ in range(3):
            assert (await house.guests_photo("wizard")).failure == "style-broken"
        async with house.chat.news:
            await house.chat.news.wait_for(lambda: house.chat.notes)
        told, why = house.chat.notes[0]
        assert told == OWNER
        assert "The style “wizard” failed 3 times in a row. The last time: the workflow can't work." in why
        assert "wizard" not in await house.offered()
    async with kitchened(database_url, tmp_path, fake) as house:
        assert "wizard" not in await house.offered()
        await house.office.wardrobe.show(OWNER, WIZARD)
        assert (await house.guests_photo("wizard")).state is JobState.DONE
        assert len(house.chat.notes) == 0


async def test_previews_are_drawn_in_idle_time_once_the_server_is_back(
    sqlite_url: sa.URL, tmp_path: Path, fake: FakeComfyUI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.office.previews.LOOK_S", 0.05)
    async with kitchened(sqlite_url, tmp_path, fake) as house:
        await house.published(await house.office.atelier.by_prompt(OWNER, wish()))
    fake.stop()
    async with kitchened(sqlite_url, tmp_path, fake, sheet=True) as house:
        assert "wizard" not in await house.offered()
        assert await house.office.previews.of(WIZARD) is None
        fake.start()

        async def drawn() -> bool:
            return await house.office.previews.of(WIZARD) is not None

        await until(drawn)
        assert "wizard" in await house.offered()
