"""How Telegram reaches us, as a maintainer's status tells it."""

import asyncio
from pathlib import Path

import pytest

from tests.adapters.telegram.opened import Setup, finished, opened, selfie
from tests.fakes.telegram import Telegram


@pytest.mark.parametrize(("webhook", "via"), [(True, "webhook"), (False, "polling")])
async def test_an_uplink_that_works_says_when_something_came(
    tmp_path: Path, telegram: Telegram, webhook: bool, via: str
) -> None:
    async with opened(telegram, tmp_path, Setup(webhook)) as booth:
        ann = telegram.guest("Ann")
        await ann.send_photo(selfie(), caption="comic")
        await finished(ann.chat, 1, 60)
        uplink = await booth.platform.uplink()
        assert (uplink.platform, uplink.via, uplink.up, uplink.trouble) == ("telegram", via, True, "")
        assert uplink.heard_s is not None
        assert uplink.heard_s >= 0
        assert uplink.backlog is not None


async def test_a_webhook_that_telegram_cannot_reach_is_down_with_its_backlog(
    tmp_path: Path, telegram: Telegram
) -> None:
    async with opened(telegram, tmp_path, Setup(webhook=True)) as booth:
        await telegram.until_requested("setWebhook")
        telegram.world.courier.away = True
        await telegram.guest("Ann").send_text("/help")
        async with asyncio.timeout(60):
            while (uplink := await booth.platform.uplink()).up:  # noqa: ASYNC110 # Telegram tells nobody
                await asyncio.sleep(0.02)
        assert uplink.trouble == "webhook-unreached"
        assert uplink.backlog == 1


async def test_a_webhook_that_somebody_has_set_elsewhere_is_told(tmp_path: Path, telegram: Telegram) -> None:
    async with opened(telegram, tmp_path, Setup(webhook=True)) as booth:
        await telegram.until_requested("setWebhook")
        hook = telegram.world.courier.hook
        telegram.world.courier.turn_to(type(hook)("http://127.0.0.1:9/other"))
        uplink = await booth.platform.uplink()
        assert (uplink.up, uplink.trouble) == (False, "webhook-elsewhere")


async def test_polls_that_go_wrong_are_told_as_they_are_counted(tmp_path: Path, telegram: Telegram) -> None:
    telegram.fault("getUpdates", "server error", times=None, status=502)
    async with opened(telegram, tmp_path, Setup(webhook=False)) as booth:
        async with asyncio.timeout(60):
            while not (uplink := await booth.platform.uplink()).trouble:  # noqa: ASYNC110 # nobody tells
                await asyncio.sleep(0.02)
        assert (uplink.via, uplink.up, uplink.trouble) == ("polling", False, "http_502")
        assert uplink.answers  # what else was asked: the network isn't the trouble
        counted = next(one for one in booth.platform.uplinks if one.via == "polling")
        assert counted.errors["http_502"] >= 1
