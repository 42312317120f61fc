"""The collection: what the store knows of styles, brought to the shelf and to the renderer of graphs."""

import asyncio
import logging
from collections.abc import Sequence

from bot.bench import Complaint, StyleBench
from bot.definitions import StyleDefinition
from bot.nouns import StyleId
from bot.store.bell import STYLES, Bell
from bot.store.drafts import DraftStore
from bot.store.styles import SHIPPED, StyleStore
from bot.store.trouble import STORE_TROUBLE
from bot.styles.shelf import Arrangement, Shelf

LOOK_AGAIN_S = 30.0  # in case another replica's ring was lost

log = logging.getLogger(__name__)


class Collection:
    """Keeps shelf and bench as the store says."""

    def __init__(
        self, styles: StyleStore, drafts: DraftStore, shelf: Shelf, bench: StyleBench, bell: Bell
    ) -> None:
        """Bring these together; nothing is read before :meth:`refresh`."""
        self._styles = styles
        self._drafts = drafts
        self._shelf = shelf
        self._bench = bench
        self._bell = bell
        self._refreshing = asyncio.Lock()

    async def refresh(self) -> None:
        """Read the store; what has changed is shown by the shelf and drawn by the bench from now on."""
        async with self._refreshing:
            published = await self._styles.published()
            drafts = [draft.rendered() for draft in await self._drafts.all()]
            arrangement = Arrangement(
                published.placings, published.definitions, {draft.style: draft for draft in drafts}
            )
            if arrangement == self._shelf.arrangement:
                return
            self._shelf.arrangement = arrangement
            graphs = [*published.definitions.values(), *drafts]
            self._bench.adopt([definition for definition in graphs if definition.filter is None])

    async def changed(self) -> None:
        """A maintainer has changed something: bring it here at once, and to other replicas in a moment."""
        await self.refresh()
        await self._bell.ring(STYLES)

    async def run(self) -> None:
        """Follow what other replicas change."""
        wake = self._bell.event(STYLES)
        while True:
            try:
                async with asyncio.timeout(LOOK_AGAIN_S):
                    await wake.wait()
            except TimeoutError:
                pass
            wake.clear()
            try:
                await self.refresh()
            except STORE_TROUBLE as error:
                log.warning("styles are shown as they were: %s", type(error).__name__)

    def shipped(self, style: StyleId) -> StyleDefinition | None:
        """A style as it is shipped, as a definition; None for those of maintainers."""
        for definition in self._bench.shipped():
            if definition.style == style:
                return definition
        for offer in self._shelf.everything():
            if offer.style.id == style and offer.style.kind == "filter":
                return StyleDefinition(style=style, emoji=offer.style.emoji, filter=style)
        return None

    def current(self, style: StyleId) -> StyleDefinition | None:
        """A style as it is published now; None when there is none of that id."""
        return self._shelf.arrangement.published.get(style) or self.shipped(style)

    def version(self, style: StyleId) -> int:
        """The number of the published version, 0 for the shipped one."""
        return (
            SHIPPED
            if style not in self._shelf.arrangement.published
            else (self._shelf.arrangement.placing(style).version)
        )

    async def check(self, definition: StyleDefinition) -> Sequence[Complaint]:
        """Why it can't be drawn; empty when it can."""
        if definition.filter is None:
            return await self._bench.check(definition)
        shipped = self.shipped(definition.style)
        if shipped is None or shipped.filter != definition.filter:
            return (Complaint("slip-no-such-filter"),)
        return ()
