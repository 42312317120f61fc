"""Everything that lasts, opened together: the database, and where photos and pictures lie."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.ports import Vault
from bot.store.audit import AuditStore
from bot.store.bell import Bell
from bot.store.claims import ClaimStore
from bot.store.closing import ClosingStore
from bot.store.console import EventStore, QuestionStore
from bot.store.counts import CountStore
from bot.store.crew import CrewStore
from bot.store.database import Database, open_database
from bot.store.drafts import DraftStore
from bot.store.erasure import ErasureStore
from bot.store.feeds import FeedStore
from bot.store.fetches import FetchStore
from bot.store.guests import GuestStore
from bot.store.house import HouseStore
from bot.store.inbox import InboxStore
from bot.store.jobs import JobStore
from bot.store.lock import alone
from bot.store.meta import MetaStore
from bot.store.migrate import migrate
from bot.store.moments import MomentStore
from bot.store.notes import NoteStore
from bot.store.postings import PostingStore
from bot.store.previews import PreviewStore
from bot.store.pulse import PulseStore
from bot.store.recalls import RecallStore
from bot.store.reserve import Reserve
from bot.store.scans import ScanStore
from bot.store.shares import ShareStore
from bot.store.styles import StyleStore
from bot.store.traces import TraceStore
from bot.store.upkeep import UpkeepStore
from bot.store.vaults import FileVault, RowVault


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
    shares: ShareStore
    feeds: FeedStore
    postings: PostingStore
    recalls: RecallStore
    moments: MomentStore
    erasure: ErasureStore
    closing: ClosingStore
    vault: Vault
    reserve: Reserve | None
    bell: Bell


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
            shares=ShareStore(database),
            feeds=FeedStore(database),
            postings=PostingStore(database),
            recalls=RecallStore(database),
            moments=MomentStore(database),
            erasure=ErasureStore(database),
            closing=ClosingStore(database),
            vault=vault,
            reserve=reserve,
            bell=bell,
        )
