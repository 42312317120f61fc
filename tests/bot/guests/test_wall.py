"""What the wall says of the chats: that one is away, or that all are."""

import pytest

from bot.guests.wall import reach_of
from bot.office.watch import UplinkReport

UP = UplinkReport("telegram", "polling", up=True)
TELEGRAM_AWAY = UplinkReport("telegram", "polling", up=False, trouble="Unreachable", answers=False)
DISCORD_AWAY = UplinkReport("discord", "gateway", up=False, trouble="gateway-away", answers=False)
DISCORD_REFUSED = UplinkReport("discord", "gateway", up=False, trouble="token-refused")


@pytest.mark.parametrize(
    ("reports", "online", "away"),
    [
        ((), True, ()),
        ((UP,), True, ()),
        ((UP, DISCORD_AWAY), True, ("discord",)),
        ((UP, DISCORD_REFUSED), True, ("discord",)),
        ((TELEGRAM_AWAY,), False, ()),
        ((TELEGRAM_AWAY, DISCORD_AWAY), False, ()),
        ((DISCORD_REFUSED,), True, ("discord",)),
    ],
)
def test_no_internet_is_said_when_no_chat_answers(
    reports: tuple[UplinkReport, ...], online: bool, away: tuple[str, ...]
) -> None:
    assert reach_of(reports) == (online, away)
