"""How Telegram reaches us, for maintainers: when something came last, what waits there, what goes wrong."""

import asyncio
import re
from datetime import UTC, datetime

from telegram import Bot, WebhookInfo

from adapters.telegram.api.calls import Calls
from adapters.telegram.api.errors import Unreachable
from adapters.uplink import Uplink
from bot.errors import DeliveryError
from bot.office.watch import UplinkReport

ASK_S = 3.0  # a maintainer waits for the whole status
RECENT_S = 60.0  # a webhook that has failed so lately is held to be down
TOLD_S = 3600.0  # and its error is told for so long

_STATUS = re.compile(r"\b[1-5][0-9]{2}\b")


async def uplink_of(bot: Bot, calls: Calls, news: Uplink, hook: str | None) -> UplinkReport:
    """Ask Telegram what it holds for us; an answer that doesn't come is an answer, too.

    Args:
        bot: Asks.
        calls: Lets it ask.
        news: The way in which updates come.
        hook: The webhook's address; None for long polling.
    """
    try:
        async with asyncio.timeout(ASK_S):
            info = await calls(None, bot.get_webhook_info)
    except (DeliveryError, TimeoutError) as error:
        answers = not isinstance(error, Unreachable | TimeoutError)
        return news.report(up=False, trouble=type(error).__name__, answers=answers)
    up, trouble = (not news.trouble, news.trouble) if hook is None else _hooked(info, hook)
    return news.report(up=up, trouble=trouble, backlog=info.pending_update_count)


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
