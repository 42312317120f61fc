"""How the core's parts are put together, once it is decided which renderers, chats and database there are."""

import platform
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.booth import Booth, Desk
from bot.captions import Framing
from bot.children import Children
from bot.cleaning import Cleaner
from bot.courier import Courier
from bot.keeper import Keeper, Retention
from bot.lines import Lines
from bot.nouns import StyleId
from bot.painter import Painter, Studio
from bot.ports import Chat, Renderer, Vault
from bot.shelf import Shelf
from bot.staff import Staff
from bot.store.bell import Bell
from bot.store.claims import ClaimStore
from bot.store.database import Database, open_database
from bot.store.jobs import JobStore, Limits
from bot.store.meta import MetaStore
from bot.store.migrate import migrate
from bot.store.reserve import Reserve
from bot.store.upkeep import UpkeepStore
from bot.store.vaults import FileVault, RowVault
from bot.teller import Teller
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
    upkeep: UpkeepStore
    meta: MetaStore
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
        on_render: Told of every render's style, outcome and seconds.
    """

    stores: Stores
    renderers: Sequence[Renderer]
    chats: Sequence[Chat]
    desk: Children
    words: Words
    on_render: Callable[[StyleId, str, float], None] = lambda _style, _outcome, _seconds: None


@asynccontextmanager
async def open_stores(url: sa.URL, data_dir: Path) -> AsyncIterator[Stores]:
    """Open and migrate the database; with SQLite photos and pictures lie in ``data_dir``, else in rows.

    Raises:
        SetupError: with one line on what the owner can do.
    """
    async with open_database(url) as database:
        await migrate(database)
        reserve: Reserve | None = None
        vault: Vault = RowVault(database)
        if database.embedded:
            vault = FileVault(data_dir)
            reserve = Reserve(data_dir)
            await reserve.restore()
        yield Stores(
            database=database,
            jobs=JobStore(database),
            claims=ClaimStore(database),
            upkeep=UpkeepStore(database),
            meta=MetaStore(database),
            vault=vault,
            reserve=reserve,
            bell=Bell(database),
        )


@asynccontextmanager
async def open_booth(plan: Plan, parts: Parts) -> AsyncIterator[Booth]:
    """A booth whose staff works while the block runs; jobs that a restart left go on at once."""
    stores = parts.stores
    owner = f"{platform.node()}-{uuid.uuid4().hex[:8]}"
    shelf = Shelf(parts.renderers, parts.words)
    lines = Lines(stores.jobs, stores.meta, shelf)
    teller = Teller(parts.chats, stores.claims, lines, shelf, parts.words)
    keeper = Keeper(stores.jobs, stores.upkeep, stores.vault, stores.reserve, plan.retention)
    studio = Studio(
        owner=owner,
        claims=stores.claims,
        meta=stores.meta,
        vault=stores.vault,
        keeper=keeper,
        bell=stores.bell,
        lines=lines,
        shelf=shelf,
        teller=teller,
        children=parts.desk,
        words=parts.words,
        framing=plan.framing,
        previews=plan.previews,
        on_render=parts.on_render,
    )
    painters = [Painter(renderer, studio) for renderer in parts.renderers]
    courier = Courier(owner, stores.claims, stores.vault, keeper, stores.bell, teller)
    desk = Desk(
        jobs=stores.jobs,
        vault=stores.vault,
        keeper=keeper,
        bell=stores.bell,
        lines=lines,
        shelf=shelf,
        teller=teller,
        cleaner=Cleaner(parts.desk, plan.max_upload_bytes),
        limits=plan.limits,
    )
    alone = stores.database.embedded
    staff = Staff(owner, alone, painters, courier, keeper, teller, lines, stores.claims, stores.bell)
    async with staff.working():
        yield Booth(desk, painters)
