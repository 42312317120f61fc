"""How the core's parts are put together, once it is decided which renderers, chats and database there are."""

import platform
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from bot.atelier import Atelier, Tools
from bot.backroom import Backroom
from bot.bench import StyleBench
from bot.booth import Booth, Desk
from bot.captions import Framing
from bot.children import Children
from bot.cleaning import Cleaner
from bot.clerk import Clerk
from bot.collection import Collection
from bot.console.console import Console
from bot.courier import Courier, Satchel
from bot.crew import Crew
from bot.ending import Ending
from bot.entrance import Entrance
from bot.fetcher import Cloakroom, Fetcher
from bot.finishing import Finisher
from bot.gate import Gate
from bot.hand import Hand, Levers
from bot.herald import Herald
from bot.invites.invitations import Invitations, Inviting
from bot.keeper import Keeper, Retention
from bot.keepsakes import KeepsakeParts, Keepsakes
from bot.lines import Lines
from bot.mailbox import Mailbox
from bot.messenger import Messenger
from bot.model import Model
from bot.no_bench import NoBench
from bot.nouns import Claim, GuestKey
from bot.office import Office
from bot.outcomes import Outcomes
from bot.painter import Painter, Studio
from bot.ports import Chat, Listener, Renderer, Vault
from bot.previews import PreviewParts, Previews
from bot.scrubber import Scrubber
from bot.shelf import Shelf
from bot.staff import Staff
from bot.stats import Stats
from bot.store.audit import AuditStore
from bot.store.bell import Bell
from bot.store.claims import ClaimStore
from bot.store.console import EventStore, QuestionStore
from bot.store.counts import CountStore
from bot.store.crew import CrewStore
from bot.store.database import Database, open_database
from bot.store.drafts import DraftStore
from bot.store.fetches import FetchStore
from bot.store.guests import GuestStore
from bot.store.house import HouseStore
from bot.store.inbox import InboxStore
from bot.store.jobs import JobStore, Limits
from bot.store.lock import alone
from bot.store.meta import MetaStore
from bot.store.migrate import migrate
from bot.store.notes import NoteStore
from bot.store.previews import PreviewStore
from bot.store.pulse import PulseStore
from bot.store.reserve import Reserve
from bot.store.scans import ScanStore
from bot.store.styles import StyleStore
from bot.store.traces import TraceStore
from bot.store.upkeep import UpkeepStore
from bot.store.vaults import FileVault, RowVault
from bot.style_sets import StyleSets
from bot.teller import Teller
from bot.titles import Titles
from bot.trail import OnStep, no_step
from bot.trials import Trials
from bot.wardrobe import Racks, Wardrobe
from bot.watch import Disk, Instruments, UplinkReport, Watch
from bot.words import Words
from bot.worker import Worker


@dataclass(frozen=True, slots=True)
class Plan:
    """What the owner decided about the core; sizes are bytes.

    Attributes:
        previews: Whether guests see their picture grow.
        sheet: Whether previews of graph styles are drawn while nobody waits.
        maintainers: Those whom only the owner removes.
    """

    limits: Limits
    retention: Retention
    framing: Framing
    max_upload_bytes: int
    previews: bool = True
    sheet: bool = True
    maintainers: Sequence[GuestKey] = ()


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything that lasts."""

    database: Database
    jobs: JobStore
    claims: ClaimStore
    fetches: FetchStore
    inbox: InboxStore
    guests: GuestStore
    scans: ScanStore
    upkeep: UpkeepStore
    meta: MetaStore
    traces: TraceStore
    audit: AuditStore
    crew: CrewStore
    styles: StyleStore
    drafts: DraftStore
    house: HouseStore
    counts: CountStore
    notes: NoteStore
    previews: PreviewStore
    events: EventStore
    questions: QuestionStore
    pulse: PulseStore
    vault: Vault
    reserve: Reserve | None
    bell: Bell


@dataclass(frozen=True, slots=True)
class Parts:
    """What the composition root has chosen.

    Attributes:
        renderers: In the order in which their styles are shown.
        chats: One a platform.
        desk: Child processes for intake and frames.
        bench: Where maintainers' graph styles are looked at and drawn.
        portrait: Gives the JPEG that test renders and previews are made of.
        shelf: The shelf, where a rim needs it before the booth is open.
        mailbox: Where the command line leaves a maintainer's code; None where it writes into the store.
        inviting: What invitations are made of.
        disk: How full the disk with database and pictures is.
        uplinks: How the platforms reach us.
        listeners: One a platform that sends us events, made once the booth is there; called before its staff
            works, so that no event is handled without a listener.
        on_step: Told of every step of every job.
    """

    stores: Stores
    renderers: Sequence[Renderer]
    chats: Sequence[Chat]
    desk: Children
    words: Words
    on_step: OnStep = no_step
    listeners: Callable[[Booth], Sequence[Listener]] = lambda _booth: ()
    bench: StyleBench = field(default_factory=NoBench)
    portrait: Callable[[], bytes] = bytes
    shelf: Shelf | None = None
    mailbox: Mailbox | None = None
    inviting: Inviting = field(default_factory=Inviting)
    disk: Callable[[], Disk | None] = lambda: None
    uplinks: Callable[[], Awaitable[Sequence[UplinkReport]]] | None = None


@asynccontextmanager
async def open_stores(url: sa.URL, data_dir: Path) -> AsyncIterator[Stores]:
    """Open and migrate the database; with SQLite photos and pictures lie in ``data_dir``, else in rows.

    Raises:
        SetupError: with one line on what the owner can do.
    """
    async with AsyncExitStack() as stack:
        if url.get_backend_name() == "sqlite":  # the pictures beside it are looked after by one process only
            stack.enter_context(alone(data_dir / "booth.lock"))
        database = await stack.enter_async_context(open_database(url))
        await migrate(database)
        reserve: Reserve | None = None
        vault: Vault = RowVault(database)
        if database.embedded:
            vault = FileVault(data_dir)
            reserve = Reserve(data_dir)
            await reserve.restore()
        bell = Bell(database)
        yield Stores(
            database=database,
            jobs=JobStore(database),
            claims=ClaimStore(database),
            fetches=FetchStore(database),
            inbox=InboxStore(database, bell),
            guests=GuestStore(database),
            scans=ScanStore(database),
            upkeep=UpkeepStore(database),
            meta=MetaStore(database),
            traces=TraceStore(database),
            audit=AuditStore(database),
            crew=CrewStore(database),
            styles=(styles := StyleStore(database)),
            drafts=DraftStore(database, styles),
            house=HouseStore(database),
            counts=CountStore(database),
            notes=NoteStore(database),
            previews=PreviewStore(database),
            events=EventStore(database),
            questions=QuestionStore(database),
            pulse=PulseStore(database),
            vault=vault,
            reserve=reserve,
            bell=bell,
        )


@asynccontextmanager
async def open_booth(plan: Plan, parts: Parts) -> AsyncIterator[Booth]:
    """A booth whose staff works while the block runs; jobs that a restart left go on at once."""
    stores, hall = parts.stores, _hall(plan, parts)
    studio = _studio(plan, parts, hall)
    painters = [Painter(renderer, studio) for renderer in parts.renderers]
    fetcher = _fetcher(stores, hall)
    ending = _ending(stores, hall, [fetcher.worker, *(one.worker for one in painters)])
    office = _office(parts, hall, ending)
    console = Console(office, parts.words, stores.events, stores.questions)
    booth = Booth(_desk(plan, stores, hall, ending), _keepsakes(plan, parts, hall), office, console)
    owner, keeper, bell, teller = hall.owner, hall.keeper, stores.bell, hall.teller
    staff = Staff(
        owner=owner,
        alone=stores.database.embedded,
        clerk=Clerk(owner, stores.inbox, keeper, bell, parts.listeners(booth)),
        fetcher=fetcher,
        painters=painters,
        courier=Courier(Satchel(owner, stores.claims, stores.vault, keeper, bell, teller, studio.on_step)),
        keeper=keeper,
        scrubber=Scrubber(parts.renderers, stores.traces),
        teller=teller,
        lines=hall.lines,
        claims=stores.claims,
        fetches=stores.fetches,
        inbox=stores.inbox,
        bell=bell,
        rounds=_rounds(plan, hall, office),
    )
    await hall.collection.refresh()
    await hall.previews.refresh()
    async with staff.working():
        yield booth


@dataclass(frozen=True, slots=True)
class _Hall:
    """What guests' and maintainers' rooms share."""

    owner: str
    shelf: Shelf
    lines: Lines
    keeper: Keeper
    teller: Teller
    cleaner: Cleaner
    crew: Crew
    collection: Collection
    messenger: Messenger
    herald: Herald
    model: Model
    on_step: OnStep
    entrance: Entrance
    previews: Previews


def _hall(plan: Plan, parts: Parts) -> _Hall:
    stores = parts.stores
    shelf = parts.shelf or Shelf(parts.renderers, parts.words)
    lines = Lines(stores.jobs, stores.meta, shelf)
    owner = f"{platform.node()}-{uuid.uuid4().hex[:8]}"
    cleaner = Cleaner(parts.desk, plan.max_upload_bytes)
    crew = Crew(plan.maintainers, stores.crew, stores.audit, parts.mailbox)
    collection = Collection(stores.styles, stores.drafts, shelf, parts.bench, stores.bell)
    messenger = Messenger(parts.chats, stores.notes, stores.bell)
    entrance = Entrance(stores.jobs, stores.vault, lines, stores.bell)
    model = Model(parts.portrait, cleaner)
    sheet = PreviewParts(stores.previews, stores.jobs, stores.vault, shelf, collection, entrance, model)
    return _Hall(
        owner=owner,
        shelf=shelf,
        lines=lines,
        keeper=Keeper(stores.jobs, stores.upkeep, stores.vault, stores.reserve, plan.retention),
        teller=Teller(owner, [*parts.chats, Backroom()], stores.claims, lines, shelf, parts.words),
        cleaner=cleaner,
        crew=crew,
        collection=collection,
        messenger=messenger,
        herald=Herald(crew, stores.guests, messenger, parts.words),
        model=model,
        on_step=parts.on_step,
        entrance=entrance,
        previews=Previews(sheet),
    )


def _rounds(plan: Plan, hall: _Hall, office: Office) -> Sequence[Callable[[], Coroutine[None, None, None]]]:
    always = (hall.collection.run, hall.messenger.run, office.hand.run)
    return (*always, office.previews.run) if plan.sheet else always


def _studio(plan: Plan, parts: Parts, hall: _Hall) -> Studio:
    stores = parts.stores
    outcomes = Outcomes(
        stores.styles, stores.drafts, stores.counts, hall.collection, hall.previews, hall.herald
    )
    return Studio(
        owner=hall.owner,
        claims=stores.claims,
        meta=stores.meta,
        traces=stores.traces,
        vault=stores.vault,
        keeper=hall.keeper,
        bell=stores.bell,
        lines=hall.lines,
        shelf=hall.shelf,
        teller=hall.teller,
        collection=hall.collection,
        finisher=Finisher(parts.desk, hall.shelf, parts.words, plan.framing, stores.guests),
        outcomes=outcomes,
        previews=plan.previews,
        on_step=hall.on_step,
    )


def _keepsakes(plan: Plan, parts: Parts, hall: _Hall) -> Keepsakes:
    jobs, guests, vault = parts.stores.jobs, parts.stores.guests, parts.stores.vault
    made = KeepsakeParts(jobs, guests, vault, parts.desk, hall.shelf, parts.words, plan.framing)
    return Keepsakes(made)


def _fetcher(stores: Stores, hall: _Hall) -> Fetcher:
    return Fetcher(
        Cloakroom(
            owner=hall.owner,
            fetches=stores.fetches,
            cleaner=hall.cleaner,
            vault=stores.vault,
            keeper=hall.keeper,
            bell=stores.bell,
            lines=hall.lines,
            teller=hall.teller,
            on_step=hall.on_step,
        )
    )


def _ending(stores: Stores, hall: _Hall, workers: Sequence[Worker[Claim]]) -> Ending:
    return Ending(stores.jobs, stores.vault, hall.shelf, hall.lines, stores.bell, hall.teller, workers)


def _office(parts: Parts, hall: _Hall, ending: Ending) -> Office:
    stores, crew = parts.stores, hall.crew
    trials = Trials(stores.jobs, stores.vault, hall.shelf, hall.collection, hall.entrance, ending, hall.model)
    tools = Tools(crew, stores.drafts, stores.styles, hall.collection, parts.bench, trials)
    titles = Titles(parts.chats)
    racks = Racks(
        crew, stores.styles, hall.collection, hall.shelf, stores.counts, stores.meta, stores.jobs, titles
    )
    levers = Levers(crew, stores.house, stores.jobs, stores.notes, hall.herald, stores.bell)
    instruments = Instruments(
        crew=crew,
        house=stores.house,
        counts=stores.counts,
        lines=hall.lines,
        renderers=parts.renderers,
        bench=parts.bench,
        words=parts.words,
        children=parts.desk,
        database=stores.database.url.get_backend_name(),
        disk=parts.disk,
        uplinks=parts.uplinks,
    )
    return Office(
        crew=crew,
        atelier=Atelier(tools),
        wardrobe=Wardrobe(racks),
        sets=StyleSets(crew, hall.shelf, stores.drafts, stores.audit, hall.collection, trials),
        hand=Hand(levers),
        watch=Watch(instruments),
        stats=Stats(crew, stores.counts, stores.scans, hall.shelf, parts.words, parts.desk),
        invitations=Invitations(crew, parts.inviting, parts.words, parts.desk),
        previews=hall.previews,
    )


def _desk(plan: Plan, stores: Stores, hall: _Hall, ending: Ending) -> Desk:
    return Desk(
        jobs=stores.jobs,
        guests=stores.guests,
        inbox=stores.inbox,
        scans=stores.scans,
        notes=stores.notes,
        vault=stores.vault,
        keeper=hall.keeper,
        bell=stores.bell,
        lines=hall.lines,
        shelf=hall.shelf,
        teller=hall.teller,
        cleaner=hall.cleaner,
        gate=Gate(stores.house, plan.limits),
        ending=ending,
        on_step=hall.on_step,
    )
