"""Channels that have refused us: they are left alone for a while, as Discord counts what it has to refuse."""

import time
from collections import OrderedDict

from adapters.discord.api.errors import Reason, Refused

PAUSE_S = 300.0
REMEMBERED = 4096


class Refusals:
    """Which channels take no pictures of ours, and which take nothing new at all."""

    def __init__(self) -> None:
        """Nobody has refused anything."""
        self._until: OrderedDict[tuple[int, bool], float] = OrderedDict()

    def check(self, channel: int, *, pictured: bool) -> None:
        """Look before a request.

        Raises:
            Refused: the channel has refused such a one not long ago.
        """
        if self._until.get((channel, pictured), 0.0) > time.monotonic():
            raise Refused(Reason.NO_PERMISSION)

    def note(self, channel: int, *, pictured: bool) -> None:
        """A channel has refused a request with a picture, or one without."""
        self._until[channel, pictured] = time.monotonic() + PAUSE_S
        if len(self._until) > REMEMBERED:
            self._until.popitem(last=False)

    def forget(self, channel: int) -> None:
        """A guest speaks to us there anew, or it was changed: perhaps what was missing is granted."""
        for pictured in (False, True):
            self._until.pop((channel, pictured), None)
