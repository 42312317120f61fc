"""The wardrobe: looking after the styles that are there. What stands on the shelf can be drawn, or is away.

Nothing is ever thrown out: a style that isn't wanted is hidden, and each of its versions stays.
"""

from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass

from bot.definitions import StyleDefinition
from bot.nouns import ChatKey, GuestKey, StyleId, StyleKind
from bot.office.crew import Crew
from bot.office.slips import NoSuchStyle, NoSuchVersion, NotDrawable, WrongField
from bot.office.titles import Titles
from bot.store.audit import Act, Deed
from bot.store.counts import CountStore
from bot.store.jobs import JobStore
from bot.store.meta import MetaStore
from bot.store.styles import SHIPPED, Placing, StyleStore, StyleVersion
from bot.styles.collection import Collection
from bot.styles.shelf import Shelf

MOST_HAUNTS = 20  # private chats among them: each is asked for its title


@dataclass(frozen=True, slots=True)
class StyleReport:
    """One style as a maintainer sees it.

    Attributes:
        available: Whether it could be drawn at this moment.
        uses: Pictures that guests have got.
        failures: Guests' jobs that it ended in an apology.
        seconds: Mean of recent renders; None before the first.
        shown: Whether guests are offered it, at this moment and in some chat.
    """

    style: StyleId
    name: str
    emoji: str
    kind: StyleKind
    placing: Placing
    available: bool
    uses: int
    failures: int
    seconds: float | None
    shown: bool


@dataclass(frozen=True, slots=True)
class Venue:
    """A chat that a style is kept to, or could be.

    Attributes:
        title: What people call it; None where nobody could say just now.
        chosen: Whether the style is kept to it.
    """

    chat: ChatKey
    title: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Racks:
    """What the wardrobe works with."""

    crew: Crew
    styles: StyleStore
    collection: Collection
    shelf: Shelf
    counts: CountStore
    meta: MetaStore
    jobs: JobStore
    titles: Titles


class Wardrobe:
    """Looks after styles."""

    def __init__(self, racks: Racks) -> None:
        """Work with these."""
        self._racks = racks

    async def styles(self, actor: GuestKey, language: str) -> Sequence[StyleReport]:
        """Every style in its place, hidden ones and those that no server can draw too.

        Raises:
            NotAMaintainer: as every method here.
        """
        racks = self._racks
        await racks.crew.check(actor)
        totals, pace = await racks.counts.totals(), await racks.meta.pace()
        reports = []
        for style in self._ids():
            definition = racks.collection.current(style)
            known = racks.shelf.known(style)
            if definition is None and known is None:
                continue
            uses, failures = totals.get(style, (0, 0))
            reports.append(
                StyleReport(
                    style=style,
                    name=racks.shelf.name(style, language),
                    emoji=known.emoji if known else definition.emoji if definition else "",
                    kind="graph" if definition is None or definition.filter is None else "filter",
                    placing=racks.shelf.arrangement.placing(style),
                    available=self._is_available(style),
                    uses=uses,
                    failures=failures,
                    seconds=pace.seconds.get(style),
                    shown=self._is_shown(style),
                )
            )
        return reports

    async def versions(self, actor: GuestKey, style: StyleId) -> Sequence[StyleVersion]:
        """A style's own versions, the newest first; the shipped one, number 0, isn't among them."""
        await self._racks.crew.check(actor)
        self._check_known(style)
        return await self._racks.styles.versions(style)

    async def reorder(self, actor: GuestKey, first: Sequence[StyleId]) -> None:
        """Put these styles first, in this order; the others follow as they stand.

        Raises:
            NoSuchStyle: one of them isn't there.
        """
        await self._racks.crew.check(actor)
        for style in first:
            self._check_known(style)
        order = list(dict.fromkeys([*first, *self._ids()]))
        await self._racks.styles.reorder(Deed(actor, Act.REORDER, " ".join(first)), order)
        await self._racks.collection.changed()

    async def move(self, actor: GuestKey, style: StyleId, place: int) -> None:
        """Put a style in a place, 1 is the first.

        Raises:
            NoSuchStyle: it isn't there.
        """
        await self._racks.crew.check(actor)
        self._check_known(style)
        others = [one for one in self._ids() if one != style]
        at = max(0, min(place - 1, len(others)))
        await self.reorder(actor, [*others[:at], style, *others[at:]])

    async def hide(self, actor: GuestKey, style: StyleId) -> None:
        """Take a style from the guests' shelf; pictures that are waiting are still made.

        Raises:
            NoSuchStyle: it isn't there.
        """
        await self._arrange(Deed(actor, Act.HIDE, style), style, hidden=True)

    async def show(self, actor: GuestKey, style: StyleId) -> None:
        """Put a style back on the shelf that was hidden, or set aside.

        Raises:
            NoSuchStyle: it isn't there.
            NotDrawable: no server can draw it, and why.
        """
        await self._racks.crew.check(actor)
        await self._check_drawable(self._racks.collection.current(style))
        deed = Deed(actor, Act.SHOW, style)
        await self._arrange(deed, style, hidden=False, set_aside=None, failures=0)

    async def schedule(
        self, actor: GuestKey, style: StyleId, since: float | None, until: float | None
    ) -> None:
        """Offer a style from one moment to another only, seconds since the epoch; None is open.

        Raises:
            NoSuchStyle: it isn't there.
            WrongField: it would end before it begins.
        """
        if since is not None and until is not None and until <= since:
            await self._racks.crew.check(actor)
            raise WrongField(field="until")
        await self._arrange(Deed(actor, Act.SCHEDULE, style), style, since=since, until=until)

    async def restrict(self, actor: GuestKey, style: StyleId, chats: Some[ChatKey] | None) -> None:
        """Offer a style in these chats only; None is everywhere.

        Raises:
            NoSuchStyle: it isn't there.
            WrongField: these are none: a style that nobody is to see is hidden.
        """
        if chats is not None and not chats:
            await self._racks.crew.check(actor)
            raise WrongField(field="chats")
        allowed = None if chats is None else frozenset(chats)
        await self._arrange(Deed(actor, Act.RESTRICT, style), style, chats=allowed)

    async def venues(self, actor: GuestKey, style: StyleId) -> Sequence[Venue]:
        """The chats that a style is kept to, then groups and channels where guests have lately sent photos.

        Raises:
            NoSuchStyle: it isn't there.
        """
        racks = self._racks
        await racks.crew.check(actor)
        self._check_known(style)
        chosen = sorted(racks.shelf.arrangement.placing(style).chats or ())
        others = [chat for chat in await racks.jobs.haunts(MOST_HAUNTS) if chat not in chosen]
        titles = await racks.titles.of([*chosen, *others])
        kept = [Venue(chat, titles.get(chat), chosen=True) for chat in chosen]
        return [*kept, *(Venue(chat, titles[chat], chosen=False) for chat in others if chat in titles)]

    async def roll_back(self, actor: GuestKey, style: StyleId, version: int | None = None) -> int:
        """Publish an earlier version again, by default the one before; return its number.

        Raises:
            NoSuchStyle, NoSuchVersion: there is none.
            NotDrawable: no server can draw it any more, and why.
        """
        await self._racks.crew.check(actor)
        self._check_known(style)
        number, definition = await self._version(style, version)
        await self._check_drawable(definition)
        await self._racks.styles.use_version(Deed(actor, Act.ROLL_BACK, f"{style} {number}"), style, number)
        await self._racks.collection.changed()
        return number

    # -- inside -----------------------------------------------------------------------------------------

    async def _version(self, style: StyleId, version: int | None) -> tuple[int, StyleDefinition]:
        known = {one.number: one.definition for one in await self._racks.styles.versions(style)}
        shipped = self._racks.collection.shipped(style)
        if shipped is not None:
            known[SHIPPED] = shipped
        current = self._racks.collection.version(style)
        wanted = max((one for one in known if one < current), default=-1) if version is None else version
        if wanted not in known:
            raise NoSuchVersion(latest=max(known, default=SHIPPED))
        return wanted, known[wanted]

    async def _arrange(self, deed: Deed, style: StyleId, **changes: object) -> None:
        await self._racks.crew.check(deed.who)
        self._check_known(style)
        await self._racks.styles.arrange(deed, style, **changes)
        await self._racks.collection.changed()

    async def _check_drawable(self, definition: StyleDefinition | None) -> None:
        """A version was tried out before it was published: only what is known to be wrong now hinders."""
        if definition is None:
            raise NoSuchStyle
        complaints = await self._racks.collection.check(definition)
        if wrong := [one for one in complaints if one.severity == "wrong"]:
            raise NotDrawable(wrong)

    def _check_known(self, style: StyleId) -> None:
        if style not in self._ids():
            raise NoSuchStyle

    def _ids(self) -> Sequence[StyleId]:
        """Every style's id in its place; last those that no renderer offers."""
        shelf = self._racks.shelf
        offered = [offer.style.id for offer in shelf.everything()]
        own = [style for style in shelf.arrangement.published if style not in offered]
        return [*offered, *own]

    def _is_available(self, style: StyleId) -> bool:
        return any(offer.available for offer in self._racks.shelf.everything() if offer.style.id == style)

    def _is_shown(self, style: StyleId) -> bool:
        return self._racks.shelf.is_shown(style)
