"""The gate: whether a guest's photo is taken just now, and how many at once."""

from dataclasses import replace

from bot.errors import Banned, Closing, Paused
from bot.nouns import GuestKey
from bot.store.house import HouseStore
from bot.store.jobs import Limits

PAUSED_RETRY_S = 120.0  # a pause is over when a person says so; two minutes are no bother to phone or booth
CLOSING_RETRY_S = 600.0


class Gate:
    """Asks the house's rules before every photo."""

    def __init__(self, house: HouseStore, limits: Limits) -> None:
        """Take the rules, and the settings' limits."""
        self._house = house
        self._limits = limits

    async def admit(self, guest: GuestKey) -> Limits:
        """Let a guest pass; return the limits that hold.

        Raises:
            Banned, Paused, Closing: no photo of theirs is taken now.
        """
        rules, banned = await self._house.for_guest(guest)
        if banned:
            raise Banned
        if rules.closing:
            raise Closing(CLOSING_RETRY_S)
        if rules.paused:
            raise Paused(PAUSED_RETRY_S, given="yes" if rules.words else "no", words=rules.words)
        return self._limits if rules.limit is None else replace(self._limits, guest=rules.limit)
