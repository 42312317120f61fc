"""The bench on the fake server, as a maintainer goes through it: look, check, put right, adopt, draw."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.bench import Complaint, ServerHealth, StyleBench
from bot.definitions import Role, Strength, StyleDefinition
from bot.errors import StyleBroken
from bot.nouns import StyleId
from bot.words import words
from comfy.bench import ComfyBench
from comfy.client import Client
from comfy.policy import NodePolicy
from comfy.remote import ComfyRenderer
from tests.comfy.exported import Document, between, changed, file, pixels, shipped, untitled
from tests.comfy.support import (
    QUICK,
    STYLES,
    Z_MODELS,
    draw,
    faces,
    new_job,
    order,
    outcomes,
    renderer,
    shows,
    submits,
    until,
)
from tests.fakes.comfyui import FakeComfyUI, Fault
from tests.fakes.comfyui.server import FLUX_ALL_IN_ONE

FLUX = FLUX_ALL_IN_ONE["checkpoints"][0]
CALM = replace(QUICK, connect_s=20.0, answer_s=20.0, meet_s=20.0, away_s=60.0)
"""No answer is late, however busy the machine is."""


@asynccontextmanager
async def kitchen(*fakes: FakeComfyUI) -> AsyncIterator[ComfyRenderer]:
    """A renderer whose servers are all up."""
    async with renderer(*fakes, patience=CALM) as comfy:
        await until(lambda: comfy.slots == 2 * len(fakes), 30)
        yield comfy


async def until_they_do(bench: StyleBench, *doings: str) -> Sequence[ServerHealth]:
    """Ask for the servers' health until it is this; one that is slow to answer is away for that time.

    Raises:
        AssertionError: it isn't after many a look.
    """
    for _ in range(300):
        found = await bench.health()
        if [one.doing for one in found] == list(doings):
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(doings)


def by_prompt(
    prompt: str = "a wizard", strength: Strength | None = "medium", graph: str = "flux"
) -> StyleDefinition:
    return StyleDefinition(
        style=StyleId("wizard"),
        emoji="🧙",
        names={"en": "Wizard"},
        graphs=(graph,),
        prompt=prompt,
        strength=strength,
    )


def by_workflow(
    document: Document, bindings: Mapping[Role, str] | None = None, **more: object
) -> StyleDefinition:
    text = file(document).decode()
    given = {"style": "own", "emoji": "🪄", "workflow": text, "bindings": bindings or {}, **more}
    return StyleDefinition.model_validate(given)


def told(complaints: Sequence[Complaint]) -> list[str]:
    return [complaint.key.removeprefix("workflow-") for complaint in complaints]


def said(complaint: Complaint) -> str:
    return words().say("en", complaint.key, **complaint.values)


def offered(comfy: ComfyRenderer, style: str) -> list[bool]:
    return [offer.available for offer in comfy.offers() if offer.style.id == style]


async def test_a_style_by_prompt_is_drawn_with_its_words_and_its_strength(any_fake: FakeComfyUI) -> None:
    async with kitchen(any_fake) as comfy:
        bench: StyleBench = ComfyBench(comfy)
        assert await bench.check(by_prompt()) == []
        assert offered(comfy, "wizard") == []
        bench.adopt([by_prompt()])
        assert offered(comfy, "wizard") == [True]
        assert shows((await draw(comfy, order("red", "wizard"))).data, "red")
        await until(lambda: not faces(any_fake), 30)
    graph = any_fake.renders[0].graph
    assert graph["13"]["inputs"]["text"] == "a wizard"
    assert graph["15"]["inputs"]["denoise"] == 0.65


async def test_what_guests_see_of_an_adopted_style(fake: FakeComfyUI) -> None:
    async with kitchen(fake) as comfy:
        comfy.adopt(
            [
                by_prompt(),
                by_workflow(pixels(), offered=False),
                by_workflow(untitled(shipped()), style="own2"),
            ]
        )
        styles = {offer.style.id: offer.style for offer in comfy.offers()}
        assert list(styles)[-3:] == ["wizard", "own", "own2"]
        assert styles[StyleId("wizard")].names == {"en": "Wizard"}
        assert [styles[StyleId(id_)].uses_model for id_ in ("wizard", "own", "own2")] == [True, False, True]
        assert not styles[StyleId("own")].offered


async def test_a_style_by_workflow_takes_the_choices_and_the_wishes(any_fake: FakeComfyUI) -> None:
    document = untitled(shipped())
    document["14"] = {"class_type": "CLIPTextEncode", "inputs": {"clip": ["1", 1], "text": "ugly"}}
    wishes = {"prompt": "in clay", "strength": "subtle", "steps": 6}
    definition = by_workflow(document, {Role.PROMPT: "14.text"}, **wishes)
    async with kitchen(any_fake) as comfy:
        bench = ComfyBench(comfy)
        assert not bench.inspect(file(document), definition.bindings).complaints
        assert await bench.check(definition) == []
        bench.adopt([definition])
        assert shows((await draw(comfy, order("blue", "own"))).data, "blue")
        await until(lambda: not faces(any_fake), 30)
    graph = any_fake.renders[0].graph
    assert graph["14"]["inputs"]["text"] == "in clay"
    assert graph["13"]["inputs"]["text"] == document["13"]["inputs"]["text"]
    assert graph["15"]["inputs"]["steps"] == 6
    assert graph["15"]["inputs"]["denoise"] == 0.5
    assert graph["17"] == {"class_type": "PreviewImage", "inputs": {"images": ["16", 0]}}


async def test_a_workflow_without_a_model_is_drawn_too(any_fake: FakeComfyUI) -> None:
    async with kitchen(any_fake) as comfy:
        comfy.adopt([by_workflow(pixels())])
        assert shows((await draw(comfy, order("blue", "own"))).data, "yellow")  # inverted


@pytest.mark.parametrize(
    ("document", "key", "sentence"),
    [
        (
            changed(shipped(), "1", ckpt_name="flux1-schnel-fp8.safetensors"),
            "missing-model-near",
            f"Did you mean “{FLUX}”?",
        ),
        (
            changed(shipped(), "15", model=["13", 0]),
            "other-kind",
            "takes MODEL, but node 13 (prompt) gives CONDITIONING",
        ),
        (changed(shipped(), "15", model=["1", 5]), "no-such-output", "wants output 5 of node 1"),
        (changed(shipped(), "15", model="flux"), "needs-link", "takes MODEL from another node"),
        (changed(shipped(), "15", steps=100_000), "above-maximum", "is 100000, above its maximum of 10000"),
        (
            changed(shipped(), "15", denoise="nan"),
            "not-a-number",
            "“denoise” of node 15 (KSampler) is not a number",
        ),
        (between(pixels(), "ImageInvrt"), "missing-type-near", "Did you mean “ImageInvert”?"),
        (between(pixels(), "Sparkle"), "missing-type", "“Sparkle” (node 98): a custom node is missing"),
        (between(pixels(), "SaveVideo"), "forbidden-write", "writes files on the server"),
        (changed(pixels(), "1", image=["2", 0]), "circle", "1, 2, 3"),
        (changed(pixels(), "2", image=["7", 0]), "link-dangling", "comes from node 7, which is missing"),
    ],
)
async def test_what_is_broken_on_purpose_is_named_before_anybody_draws(
    fake: FakeComfyUI, document: Document, key: str, sentence: str
) -> None:
    async with kitchen(fake) as comfy:
        bench = ComfyBench(comfy)
        (complaint,) = await bench.check(by_workflow(document))
        assert told([complaint]) == [key]
        assert sentence in said(complaint)
        bench.adopt([by_workflow(document)])
        assert offered(comfy, "own") == []
    assert submits(fake) == 0


async def test_a_model_that_was_missing_is_put_there_and_the_style_runs(fake: FakeComfyUI) -> None:
    style = by_prompt(graph="z-image")
    async with kitchen(fake) as comfy:
        bench = ComfyBench(comfy)
        bench.adopt([style])
        assert told(await bench.check(style)) == ["missing-model"] * 3
        assert offered(comfy, "wizard") == []
        fake.set_models(Z_MODELS)
        assert await bench.check(style) == []
        assert offered(comfy, "wizard") == [True]
        assert shows((await draw(comfy, order("lime", "wizard"))).data, "lime")


async def test_one_server_that_can_is_enough_and_else_the_nearest_speaks(fake: FakeComfyUI) -> None:
    with FakeComfyUI(models={**Z_MODELS, "vae": []}) as other:
        async with kitchen(fake, other) as comfy:
            bench = ComfyBench(comfy)
            (complaint,) = await bench.check(by_prompt(graph="z-image"))
            assert "ae.safetensors" in said(complaint)
            other.set_models(Z_MODELS)
            assert await bench.check(by_prompt(graph="z-image")) == []


async def test_without_a_server_nobody_can_tell(fake: FakeComfyUI) -> None:
    fake.stop()
    async with renderer(fake, patience=CALM) as comfy:
        bench = ComfyBench(comfy)
        (complaint,) = await bench.check(by_prompt())
        assert (complaint.key, complaint.severity) == ("workflow-no-server", "away")
        assert told(await bench.check(by_workflow(changed(pixels(), "2", image=["7", 0])))) == [
            "link-dangling"
        ]
        bench.adopt([by_prompt()])
        assert comfy.offers() == []
        fake.start()
        await until(lambda: offered(comfy, "wizard") == [True], 30)
        assert not any(info.available for info in ComfyBench(ComfyRenderer([], STYLES)).graphs())


@pytest.mark.parametrize(
    ("definition", "key"),
    [
        (by_prompt(graph="no-such"), "no-graph"),
        (by_prompt(graph="../graphs/comfy-pixel"), "no-graph"),
        (by_prompt(graph="klein"), "no-strength"),
        (by_prompt(graph="comfy-pixel", strength=None), "no-place"),
        (by_workflow(pixels(), prompt="words"), "no-place"),
        (by_workflow(pixels(), strength="subtle"), "no-place"),
        (by_workflow(pixels(), steps=3), "no-place"),
        (by_workflow(pixels(), {Role.PHOTO: "2.image"}), "no-such-place"),
    ],
)
async def test_what_a_definition_asks_for_and_its_graph_lacks(definition: StyleDefinition, key: str) -> None:
    bench = ComfyBench(ComfyRenderer([], STYLES))
    assert told(await bench.check(definition)) == [key]


async def test_a_style_by_prompt_without_a_strength_keeps_the_graphs_own(fake: FakeComfyUI) -> None:
    async with kitchen(fake) as comfy:
        comfy.adopt([by_prompt(strength=None)])
        await draw(comfy, order("red", "wizard"))
    assert fake.renders[0].graph["15"]["inputs"]["denoise"] == 0.75


async def test_each_call_replaces_the_one_before_and_shipped_styles_come_back(fake: FakeComfyUI) -> None:
    ours = by_prompt("paint it black").changed(style="flux-oil")
    async with kitchen(fake) as comfy:
        names = [offer.style.id for offer in comfy.offers()]
        comfy.adopt([ours, by_prompt()])
        assert [offer.style.id for offer in comfy.offers()] == [*names, "wizard"]
        await draw(comfy, order("red", "flux-oil"))
        comfy.adopt([])
        assert [offer.style.id for offer in comfy.offers()] == names
        await draw(comfy, order("red", "flux-oil"))
        with pytest.raises(StyleBroken):
            await draw(comfy, order("red", "wizard"))
    words_used = [render.graph["13"]["inputs"]["text"] for render in fake.renders]
    assert words_used[0] == "paint it black"
    assert words_used[1] == STYLES[0].prompt


async def test_what_cannot_be_used_is_left_out_and_logged_without_its_words(
    fake: FakeComfyUI, caplog: pytest.LogCaptureFixture
) -> None:
    broken = by_workflow(changed(pixels(), "2", image=["secret", 0]), style="broken")
    async with kitchen(fake) as comfy:
        with caplog.at_level(logging.WARNING):
            comfy.adopt([broken, by_prompt()])
            comfy.adopt([broken, by_prompt()])
        assert offered(comfy, "wizard") == [True]
        assert offered(comfy, "broken") == []
    assert caplog.messages == ["style broken can't be used: workflow-link-dangling"]


async def test_a_job_keeps_the_recipe_with_which_it_began_even_over_a_restart(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.job_seconds = 60.0  # nothing is done before the restart
    async with kitchen(any_fake) as comfy:
        comfy.adopt([by_prompt("a wizard")])
        drawing = asyncio.create_task(draw(comfy, order("red", "wizard")))
        await until(lambda: len(any_fake.renders) == 1, 30)
        comfy.adopt([by_prompt("a witch")])
        any_fake.behaviour.job_seconds = 0.05
        any_fake.restart()
        assert shows((await drawing).data, "red")
        await draw(comfy, order("red", "wizard"))
    used = [render.graph["13"]["inputs"]["text"] for render in any_fake.renders]
    assert used == ["a wizard", "a wizard", "a witch"]


async def test_a_removed_style_is_still_drawn_for_whom_it_began(fake: FakeComfyUI) -> None:
    fake.behaviour.job_seconds = 60.0
    async with kitchen(fake) as comfy:
        comfy.adopt([by_prompt()])
        drawing = asyncio.create_task(draw(comfy, order("red", "wizard")))
        await until(lambda: len(fake.renders) == 1, 30)
        comfy.adopt([])
        fake.behaviour.job_seconds = 0.05
        fake.restart()
        assert shows((await drawing).data, "red")
        assert offered(comfy, "wizard") == []


async def test_an_earlier_try_with_another_version_is_drawn_anew(any_fake: FakeComfyUI) -> None:
    document = pixels()
    document["300"] = document.pop("3")
    old, new = by_workflow(pixels()), by_workflow(document)
    job = new_job()
    async with kitchen(any_fake) as comfy:
        comfy.adopt([old])
        recipe = comfy.servers[0].recipe(comfy.styles.entries[-1])
        assert recipe is not None
        wanted = order("red", "own", job=job, attempt=2)
        async with Client(any_fake.url, "a dead process", CALM) as client:
            upload = await client.upload(f"{job}.jpg", wanted.photo)
            await client.submit(job, recipe.bound(wanted, f"{upload.name} [temp]"), previews=False)
        await until(lambda: outcomes(any_fake) == ["success"], 30)
        comfy.adopt([new])
        assert shows((await draw(comfy, wanted)).data, "aqua")  # inverted
        await until(lambda: not faces(any_fake) and not any_fake.machine.history, 30)
    assert outcomes(any_fake) == ["success", "success"]


async def test_adopting_checks_only_what_is_new(fake: FakeComfyUI) -> None:
    async with kitchen(fake) as comfy:
        before = dict(comfy.servers[0].menu.verdicts)
        comfy.adopt([by_prompt()])
        after = comfy.servers[0].menu.verdicts
        assert all(after[entry] is verdict for entry, verdict in before.items())
        assert len(after) == len(before) + 1


async def test_whoever_waits_is_told_of_new_styles_and_of_new_models(fake: FakeComfyUI) -> None:
    told_times = 0

    def changed_now() -> None:
        nonlocal told_times
        told_times += 1

    comfy = ComfyRenderer([fake.url], STYLES, patience=CALM, changed=changed_now)
    async with comfy.running():
        await until(lambda: comfy.slots == 2, 30)
        before = told_times
        comfy.adopt([by_prompt()])
        assert told_times == before + 1
        bench = ComfyBench(comfy)
        await bench.check(by_prompt())
        assert told_times == before + 1
        fake.set_models({})
        await bench.check(by_prompt())
        assert told_times == before + 2


async def test_base_graphs_are_listed_with_their_tips_the_available_ones_first(fake: FakeComfyUI) -> None:
    fake.set_models(Z_MODELS)
    async with kitchen(fake) as comfy:
        infos = ComfyBench(comfy).graphs()
    assert [(info.name, info.available) for info in infos] == [
        ("z-image", True),
        ("comfy-pixel", True),
        ("comfy-warhol", True),
        ("flux", False),
        ("klein", False),
        ("qwen", False),
    ]
    by_name = {info.name: info for info in infos}
    assert by_name["flux"].strengths == ("subtle", "medium", "strong")
    assert by_name["klein"].strengths == ()
    assert by_name["klein"].takes_prompt
    assert not by_name["comfy-pixel"].takes_prompt
    assert all(set(info.tips) >= set(words().languages) for info in infos)


async def test_every_shipped_style_is_a_definition_that_draws_the_same() -> None:
    comfy = ComfyRenderer([], STYLES)
    shipped_ones = ComfyBench(comfy).shipped()
    before = comfy.styles.entries
    comfy.adopt(shipped_ones)
    assert [one.style for one in shipped_ones] == [entry.style.id for entry in STYLES]
    assert shipped_ones[0].graphs == ("flux",)
    for old, new in zip(before, comfy.styles.entries, strict=True):
        assert new is not old
        assert new.style == old.style
        assert new.recipes == old.recipes


async def test_the_owners_word_counts_wherever_a_definition_comes_from(fake: FakeComfyUI) -> None:
    comfy = ComfyRenderer([fake.url], STYLES, patience=CALM, policy=NodePolicy(forbidden=("ImageInvert",)))
    bench = ComfyBench(comfy)
    assert told(bench.inspect(file(pixels()), {}).complaints) == ["forbidden-owner"]
    assert told(await bench.check(by_workflow(pixels()))) == ["forbidden-owner"]
    bench.adopt([by_workflow(pixels())])
    assert comfy.styles.entry(StyleId("own")) is None


async def test_health_tells_what_each_server_is_and_does(fake: FakeComfyUI) -> None:
    fake.behaviour.job_seconds = 60.0
    with FakeComfyUI() as other:
        async with kitchen(fake, other) as comfy:
            bench = ComfyBench(comfy)
            await until_they_do(bench, "idle", "idle")
            other.stop()
            drawings = [asyncio.create_task(draw(comfy, order(colour))) for colour in ("red", "lime")]
            await until(lambda: fake.machine.queue.remaining == 2 and comfy.slots == 2, 30)
            busy, away = await until_they_do(bench, "rendering", "away")
            assert (busy.waiting, busy.version) == (1, "0.28.1")
            assert (busy.memory_total, busy.memory_free, busy.device) == (2**37, 2**36, "cuda:0 fake")
            assert busy.seen_s == 0
            assert (away.memory_free, away.waiting) == (None, 0)
            assert away.seen_s is not None
            assert away.seen_s > 0
            assert away.name.startswith("127.0.0.1:")
            for drawing in drawings:
                drawing.cancel()
            await asyncio.gather(*drawings, return_exceptions=True)


async def test_health_of_a_server_that_was_never_there_and_of_one_that_is_stuck(fake: FakeComfyUI) -> None:
    async with kitchen(fake) as comfy:
        never = ComfyBench(ComfyRenderer(["http://127.0.0.1:1"], STYLES))
        (unknown,) = await never.health()
        assert (unknown.doing, unknown.seen_s) == ("away", None)
        comfy.servers[0].stuck()
        await until_they_do(ComfyBench(comfy), "stuck")


async def test_health_waits_for_nobody_long(fake: FakeComfyUI) -> None:
    async with kitchen(fake) as comfy:
        fake.faults.append(Fault("hang", "GET", "/queue", times=-1))
        (silent,) = await ComfyBench(comfy).health()
        assert silent.doing == "away"
