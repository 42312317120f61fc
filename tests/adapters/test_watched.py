"""The real program in a story on both platforms, looked at as its owner does: by its log and its figures."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx

from tests.adapters.discord import opened as on_discord
from tests.adapters.telegram import opened as on_telegram
from tests.bench.booth import free_port
from tests.fakes import discord as discords
from tests.fakes import telegram as telegrams
from tests.program import Program

NAMES = ("Zebulon", "Wilhelmine")
PATIENCE_S = 90.0


async def pictures(telegram: telegrams.Telegram, discord: discords.Discord) -> None:
    """A guest of each platform gets a picture; Telegram loses an answer on the way."""
    telegram.fault("editMessageMedia", "server error")
    zebulon, wilhelmine = telegram.guest(NAMES[0]), discord.member(NAMES[1])
    await discord.until(lambda: discord.gateway.identified or None, PATIENCE_S)
    await zebulon.send_photo(on_telegram.selfie(60), "comic")
    await wilhelmine.dms("comic", on_discord.selfie(90))
    await on_telegram.finished(zebulon.chat, patience_s=PATIENCE_S)
    await on_discord.finished(wilhelmine.dm)


SAMPLES = (
    'petaflop_deliveries_total{outcome="done",platform="telegram"} 1.0',
    'petaflop_deliveries_total{outcome="done",platform="discord"} 1.0',
    'petaflop_renders_total{outcome="done",server="embedded",style="comic"} 2.0',
    'petaflop_uplink_up{platform="telegram",via="polling"} 1.0',
    'petaflop_uplink_up{platform="discord",via="gateway"} 1.0',
    'petaflop_uplink_errors_total{error="http_502",platform="telegram",via="api"} 1.0',
    'petaflop_intakes_total{outcome="done",platform="telegram"} 1.0',
)


async def figures(url: str) -> str:
    """What is told once all is counted: a picture is seen a moment before its delivery is."""
    told = ""
    async with httpx.AsyncClient() as http, asyncio.timeout(PATIENCE_S):
        while not set(SAMPLES) <= set(told.splitlines()):
            await asyncio.sleep(0.1)
            told = (await http.get(f"{url}/metrics", timeout=30)).text
    return told


async def test_log_and_figures_tell_everything_but_who_it_was(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    async with telegrams.running(pause_s=0.05) as telegram, discords.running(deadline_s=20.0) as discord:
        program = Program(
            tmp_path / "data",
            ops_port=str(port),
            log_format="json",
            telegram_token=telegram.token,
            telegram_api_url=telegram.url,
            discord_token=discord.token,
            discord_api_url=discord.url,
            discord_gateway_url=discord.gateway_url,
            previews="0",
        )
        program.logs(log, "-vv")
        await asyncio.to_thread(program.start)
        try:
            await pictures(telegram, discord)
            told = await figures(f"http://127.0.0.1:{port}")
        finally:
            assert await asyncio.to_thread(program.stop) == 0

    text = await asyncio.to_thread(log.read_text)
    lines: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    assert any(line["message"].startswith("Telegram is there") for line in lines)
    steps = [line for line in lines if line["logger"] == "adapters.steps"]
    assert len({line["job"] for line in steps}) == 2
    assert {line["message"].partition(":")[0] for line in steps} == {"intake", "wait", "render", "deliver"}
    secrets = (telegram.token, discord.token, "/file/bot", "photos/", "attachments/", ".jpg", ".png", *NAMES)
    for secret in secrets:
        assert secret not in text
        assert secret not in told
    assert set(SAMPLES) <= set(told.splitlines())
