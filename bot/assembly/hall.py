"""What guests' and maintainers' rooms share, made of the plan and its parts."""

import platform
import uuid
from dataclasses import dataclass

from bot.assembly.backroom import Backroom
from bot.assembly.plan import Parts, Plan
from bot.office.crew import Crew
from bot.office.herald import Herald
from bot.office.previews import PreviewParts, Previews
from bot.pixels.cleaning import Cleaner
from bot.staff.latecomers import Latecomers
from bot.styles.collection import Collection
from bot.styles.model import Model
from bot.styles.shelf import Shelf
from bot.trail import OnStep
from bot.underway.entrance import Entrance
from bot.underway.keeper import Broom, Keeper
from bot.underway.lines import Lines
from bot.underway.messenger import Messenger
from bot.underway.teller import Teller


@dataclass(frozen=True, slots=True)
class Hall:
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


def open_hall(plan: Plan, parts: Parts) -> Hall:
    """Make them; nobody works yet."""
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
    return Hall(
        owner=owner,
        shelf=shelf,
        lines=lines,
        keeper=Keeper(
            Broom(stores.jobs, stores.upkeep, stores.shares, stores.vault, stores.reserve, stores.bell),
            plan.retention,
        ),
        teller=_teller(owner, parts, lines, shelf),
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


def _teller(owner: str, parts: Parts, lines: Lines, shelf: Shelf) -> Teller:
    stores = parts.stores
    teller = Teller(owner, [*parts.chats, Backroom()], stores.claims, lines, shelf, parts.words)
    teller.on_picture = Latecomers(stores.recalls, stores.bell).see
    return teller
