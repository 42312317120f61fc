"""Spellings: what people call an event or a place that codes can't spell, and say by a checksum instead."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.invites.payload import event_name, is_spelled, place_name
from bot.store.meta import MetaStore

_KEY = "place:"


@dataclass(frozen=True, slots=True)
class Spellings:
    """Keeps what maintainers call their places, and knows the event's name.

    Attributes:
        event: The event's name, as its owner writes it.
    """

    meta: MetaStore
    event: str

    async def keep(self, place: str) -> str:
        """The place as codes say it."""
        name = place_name(place)
        if not is_spelled(place):
            await self.meta.remember(f"{_KEY}{name}", " ".join(place.split()))
        return name

    async def known(self) -> Mapping[str, str]:
        """What people call it, by what codes say; of spelled names none."""
        places = await self.meta.recalled(_KEY)
        named = {key.removeprefix(_KEY): place for key, place in places.items()}
        return named if is_spelled(self.event) else {**named, event_name(self.event): self.event}
