"""How the core's parts are put together, once it is decided which renderers, chats and database there are."""

from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager

from bot.assembly.hall import Hall, open_hall
from bot.assembly.plan import Parts, Plan
from bot.booth import Booth, Desk, Rooms
from bot.console.console import Console
from bot.guests.forgetting import Forgetting
from bot.guests.gate import Gate
from bot.guests.keepsakes import KeepsakeParts, Keepsakes
from bot.guests.moments import Moments, Props
from bot.guests.reception import Counter, Reception
from bot.guests.sharing import Frames, Sharing
from bot.guests.wall import Nails, Wall
from bot.nouns import Claim
from bot.office.atelier import Atelier, Tools
from bot.office.closer import Closer, Shutters
from bot.office.curator import Curator, Keys
from bot.office.hand import Hand, Levers
from bot.office.invitations import Invitations
from bot.office.office import Office
from bot.office.spellings import Spellings
from bot.office.stats import Books, Stats
from bot.office.style_sets import StyleSets
from bot.office.titles import Titles
from bot.office.trials import Trials
from bot.office.wardrobe import Racks, Wardrobe
from bot.office.watch import Instruments, Watch
from bot.staff.clerk import Clerk
from bot.staff.courier import Courier, Satchel
from bot.staff.fetcher import Cloakroom, Fetcher
from bot.staff.finishing import Finisher
from bot.staff.hanging import Hanger, Ladder
from bot.staff.outcomes import Outcomes
from bot.staff.painter import Painter, Studio
from bot.staff.recalling import Rake, Recaller
from bot.staff.scrubber import Scrubber
from bot.staff.staff import Staff
from bot.store.stores import Stores
from bot.underway.ending import Ending
from bot.underway.worker import Worker


@asynccontextmanager
async def open_booth(plan: Plan, parts: Parts) -> AsyncIterator[Booth]:
    """A booth whose staff works while the block runs; jobs that a restart left go on at once."""
    stores, hall = parts.stores, open_hall(plan, parts)
    studio = _studio(plan, parts, hall)
    painters = [Painter(renderer, studio) for renderer in parts.renderers]
    fetcher = _fetcher(stores, hall)
    ending = _ending(parts, hall, [fetcher.worker, *(one.worker for one in painters)])
    moments = _moments(plan, parts, hall)
    rooms = _rooms(plan, parts, hall, ending, moments)
    booth = Booth(_desk(plan, stores, hall, ending, moments), rooms)
    owner, keeper, bell, teller = hall.owner, hall.keeper, stores.bell, hall.teller
    staff = Staff(
        owner=owner,
        alone=stores.database.embedded,
        clerk=Clerk(owner, stores.inbox, keeper, bell, parts.listeners(booth)),
        fetcher=fetcher,
        painters=painters,
        hanger=_hanger(parts, hall),
        recaller=_recaller(parts, hall),
        courier=Courier(Satchel(owner, stores.claims, stores.vault, keeper, bell, teller, studio.on_step)),
        keeper=keeper,
        scrubber=Scrubber(parts.renderers, stores.traces),
        teller=teller,
        lines=hall.lines,
        claims=stores.claims,
        fetches=stores.fetches,
        inbox=stores.inbox,
        postings=stores.postings,
        recalls=stores.recalls,
        bell=bell,
        rounds=_rounds(plan, hall, rooms),
    )
    if stores.database.embedded:
        await hall.keeper.sweep()
    await hall.collection.refresh()
    await hall.previews.refresh()
    async with staff.working():
        yield booth


def _rounds(plan: Plan, hall: Hall, rooms: Rooms) -> Sequence[Callable[[], Coroutine[None, None, None]]]:
    always = (
        hall.collection.run,
        hall.messenger.run,
        rooms.office.hand.run,
        rooms.wall.run,
        rooms.office.closer.run,
    )
    return (*always, rooms.office.previews.run) if plan.sheet else always


def _hanger(parts: Parts, hall: Hall) -> Hanger:
    stores = parts.stores
    return Hanger(
        Ladder(
            owner=hall.owner,
            chats=parts.chats,
            postings=stores.postings,
            shares=stores.shares,
            claims=stores.claims,
            vault=stores.vault,
            shelf=hall.shelf,
            words=parts.words,
            herald=hall.herald,
            keeper=hall.keeper,
            bell=stores.bell,
        )
    )


def _recaller(parts: Parts, hall: Hall) -> Recaller:
    stores = parts.stores
    return Recaller(
        Rake(
            owner=hall.owner,
            chats=parts.chats,
            recalls=stores.recalls,
            messenger=hall.messenger,
            words=parts.words,
            keeper=hall.keeper,
            bell=stores.bell,
        )
    )


def _rooms(plan: Plan, parts: Parts, hall: Hall, ending: Ending, moments: Moments) -> Rooms:
    stores = parts.stores
    frames = Frames(
        jobs=stores.jobs,
        shares=stores.shares,
        postings=stores.postings,
        recalls=stores.recalls,
        house=stores.house,
        herald=hall.herald,
        teller=hall.teller,
        bell=stores.bell,
    )
    nails = Nails(
        shares=stores.shares,
        counts=stores.counts,
        vault=stores.vault,
        shelf=hall.shelf,
        lines=hall.lines,
        renderers=parts.renderers,
        bell=stores.bell,
        uplinks=parts.uplinks,
    )
    office = _office(parts, hall, ending)
    console = Console(office, parts.words, stores.events, stores.questions)
    return Rooms(_keepsakes(plan, parts, hall), Sharing(frames), moments, Wall(nails), office, console)


def _keepsakes(plan: Plan, parts: Parts, hall: Hall) -> Keepsakes:
    jobs, guests, vault = parts.stores.jobs, parts.stores.guests, parts.stores.vault
    return Keepsakes(KeepsakeParts(jobs, guests, vault, parts.desk, hall.shelf, parts.words, plan.framing))


def _moments(plan: Plan, parts: Parts, hall: Hall) -> Moments:
    stores = parts.stores
    return Moments(
        Props(
            store=stores.moments,
            postings=stores.postings,
            house=stores.house,
            vault=stores.vault,
            shelf=hall.shelf,
            children=parts.desk,
            words=parts.words,
            bell=stores.bell,
            event=plan.framing.event,
        )
    )


def _curator(parts: Parts, hall: Hall) -> Curator:
    stores = parts.stores
    return Curator(
        Keys(
            crew=hall.crew,
            shares=stores.shares,
            feeds=stores.feeds,
            postings=stores.postings,
            house=stores.house,
            meta=stores.meta,
            audit=stores.audit,
            claims=stores.claims,
            jobs=stores.jobs,
            vault=stores.vault,
            shelf=hall.shelf,
            titles=Titles(parts.chats),
            teller=hall.teller,
            bell=stores.bell,
            walls=parts.walls,
        )
    )


def _studio(plan: Plan, parts: Parts, hall: Hall) -> Studio:
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


def _fetcher(stores: Stores, hall: Hall) -> Fetcher:
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


def _ending(parts: Parts, hall: Hall, workers: Sequence[Worker[Claim]]) -> Ending:
    stores = parts.stores
    return Ending(
        stores.jobs,
        stores.erasure,
        stores.vault,
        hall.shelf,
        hall.lines,
        stores.bell,
        hall.teller,
        parts.words,
        workers,
    )


def _office(parts: Parts, hall: Hall, ending: Ending) -> Office:
    stores, crew = parts.stores, hall.crew
    trials = Trials(stores.jobs, stores.vault, hall.shelf, hall.collection, hall.entrance, ending, hall.model)
    tools = Tools(crew, stores.drafts, stores.styles, hall.collection, parts.bench, trials)
    titles, spellings = Titles(parts.chats), Spellings(stores.meta, parts.inviting.event)
    racks = Racks(
        crew, stores.styles, hall.collection, hall.shelf, stores.counts, stores.meta, stores.jobs, titles
    )
    levers = Levers(crew, stores.house, stores.jobs, stores.notes, hall.herald, stores.bell)
    books = Books(stores.counts, stores.scans, hall.shelf, parts.words, parts.desk, spellings)
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
        stats=Stats(crew, books),
        curator=_curator(parts, hall),
        closer=Closer(Shutters(stores, crew, ending, hall.herald, parts.orders)),
        invitations=Invitations(crew, parts.inviting, parts.words, parts.desk, spellings),
        previews=hall.previews,
    )


def _desk(plan: Plan, stores: Stores, hall: Hall, ending: Ending, moments: Moments) -> Desk:
    return Desk(
        jobs=stores.jobs,
        guests=stores.guests,
        scans=stores.scans,
        vault=stores.vault,
        lines=hall.lines,
        shelf=hall.shelf,
        teller=hall.teller,
        ending=ending,
        reception=_reception(plan, stores, hall, ending, moments),
        forgetting=_forgetting(stores, ending),
    )


def _reception(plan: Plan, stores: Stores, hall: Hall, ending: Ending, moments: Moments) -> Reception:
    return Reception(
        Counter(
            jobs=stores.jobs,
            vault=stores.vault,
            keeper=hall.keeper,
            bell=stores.bell,
            lines=hall.lines,
            shelf=hall.shelf,
            cleaner=hall.cleaner,
            gate=Gate(stores.house, plan.limits),
            ending=ending,
            previews=hall.previews,
            moments=moments,
            on_step=hall.on_step,
        )
    )


def _forgetting(stores: Stores, ending: Ending) -> Forgetting:
    return Forgetting(
        erasure=stores.erasure,
        inbox=stores.inbox,
        notes=stores.notes,
        guests=stores.guests,
        vault=stores.vault,
        ending=ending,
        bell=stores.bell,
    )
