"""Server-sent events of a job: the present state at once, each change, and an end."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.web.chat import WATCHERS_A_JOB
from bot.errors import RenderCrashed
from bot.nouns import JobId
from tests.adapters.web.served import PATIENCE_S, events, post, served, until, watched
from tests.fakes.renderer import ScriptedRenderer


def held() -> ScriptedRenderer:
    return ScriptedRenderer(hold=asyncio.Event())


def release(renderer: ScriptedRenderer) -> None:
    assert renderer.hold is not None
    renderer.hold.set()


def statuses(told: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return [data["status"] for name, data in told if name == "status"]


async def next_of(stream: AsyncIterator[tuple[str, dict[str, Any]]], name: str) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        async for event, data in stream:
            if event == name:
                return data
    raise AssertionError(f"the stream ended without {name}")


async def test_a_job_is_told_from_its_place_to_its_picture(tmp_path: Path) -> None:
    renderer = held()
    async with served(tmp_path, renderer=renderer) as site, site.visitor() as guest:
        before = (await post(guest)).json()["id"]
        await asyncio.wait_for(renderer.started.get(), PATIENCE_S)
        job = (await post(guest)).json()["id"]
        async with guest.stream("GET", f"/api/jobs/{job}/events") as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            assert response.headers["cache-control"] == "no-store"
            stream = events(response)
            first = await next_of(stream, "status")
            assert set(first) == {"id", "status", "position", "eta_s", "text", "shared", "named"}
            assert (first["id"], first["status"], first["position"]) == (job, "waiting", 1)
            assert first["text"].startswith("You are next")
            await guest.delete(f"/api/jobs/{before}")
            assert await next_of(stream, "progress") == {"status": "rendering", "value": 0.5}
            preview = await next_of(stream, "preview")
            assert preview["status"] == "rendering"
            assert preview["image"].startswith("data:image/jpeg;base64,")
            release(renderer)
            told = [event async for event in stream]
    assert statuses(told) == ["done"]
    assert (told[-1][1]["position"], told[-1][1]["eta_s"]) == (0, 0)


async def test_the_stream_tells_a_browser_to_come_back_soon(tmp_path: Path) -> None:
    async with served(tmp_path) as site, site.visitor() as guest:
        job = (await post(guest)).json()["id"]
        answer = await guest.get(f"/api/jobs/{job}/events")
        assert "retry: 1000" in answer.text.splitlines()


async def test_who_comes_back_is_told_the_present_state_at_once(tmp_path: Path) -> None:
    renderer = held()
    async with served(tmp_path, renderer=renderer) as site, site.visitor() as guest:
        job = (await post(guest)).json()["id"]
        for _ in range(3):
            async with guest.stream("GET", f"/api/jobs/{job}/events") as response:
                assert (await next_of(events(response), "status"))["id"] == job
        release(renderer)
        await until(guest, job, "done")
        assert statuses(await watched(guest, job)) == ["done"]
        assert statuses(await watched(guest, job)) == ["done"]


async def test_a_failure_ends_the_stream_with_its_sentence(tmp_path: Path) -> None:
    renderer = ScriptedRenderer(errors=[lambda: RenderCrashed("memory"), lambda: RenderCrashed("memory")])
    async with served(tmp_path, renderer=renderer) as site, site.visitor() as guest:
        told = await watched(guest, (await post(guest)).json()["id"])
    assert told[-1][1]["status"] == "failed"
    assert "another style" in told[-1][1]["text"]


async def test_a_cancel_elsewhere_ends_the_stream(tmp_path: Path) -> None:
    renderer = held()
    async with served(tmp_path, renderer=renderer) as site, site.visitor() as guest:
        job = (await post(guest)).json()["id"]
        watching = asyncio.create_task(watched(guest, job))
        await asyncio.wait_for(renderer.started.get(), PATIENCE_S)
        await guest.delete(f"/api/jobs/{job}")
        assert statuses(await asyncio.wait_for(watching, PATIENCE_S))[-1] == "cancelled"


async def test_forgetting_ends_the_stream(tmp_path: Path) -> None:
    renderer = held()
    async with served(tmp_path, renderer=renderer) as site, site.visitor() as guest:
        job = (await post(guest)).json()["id"]
        watching = asyncio.create_task(watched(guest, job))
        await asyncio.wait_for(renderer.started.get(), PATIENCE_S)
        await guest.delete("/api/me")
        assert "done" not in statuses(await asyncio.wait_for(watching, PATIENCE_S))


async def test_who_goes_away_frees_everything_and_too_many_are_refused(tmp_path: Path) -> None:
    renderer = held()
    async with served(tmp_path, renderer=renderer) as site:
        async with site.visitor() as guest:
            job = (await post(guest)).json()["id"]
            path = f"/api/jobs/{job}/events"
            requests = [guest.build_request("GET", path) for _ in range(WATCHERS_A_JOB)]
            streams: list[httpx.Response] = [await guest.send(request, stream=True) for request in requests]
            told = [events(stream) for stream in streams]
            for stream in told:
                await next_of(stream, "status")
            assert site.chat.watched() == WATCHERS_A_JOB
            refused = await guest.get(path)
            assert (refused.status_code, refused.json()["code"]) == (429, "page-problem-watchers")
            for response in streams:
                await response.aclose()
            await site.watched_by(0)
            async with guest.stream("GET", path) as response:
                assert (await next_of(events(response), "status"))["status"] == "rendering"
        await site.watched_by(0)


async def test_a_server_that_stops_does_not_wait_for_watchers(tmp_path: Path) -> None:
    renderer = held()
    async with httpx.AsyncClient(timeout=PATIENCE_S) as guest:
        async with served(tmp_path, renderer=renderer) as site:
            guest.base_url = httpx.URL(site.url)
            job = (await post(guest)).json()["id"]
            watching = asyncio.create_task(watched(guest, job))
            await asyncio.wait_for(renderer.started.get(), PATIENCE_S)
            await site.watched_by(1)
        told = await asyncio.wait_for(watching, PATIENCE_S)
    assert statuses(told)[-1] in ("waiting", "rendering")


async def test_what_the_chat_was_not_told_is_found_by_looking_again(tmp_path: Path) -> None:
    """As when another replica moves the job: this one's chat is told nothing of it."""
    renderer = held()
    async with served(tmp_path, renderer=renderer) as site, site.visitor() as guest:
        answer = await post(guest)
        job = answer.json()["id"]
        await asyncio.wait_for(renderer.started.get(), PATIENCE_S)
        watching = asyncio.create_task(watched(guest, job))
        await site.watched_by(1)
        moved = await site.stores.jobs.cancel(JobId(job), site.guest_of(guest))
        assert moved is not None
        assert statuses(await asyncio.wait_for(watching, PATIENCE_S))[-1] == "cancelled"


@pytest.mark.parametrize("language", ["en", "de"])
async def test_the_words_are_in_the_guests_language(tmp_path: Path, language: str) -> None:
    async with served(tmp_path) as site, site.visitor(headers={"accept-language": language}) as guest:
        told = await watched(guest, (await post(guest)).json()["id"])
    assert told[-1][1]["text"].startswith({"en": "Here you are", "de": "Bitte sehr"}[language])
