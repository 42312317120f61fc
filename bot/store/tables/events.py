"""What the platforms send us, until it is handled."""

import sqlalchemy as sa

from bot.store.tables.base import Sequence, metadata

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("seq", Sequence, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("guest", sa.Text),
    sa.Column("payload", sa.Text),  # None once it is handled: the key stays, to know it again
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("due", sa.Float, nullable=False),
    sa.Column("lease", sa.Float, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("slips", sa.Integer, nullable=False),  # counts unexpected errors
)
pending = inbox.c.payload.is_not(None)
sa.Index(
    "ix_inbox_lane",
    inbox.c.platform,
    inbox.c.lane,
    inbox.c.seq,
    sqlite_where=pending,
    postgresql_where=pending,
)
sa.Index("ix_inbox_created", inbox.c.created)
