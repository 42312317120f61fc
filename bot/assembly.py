"""How the core's parts are put together, once it is decided which renderers, chats and database there are."""

import platform
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.booth import Booth, Desk
from bot.captions import Framing
from bot.children import Children
from bot.cleaning import Cleaner
from bot.clerk import Clerk
from bot.courier import Courier, Satchel
from bot.fetcher import Cloakroom, Fetcher
from bot.keeper import Keeper, Retention
from bot.lines import Lines
from bot.painter import Painter, Studio
from bot.ports import Chat, Listener, Renderer, Vault
from bot.scrubber import Scrubber
from bot.shelf import Shelf
from bot.staff import Staff
from bot.store.bell import Bell
from bot.store.claims import ClaimStore
from bot.store.database import Database, open_database
from bot.store.fetches import FetchStore
from bot.store.guests import GuestStore
from bot.store.inbox import InboxStore
from bot.store.jobs import JobStore, Limits
from bot.store.lock import alone
from bot.store.meta import MetaStore
from bot.store.migrate import migrate
from bot.store.pulse import PulseStore
from bot.store.reserve import Reserve
from bot.store.scans import ScanStore
from bot.store.traces import TraceStore
from bot.store.upkeep import UpkeepStore
from bot.store.vaults import FileVault, RowVault
from bot.teller import Teller
from bot.trail import OnStep, no_step
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Plan:
    """What the owner decided about the core; sizes are bytes."""

    limits: Limits
    retention: Retention
    framing: Framing
    max_upload_bytes: int
    previews: bool = True


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
            pulse=PulseStore(database),
            vault=vault,
            reserve=reserve,
            bell=bell,
        )


@asynccontextmanager
async def open_booth(plan: Plan, parts: Parts) -> AsyncIterator[Booth]:
    """A booth whose staff works while the block runs; jobs that a restart left go on at once."""
    stores = parts.stores
    studio = _studio(plan, parts)
    cleaner = Cleaner(parts.desk, plan.max_upload_bytes)
    painters = [Painter(renderer, studio) for renderer in parts.renderers]
    fetcher = _fetcher(stores, studio, cleaner)
    booth = Booth(_desk(plan, stores, studio, cleaner), [fetcher.worker, *(one.worker for one in painters)])
    owner, keeper, bell, teller = studio.owner, studio.keeper, studio.bell, studio.teller
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
        lines=studio.lines,
        claims=stores.claims,
        fetches=stores.fetches,
        inbox=stores.inbox,
        bell=bell,
    )
    async with staff.working():
        yield booth


def _studio(plan: Plan, parts: Parts) -> Studio:
    stores = parts.stores
    shelf = Shelf(parts.renderers, parts.words)
    lines = Lines(stores.jobs, stores.meta, shelf)
    owner = f"{platform.node()}-{uuid.uuid4().hex[:8]}"
    return Studio(
        owner=owner,
        claims=stores.claims,
        meta=stores.meta,
        traces=stores.traces,
        vault=stores.vault,
        keeper=Keeper(stores.jobs, stores.upkeep, stores.vault, stores.reserve, plan.retention),
        bell=stores.bell,
        lines=lines,
        shelf=shelf,
        teller=Teller(owner, parts.chats, stores.claims, lines, shelf, parts.words),
        children=parts.desk,
        words=parts.words,
        framing=plan.framing,
        previews=plan.previews,
        on_step=parts.on_step,
    )


def _fetcher(stores: Stores, studio: Studio, cleaner: Cleaner) -> Fetcher:
    return Fetcher(
        Cloakroom(
            owner=studio.owner,
            fetches=stores.fetches,
            cleaner=cleaner,
            vault=stores.vault,
            keeper=studio.keeper,
            bell=stores.bell,
            lines=studio.lines,
            teller=studio.teller,
            on_step=studio.on_step,
        )
    )


def _desk(plan: Plan, stores: Stores, studio: Studio, cleaner: Cleaner) -> Desk:
    return Desk(
        jobs=stores.jobs,
        guests=stores.guests,
        inbox=stores.inbox,
        scans=stores.scans,
        vault=stores.vault,
        keeper=studio.keeper,
        bell=stores.bell,
        lines=studio.lines,
        shelf=studio.shelf,
        teller=studio.teller,
        cleaner=cleaner,
        limits=plan.limits,
        on_step=studio.on_step,
    )
