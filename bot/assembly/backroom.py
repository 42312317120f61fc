"""The chat of the house's own jobs: nobody is in it."""

from bot.cards import Address, Card, Shown
from bot.office.previews import BACKROOM
from bot.secluded import Secluded


class Backroom(Secluded):
    """Implements :class:`bot.ports.Chat`."""

    name = BACKROOM

    async def show(self, address: Address, card: Card) -> Shown:
        """Nobody looks; what came of a job is kept before it is shown."""
        return Shown(address.message or card.job)
