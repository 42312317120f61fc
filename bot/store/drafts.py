"""Drafts: what maintainers are working on, one open draft a maintainer and style; it survives restarts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.definitions import StyleDefinition, read_definition
from bot.nouns import GuestKey, StyleId
from bot.store.audit import Deed, write_down
from bot.store.database import Database
from bot.store.notes import Note, post
from bot.store.styles import StyleStore
from bot.store.tables import drafts
from bot.store.transaction import Transaction

DRAFT_PREFIX = "draft-"

News = Callable[[int], Sequence[Note]]
"""What is told of a version, once it has its number."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft as it stands.

    Attributes:
        definition: Under the id of the style that it becomes.
        revision: Counts its changes from 1.
        tested: The revision whose test render gave a picture, 0 before the first.
        imported: It came with a set, and is published by itself once it is tested.
    """

    id: int
    owner: GuestKey
    definition: StyleDefinition
    revision: int
    tested: int
    imported: bool
    changed: float

    @property
    def style(self) -> StyleId:
        """The style that it becomes."""
        return self.definition.style

    @property
    def is_tested(self) -> bool:
        """Whether it was rendered exactly as it is now."""
        return self.tested == self.revision

    @property
    def render_id(self) -> StyleId:
        """The id under which this revision is rendered; no other draft or revision ever has it."""
        return StyleId(f"{DRAFT_PREFIX}{self.id}-{self.revision}")

    def rendered(self) -> StyleDefinition:
        """The definition as the renderer takes it on: under the revision's own id, hidden from guests."""
        return self.definition.changed(style=self.render_id, offered=False)


def revision_of(style: StyleId) -> tuple[int, int] | None:
    """The draft's id and revision of a :attr:`Draft.render_id`; None for any other style."""
    draft, _, revision = style.removeprefix(DRAFT_PREFIX).partition("-")
    if not style.startswith(DRAFT_PREFIX) or not (draft.isdecimal() and revision.isdecimal()):
        return None
    return int(draft), int(revision)


class DraftStore:
    """All statements about drafts. Each change is in the audit list."""

    def __init__(self, database: Database, styles: StyleStore) -> None:
        """Publish into these styles."""
        self._db = database
        self._styles = styles

    async def all(self) -> Sequence[Draft]:
        """Everybody's drafts."""
        return await self._select()

    async def of(self, owner: GuestKey) -> Sequence[Draft]:
        """A maintainer's drafts, the last changed first."""
        return await self._select(drafts.c.owner == owner)

    async def get(self, draft: int) -> Draft | None:
        """A draft, whosever it is."""
        return next(iter(await self._select(drafts.c.id == draft)), None)

    async def put(
        self, deed: Deed, owner: GuestKey, definition: StyleDefinition, *, imported: bool = False
    ) -> Draft:
        """Open a draft; one of the same owner and style is replaced by its next revision."""
        values = {
            "definition": definition.model_dump_json(),
            "imported": imported,
            "changed": self._db.now(),
        }
        row = self._db.insert(drafts).values(
            owner=owner, style=definition.style, revision=1, tested=0, **values
        )
        upsert = row.on_conflict_do_update(
            index_elements=[drafts.c.owner, drafts.c.style],
            set_=values | {"revision": drafts.c.revision + 1},
        )
        async with self._db.write() as connection:
            kept = (await connection.execute(upsert.returning(drafts))).one()
            await write_down(self._db, connection, deed)
            return _draft(kept, definition)

    async def change(self, deed: Deed, draft: Draft, definition: StyleDefinition) -> Draft | None:
        """The draft's next revision; None when it was changed, published or dropped meanwhile."""
        values = {"definition": definition.model_dump_json(), "changed": self._db.now(), "imported": False}
        change = drafts.update().where(*_as_it_was(draft)).values(**values, revision=draft.revision + 1)
        async with self._db.write() as connection:
            row = (await connection.execute(change.returning(drafts))).one_or_none()
            if row is None:
                return None
            await write_down(self._db, connection, deed)
            return _draft(row, definition)

    async def note_tested(self, draft: int, revision: int) -> Draft | None:
        """Its test render gave a picture; None when there is a later revision, or no such draft."""
        mine = (drafts.c.id == draft, drafts.c.revision == revision)
        async with self._db.write() as connection:
            change = drafts.update().where(*mine).values(tested=revision).returning(drafts)
            row = (await connection.execute(change)).one_or_none()
            definition = None if row is None else read_definition(row.definition)
            return None if row is None or definition is None else _draft(row, definition)

    async def publish(self, deed: Deed, draft: Draft, news: News | None = None) -> int | None:
        """Make the draft, exactly as it was tested, the style's next version; return its number.

        None when somebody has changed, published or dropped it meanwhile. The ``news`` are kept with it.
        """
        async with self._db.write() as connection:
            if not await self._gone(connection, draft, drafts.c.tested == draft.revision):
                return None
            await write_down(self._db, connection, deed)
            number = await self._styles.add_version(connection, draft.owner, draft.definition)
            if news is not None:
                await post(self._db, connection, news(number))
            return number

    async def drop(self, deed: Deed, draft: Draft) -> bool:
        """Throw a draft away; False when it is gone already, or has changed."""
        async with self._db.write() as connection:
            gone = await self._gone(connection, draft)
            if gone:
                await write_down(self._db, connection, deed)
            return gone

    async def _gone(self, connection: Transaction, draft: Draft, *also: sa.ColumnElement[bool]) -> bool:
        return bool((await connection.execute(drafts.delete().where(*_as_it_was(draft), *also))).rowcount)

    async def _select(self, *where: sa.ColumnElement[bool]) -> Sequence[Draft]:
        query = sa.select(drafts).where(*where).order_by(drafts.c.changed.desc(), drafts.c.id.desc())
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
        read = [(row, read_definition(row.definition)) for row in rows]
        return [_draft(row, definition) for row, definition in read if definition is not None]


def _as_it_was(draft: Draft) -> tuple[sa.ColumnElement[bool], ...]:
    return drafts.c.id == draft.id, drafts.c.revision == draft.revision


def _draft(row: sa.Row[Any], definition: StyleDefinition) -> Draft:
    return Draft(
        id=row.id,
        owner=GuestKey(row.owner),
        definition=definition,
        revision=row.revision,
        tested=row.tested,
        imported=row.imported,
        changed=row.changed,
    )
