import asyncio
from dataclasses import replace

import pytest

from bot.definitions import Strength
from bot.errors import RenderCrashed, RendererAway, SetupError, StyleBroken
from bot.nouns import Progress, Style, StyleId
from bot.ports import Renderer
from comfy.catalogue import GraphStyle
from comfy.remote import ComfyRenderer
from tests.comfy.support import (
    CALM,
    QUICK,
    STYLES,
    draw,
    earlier_try,
    faces,
    new_job,
    order,
    outcomes,
    renderer,
    shows,
    submits,
    until,
)
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.comfyui.server import FLUX_SPLIT


async def test_a_guest_gets_their_own_picture_in_three_requests(any_fake: FakeComfyUI) -> None:
    async with renderer(any_fake, patience=CALM) as comfy:
        before = len(any_fake.seen)
        picture = await draw(comfy, order("red"))
        assert any_fake.requests[before : before + 3] == ["POST /upload/image", "POST /prompt", "GET /view"]
        assert shows(picture.data, "red")
        assert picture.media_type == "image/jpeg"
        assert b"class_type" not in picture.data


async def test_nothing_of_a_guest_stays(any_fake: FakeComfyUI) -> None:
    async with renderer(any_fake) as comfy:
        await draw(comfy, order())
        await until(lambda: not faces(any_fake) and not any_fake.machine.history)


async def test_it_is_a_renderer(fake: FakeComfyUI) -> None:
    comfy: Renderer = ComfyRenderer([fake.url], STYLES, patience=CALM)
    assert comfy.name == "comfy"
    assert comfy.slots == 0
    assert comfy.offers() == []
    async with comfy.running():
        assert comfy.slots == 2
        assert [offer.style.id for offer in comfy.offers()] == [entry.style.id for entry in STYLES]


async def test_progress_grows_and_previews_come_to_who_wants_them(any_fake: FakeComfyUI) -> None:
    heard: list[Progress] = []
    async with renderer(any_fake, patience=CALM) as comfy:
        await comfy.render(order("lime", previews=True), heard.append)
    fractions = [progress.fraction for progress in heard]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < 0.2
    assert 0.9 < fractions[-1] < 1
    previews = [progress.preview for progress in heard if progress.preview]
    assert len(previews) == 4
    assert all(shows(preview.data, "lime") for preview in previews)


async def test_who_does_not_want_previews_causes_none(fake: FakeComfyUI) -> None:
    heard: list[Progress] = []
    async with renderer(fake, patience=CALM) as comfy:
        await comfy.render(order(), heard.append)
    assert heard
    assert not [progress for progress in heard if progress.preview]


async def test_two_jobs_are_on_a_server_and_the_others_stay_with_us(fake: FakeComfyUI) -> None:
    fake.behaviour.job_seconds = 0.15
    most = 0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, fake.machine.queue.remaining)
            await asyncio.sleep(0.005)

    async with renderer(fake) as comfy:
        watching = asyncio.create_task(watch())
        colours = ["red", "lime", "blue", "yellow", "white"]
        pictures = await asyncio.gather(*(draw(comfy, order(colour)) for colour in colours))
        watching.cancel()
    assert most == 2
    assert all(shows(picture.data, colour) for picture, colour in zip(pictures, colours, strict=True))


async def test_the_server_need_not_be_there_at_the_start(fake: FakeComfyUI) -> None:
    fake.stop()
    async with renderer(fake) as comfy:
        assert comfy.slots == 0
        assert comfy.offers() == []
        fake.start()
        await until(lambda: comfy.slots == 2)
        assert shows((await draw(comfy, order("blue"))).data, "blue")


async def test_whoever_wants_to_know_is_told_of_changes(fake: FakeComfyUI) -> None:
    slots: list[int] = []
    comfy = ComfyRenderer([fake.url], STYLES, patience=QUICK, changed=lambda: slots.append(comfy.slots))
    async with comfy.running():
        fake.stop()
        await until(lambda: slots[-1:] == [0])
        fake.start()
        await until(lambda: slots[-1:] == [2])


async def test_offers_follow_the_servers_models(fake: FakeComfyUI) -> None:
    fake.set_models({})
    async with renderer(fake) as comfy:
        assert [offer.style.id for offer in comfy.offers()] == ["comfy-pixel", "comfy-warhol"]
        fake.set_models(FLUX_SPLIT)
        fake.stop()
        await until(lambda: comfy.slots == 0)
        assert [offer.available for offer in comfy.offers()] == [False, False]
        fake.start()
        await until(lambda: comfy.slots == 2)
        assert len(comfy.offers()) == len(STYLES)
        assert all(offer.available for offer in comfy.offers())
        assert shows((await draw(comfy, order("blue"))).data, "blue")


async def test_a_style_that_no_server_can_run_is_broken_at_once(fake: FakeComfyUI) -> None:
    fake.set_models({})
    async with renderer(fake) as comfy:
        with pytest.raises(StyleBroken) as caught:
            await draw(comfy, order())
        assert caught.value.cause == "no-server"
        with pytest.raises(StyleBroken):
            await draw(comfy, order(style="nobody-knows"))
        problems = comfy.servers[0].menu.problems[StyleId("flux-oil")]
        assert "flux1-schnell-fp8.safetensors" in problems[0].sentence


async def test_a_model_taken_away_while_we_run_breaks_the_style_and_hides_it(fake: FakeComfyUI) -> None:
    async with renderer(fake) as comfy:
        fake.set_models({})
        with pytest.raises(StyleBroken) as caught:
            await draw(comfy, order())
        assert caught.value.cause == "refused"
        await until(lambda: len(comfy.offers()) == 2)


@pytest.mark.parametrize("place", [0, 1])
async def test_a_cancelled_job_leaves_nothing_running_and_nothing_behind(
    any_fake: FakeComfyUI, place: int
) -> None:
    any_fake.behaviour.hold = 0.0
    async with renderer(any_fake) as comfy:
        orders = [order("red"), order("lime")]
        tasks = [asyncio.create_task(draw(comfy, wanted)) for wanted in orders]
        await until(lambda: any_fake.machine.queue.remaining == 2 and len(any_fake.renders) == 1, 30)
        running = any_fake.renders[0].job
        cancelled = next(at for at, wanted in enumerate(orders) if (wanted.job == running) == (place == 0))
        tasks[cancelled].cancel()
        with pytest.raises(asyncio.CancelledError):
            await tasks[cancelled]
        await until(lambda: any_fake.machine.queue.remaining == 1)
        any_fake.behaviour.hold = 1.0
        await tasks[1 - cancelled]
        await until(lambda: not faces(any_fake) and not any_fake.machine.history)
    assert outcomes(any_fake) == (["interrupted", "success"] if place == 0 else ["success"])


@pytest.mark.parametrize(
    ("crash", "error", "cause"),
    [
        ("memory", RenderCrashed, "memory"),
        ("cuda", RenderCrashed, "device"),
        ("disk", RenderCrashed, "machine"),
        ("graph", StyleBroken, "graph"),
    ],
)
async def test_crashes_are_told_apart_and_clean_up(
    fake: FakeComfyUI, crash: str, error: type[RenderCrashed | StyleBroken], cause: str
) -> None:
    fake.behaviour.crashes = [crash]  # type: ignore[list-item]  # a parameter is no literal
    async with renderer(fake) as comfy:
        with pytest.raises(error) as caught:
            await draw(comfy, order())
        assert caught.value.cause == cause
        await until(lambda: not faces(fake) and not fake.machine.history)
        assert fake.machine.freed == (crash == "memory")
        assert shows((await draw(comfy, order("blue"))).data, "blue")


async def test_a_server_whose_gpu_failed_is_left_alone_for_a_while(fake: FakeComfyUI) -> None:
    fake.behaviour.crashes = ["cuda"]
    async with renderer(fake, patience=replace(QUICK, rest_s=1.5)) as comfy:
        with pytest.raises(RenderCrashed):
            await draw(comfy, order())
        assert comfy.slots == 0
        assert not any(offer.available for offer in comfy.offers())
        assert shows((await draw(comfy, order("blue"))).data, "blue")
        assert comfy.slots == 2


async def test_when_nobody_comes_back_the_job_goes_back_to_the_line(fake: FakeComfyUI) -> None:
    patience = replace(QUICK, away_s=0.2)
    async with renderer(fake, patience=patience) as comfy:
        fake.stop()
        with pytest.raises(RendererAway):
            await draw(comfy, order())


async def test_no_style_is_called_broken_before_its_server_was_ever_reached(fake: FakeComfyUI) -> None:
    fake.stop()
    async with renderer(fake, patience=replace(QUICK, away_s=0.2)) as comfy:
        with pytest.raises(RendererAway):
            await draw(comfy, order())


async def test_a_render_that_never_ends_is_given_up(fake: FakeComfyUI) -> None:
    fake.behaviour.job_seconds = 60.0
    async with renderer(fake, patience=replace(QUICK, render_s=1.5)) as comfy:
        with pytest.raises(RenderCrashed) as caught:
            await draw(comfy, order())
        assert caught.value.cause == "timeout"
        await until(lambda: outcomes(fake) == ["interrupted"])


async def test_a_photo_over_the_servers_limit_crashes_the_job_only() -> None:
    with FakeComfyUI(max_upload=100) as fake:
        async with renderer(fake) as comfy:
            with pytest.raises(RenderCrashed) as caught:
                await draw(comfy, order())
            assert caught.value.cause == "upload-http_413"
            assert comfy.slots == 2


@pytest.mark.parametrize(
    ("graph", "strength", "words"),
    [
        ("no-such-graph", None, "no-such-graph"),
        ("comfy-pixel", "medium", "knows no strength"),
    ],
)
def test_a_slip_in_the_catalogue_is_told_to_the_owner(
    graph: str, strength: Strength | None, words: str
) -> None:
    entry = GraphStyle(Style(StyleId("x"), "x", "graph", "comfy"), (graph,), None, strength)
    with pytest.raises(SetupError, match=words):
        ComfyRenderer(["http://127.0.0.1:1"], [entry])


async def test_the_same_order_gives_the_same_picture(fake: FakeComfyUI) -> None:
    async with renderer(fake) as comfy:
        first = await draw(comfy, order("teal"))
        second = await draw(comfy, order("teal"))
    assert first.data == second.data


@pytest.mark.parametrize("job_seconds", [0.01, 0.4])
async def test_a_second_attempt_finds_what_the_first_has_begun(
    any_fake: FakeComfyUI, job_seconds: float
) -> None:
    any_fake.behaviour.job_seconds = job_seconds
    wanted = order("red", attempt=2)
    await earlier_try(any_fake, wanted)
    await until(lambda: len(any_fake.renders) == 1)
    async with renderer(any_fake) as comfy:
        assert shows((await draw(comfy, wanted)).data, "red")
        await until(lambda: not faces(any_fake) and not any_fake.machine.history)
    assert submits(any_fake) == 1


async def test_a_second_attempt_renders_again_what_is_nowhere(any_fake: FakeComfyUI) -> None:
    job = new_job()
    async with renderer(any_fake) as comfy:
        await draw(comfy, order("red", job=job))
        await until(lambda: not any_fake.machine.history)
        assert shows((await draw(comfy, order("red", job=job, attempt=2))).data, "red")
    assert outcomes(any_fake) == ["success", "success"]


async def test_a_second_attempt_is_not_misled_by_a_result_that_was_removed(any_fake: FakeComfyUI) -> None:
    job = new_job()
    async with renderer(any_fake) as comfy:
        await draw(comfy, order("red", job=job))
        await until(lambda: not any_fake.machine.history)
        entry = {"status": {"status_str": "success", "messages": []}, "outputs": {"17": {"images": []}}}
        files = [place for place in any_fake.disk.files if place.name.startswith("ComfyUI_temp")]
        image = {"filename": files[0].name, "subfolder": "", "type": "temp"}
        entry["outputs"] = {"17": {"images": [image]}}
        any_fake.machine.history[job] = {"prompt": [], **entry}
        assert shows((await draw(comfy, order("red", job=job, attempt=2))).data, "red")
    assert outcomes(any_fake) == ["success", "success"]


async def test_a_second_attempt_after_an_interruption_starts_anew(any_fake: FakeComfyUI) -> None:
    any_fake.behaviour.hold = 0.0
    job = new_job()
    async with renderer(any_fake) as comfy:
        first = asyncio.create_task(draw(comfy, order("red", job=job)))
        await until(lambda: len(any_fake.renders) == 1)
        any_fake.machine.interrupt(None)
        with pytest.raises(RenderCrashed) as caught:
            await first
        assert caught.value.cause == "interrupted"
        any_fake.behaviour.hold = 1.0
        assert shows((await draw(comfy, order("red", job=job, attempt=2))).data, "red")
