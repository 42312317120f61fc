"""Sets of styles as one file: what maintainers have published, taken along to the next booth.

The file is JSON: ``{"petaflop-styles": 1, "styles": [<definition>, …]}``, where a definition is that of
:class:`~bot.definitions.StyleDefinition`. It holds no pictures, no chats and nobody's name.
"""

import json
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.bench import Complaint
from bot.definitions import StyleDefinition
from bot.nouns import GuestKey, StyleId
from bot.office.crew import Crew
from bot.office.slips import UnusableSet
from bot.office.trials import Trials
from bot.store.audit import Act, AuditStore, Deed
from bot.store.drafts import DRAFT_PREFIX, Draft, DraftStore
from bot.styles.collection import Collection
from bot.styles.shelf import Shelf

MOST_BYTES = 8 << 20
MOST_STYLES = 100
FORMAT = 1


class _Set(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    format: int = Field(alias="petaflop-styles", ge=FORMAT, le=FORMAT)
    styles: tuple[StyleDefinition, ...] = Field(min_length=1, max_length=MOST_STYLES)


class StyleSets:
    """Writes and reads sets."""

    def __init__(
        self,
        crew: Crew,
        shelf: Shelf,
        drafts: DraftStore,
        audit: AuditStore,
        collection: Collection,
        trials: Trials,
    ) -> None:
        """Work with these."""
        self._crew = crew
        self._shelf = shelf
        self._drafts = drafts
        self._audit = audit
        self._collection = collection
        self._trials = trials

    async def export(self, actor: GuestKey) -> bytes:
        """Every style that has a version of its own, as it is published now.

        Raises:
            NotAMaintainer: the actor is none.
        """
        await self._crew.check(actor)
        published = self._shelf.arrangement.published.values()
        styles = [definition.model_dump(mode="json") for definition in published]
        await self._audit.note(Deed(actor, Act.EXPORT, str(len(styles))))
        return json.dumps(
            {"petaflop-styles": FORMAT, "styles": styles}, ensure_ascii=False, indent=1
        ).encode()

    async def take_in(self, actor: GuestKey, data: bytes, language: str) -> Sequence[Draft]:
        """Make a draft of every style in a set; each is published by itself as soon as it was rendered.

        Nothing is taken unless all of it can be drawn here.

        Raises:
            NotAMaintainer: the actor is none.
            UnusableSet: with the complaints of each style.
        """
        await self._crew.check(actor)
        definitions = read_set(data)
        await self._check(definitions)
        drafts = [
            await self._drafts.put(Deed(actor, Act.IMPORT, one.style), actor, one, imported=True)
            for one in definitions
        ]
        await self._collection.changed()
        for draft in drafts:
            await self._trials.start_unseen(draft, language)
        return drafts

    async def _check(self, definitions: Sequence[StyleDefinition]) -> None:
        found: Mapping[StyleId, Sequence[Complaint]] = {
            one.style: [
                complaint for complaint in await self._collection.check(one) if complaint.severity != "note"
            ]
            for one in definitions
        }
        if wrong := {style: complaints for style, complaints in found.items() if complaints}:
            raise UnusableSet(wrong)


def read_set(data: bytes) -> tuple[StyleDefinition, ...]:
    """The definitions of a file.

    Raises:
        UnusableSet: it is no set, or one of its styles is none; the complaint names the place.
    """
    if len(data) > MOST_BYTES:
        raise UnusableSet({StyleId(""): (Complaint("set-too-large", {"limit_mib": MOST_BYTES >> 20}),)})
    try:
        read = _Set.model_validate_json(data).styles
    except ValidationError as error:
        place = error.errors(include_input=False, include_url=False)[0]["loc"]
        where = ".".join(str(part) for part in place[:4])
        complaint = Complaint("set-unreadable", {"place": where}) if where else Complaint("set-none")
        raise UnusableSet({StyleId(""): (complaint,)}) from None
    twice = len({one.style for one in read}) < len(read)
    if twice or any(one.style.startswith(DRAFT_PREFIX) for one in read):
        raise UnusableSet({StyleId(""): (Complaint("set-ids"),)})
    return read
