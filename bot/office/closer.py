"""The closer: closes the event within the booth that serves, when a maintainer or the owner wants it."""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass

from bot.errors import UnknownJob
from bot.nouns import GuestKey
from bot.office.closing import Closed, erase_event, export_to
from bot.office.closing_order import Order, Orders
from bot.office.crew import Crew
from bot.office.export import pictures_in
from bot.office.herald import Herald
from bot.office.slips import CloseFromOutside
from bot.store.audit import HOUSE, Act, Deed
from bot.store.stores import Stores
from bot.store.trouble import STORE_TROUBLE
from bot.underway.ending import Ending
from bot.underway.worker import described

LOOK_S = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shutters:
    """What the closer works with; without ``orders`` (replicas share a database) it closes nothing itself."""

    stores: Stores
    crew: Crew
    ending: Ending
    herald: Herald
    orders: Orders | None


class Closer:
    """Closes the event."""

    def __init__(self, shutters: Shutters) -> None:
        """Work with these."""
        self._shutters = shutters

    # -- maintainers ------------------------------------------------------------------------------------

    async def shared(self, actor: GuestKey) -> int:
        """How many pictures the owner's archive would hold.

        Raises:
            CloseFromOutside: only the command line can.
        """
        await self._shutters.crew.check(actor)
        if self._shutters.orders is None:
            raise CloseFromOutside
        return await self._shutters.stores.shares.counted()

    async def order(self, actor: GuestKey) -> None:
        """Close the event in a moment; the crew is told when it is done.

        Raises:
            CloseFromOutside: only the command line can.
        """
        await self.shared(actor)
        if (orders := self._shutters.orders) is not None:
            await asyncio.to_thread(orders.leave, secrets.token_hex(8), actor)

    # -- the work ---------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Look for an order for ever."""
        orders = self._shutters.orders
        while orders is not None:
            order = await asyncio.to_thread(orders.order)
            if order is not None:
                await self._obey(orders, order)
            await asyncio.sleep(LOOK_S)

    async def _obey(self, orders: Orders, order: Order) -> None:
        try:
            closed = await self.close(orders, order)
        except (FileExistsError, *STORE_TROUBLE) as error:
            log.warning("the event is not closed: %s", described(error))
            told: Mapping[str, int | str] = {"error": type(error).__name__}
        else:
            told = asdict(closed)
            if order.actor != HOUSE:  # the command line tells the owner itself, and takes the archive away
                await self._shutters.herald.tell_crew(
                    "news-closed", number=closed.exported, archive=order.archive
                )
        with suppress(OSError):
            await asyncio.to_thread(lambda: orders.tell(order.token, told, last=True))

    async def close(self, orders: Orders, order: Order) -> Closed:
        """Export what is shared, end what is under way, then erase.

        Raises:
            OSError: the archive can't be written; nothing was erased.
        """
        stores, archive = self._shutters.stores, orders.archive(order)

        def progress(done: int, of: int) -> None:
            with suppress(OSError):
                orders.tell(order.token, {"done": done, "of": of}, last=False)

        await export_to(stores, archive, progress)
        exported = await asyncio.to_thread(pictures_in, archive)  # also those of a try that was killed
        if not exported and order.actor != HOUSE:
            await asyncio.to_thread(archive.unlink)
        for job in await stores.jobs.promised():
            with suppress(UnknownJob):  # it has just ended by itself
                await self._shutters.ending.discard(job.guest, job.id)
        crew = [one.guest for one in await self._shutters.crew.everybody()]
        return await erase_event(stores, Deed(GuestKey(order.actor), Act.CLOSE_EVENT), crew, exported)
