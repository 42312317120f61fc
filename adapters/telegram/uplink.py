"""How Telegram reaches us, for maintainers: when something came last, what waits there, what goes wrong."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import Bot, WebhookInfo

from adapters.telegram.calls import Calls
from adapters.telegram.where import PLATFORM
from bot.errors import DeliveryError
from bot.watch import UplinkReport

ASK_S = 3.0  # a maintainer waits for the whole status
RECENT_S = 60.0  # a webhook that has failed so lately is held to be down
TOLD_S = 3600.0  # and its error is told for so long

_STATUS = re.compile(r"\b[1-5][0-9]{2}\b")


@dataclass(frozen=True, slots=True)
class Ear:
    """What is known here.

    Attributes:
        hook: The webhook's address; None for long polling.
        heard: When something came last, in :func:`time.monotonic`'s seconds.
        trouble: Of the last request for updates; empty when it went well.
    """

    hook: str | None
    heard: Callable[[], float | None]
    trouble: Callable[[], str]


async def uplink_of(bot: Bot, calls: Calls, ear: Ear) -> UplinkReport:
    """Ask Telegram what it holds for us; an answer that doesn't come is an answer, too."""
    heard = ear.heard()
    heard_s = None if heard is None else time.monotonic() - heard
    via = "polling" if ear.hook is None else "webhook"
    try:
        async with asyncio.timeout(ASK_S):
            info = await calls(None, bot.get_webhook_info)
    except (DeliveryError, TimeoutError) as error:
        return UplinkReport(PLATFORM, via, up=False, heard_s=heard_s, trouble=type(error).__name__)
    up, trouble = _polled(ear.trouble()) if ear.hook is None else _hooked(info, ear.hook)
    return UplinkReport(PLATFORM, via, up, heard_s, info.pending_update_count, trouble)


def _polled(trouble: str) -> tuple[bool, str]:
    return not trouble, trouble


def _hooked(info: WebhookInfo, hook: str) -> tuple[bool, str]:
    """Whether deliveries work, and the last one's error without any address."""
    if info.url != hook:
        return False, "webhook-elsewhere"
    if info.last_error_date is None:
        return True, ""
    ago_s = (datetime.now(UTC) - info.last_error_date).total_seconds()
    status = _STATUS.search(info.last_error_message or "")
    trouble = f"webhook-{status[0]}" if status else "webhook-unreached"
    return ago_s > RECENT_S, trouble if ago_s < TOLD_S else ""
