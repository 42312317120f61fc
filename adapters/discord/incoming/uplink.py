"""How Discord reaches us, for maintainers: as far as is known here, without asking anybody."""

from adapters.uplink import Uplink
from bot.office.watch import UplinkReport


def report_of(news: Uplink, *, ready: bool, off: bool, away_s: float) -> UplinkReport:
    """How it stands.

    Args:
        news: The way in which Discord tells us something.
        ready: Whether we are logged in.
        off: Whether Discord refuses the token.
        away_s: For how long the gateway has not been connected.
    """
    trouble = ""
    if off:
        trouble = "token-refused"
    elif not ready:
        trouble = "unreached"
    elif news.via == "gateway" and away_s > 0:
        trouble = "gateway-away"
    return news.report(up=not trouble, trouble=trouble, answers=off or not trouble)
