"""How Discord reaches us, for maintainers: as far as is known here, without asking anybody."""

import time

from adapters.discord.where import PLATFORM
from bot.watch import UplinkReport


def uplink(*, gateway: bool, heard: float | None, ready: bool, off: bool, away_s: float) -> UplinkReport:
    """How it stands.

    Args:
        gateway: Whether a gateway connection is to be held; else all comes over HTTP.
        heard: When something came last, in :func:`time.monotonic`'s seconds.
        ready: Whether we are logged in.
        off: Whether Discord refuses the token.
        away_s: For how long the gateway has not been connected.
    """
    trouble = ""
    if off:
        trouble = "token-refused"
    elif not ready:
        trouble = "unreached"
    elif gateway and away_s > 0:
        trouble = "gateway-away"
    heard_s = None if heard is None else time.monotonic() - heard
    via = "gateway" if gateway else "http"
    return UplinkReport(PLATFORM, via, up=not trouble, heard_s=heard_s, trouble=trouble)
