"""Who takes part, by the platform's key alone."""

import sqlalchemy as sa

from bot.store.tables.base import metadata

guests = sa.Table(
    "guests",
    metadata,
    sa.Column("guest", sa.Text, primary_key=True),
    sa.Column("language", sa.Text),  # what the guest chose; None leaves it to the platform
    sa.Column("recent", sa.Text),  # ids of styles, the newest first, with blanks between
    sa.Column("notice_at", sa.Float),  # when the sentence on privacy was due
    sa.Column("counted", sa.Boolean, nullable=False, server_default=sa.false()),  # as a guest, in counts
    sa.Column("framed", sa.Boolean, nullable=False, server_default=sa.true()),  # the guest's pictures
    sa.Column("seen", sa.Float, nullable=False),
)
sa.Index("ix_guests_seen", guests.c.seen)

bans = sa.Table(
    "bans",
    metadata,
    sa.Column("guest", sa.Text, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)
