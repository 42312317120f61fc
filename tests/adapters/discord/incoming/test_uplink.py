"""How Discord reaches us: what is away, and what only refuses us."""

import pytest

from adapters.discord.incoming.uplink import report_of
from adapters.uplink import Uplink


@pytest.mark.parametrize(
    ("ready", "off", "away_s", "trouble", "answers"),
    [
        (True, False, 0.0, "", True),
        (True, False, 9.0, "gateway-away", False),
        (False, False, 0.0, "unreached", False),
        (False, True, 0.0, "token-refused", True),
    ],
)
def test_a_refusal_is_an_answer(
    *, ready: bool, off: bool, away_s: float, trouble: str, answers: bool
) -> None:
    report = report_of(Uplink("discord", "gateway"), ready=ready, off=off, away_s=away_s)
    assert (report.up, report.trouble, report.answers) == (not trouble, trouble, answers)
