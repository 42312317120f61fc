"""Styles as they are offered, drawn up and shown."""

import sqlalchemy as sa

from bot.store.tables.base import Sequence, metadata

styles = sa.Table(
    "styles",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer),  # None: after those that have one, as shipped or as published
    sa.Column("hidden", sa.Boolean, nullable=False),
    sa.Column("since", sa.Float),  # offered from then on
    sa.Column("until", sa.Float),
    sa.Column("chats", sa.Text),  # JSON: the only chats that are offered it
    sa.Column("version", sa.Integer, nullable=False),  # 0: as it is shipped
    sa.Column("failures", sa.Integer, nullable=False),  # of jobs, in a row
    sa.Column("set_aside", sa.Text),  # why it was, after too many of them
    sa.Column("published", sa.Float),
)

style_versions = sa.Table(
    "style_versions",
    metadata,
    sa.Column("style", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("definition", sa.Text, nullable=False),  # JSON
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", Sequence, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("style", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("tested", sa.Integer, nullable=False),  # the revision whose test render gave a picture
    sa.Column("imported", sa.Boolean, nullable=False),  # published by itself once it is tested
    sa.Column("definition", sa.Text, nullable=False),  # JSON
    sa.Column("changed", sa.Float, nullable=False),
    sa.UniqueConstraint("owner", "style", name="uq_drafts_owner"),
    sqlite_autoincrement=True,  # an id names a draft's renders: it never comes again
)

previews = sa.Table(
    "previews",
    metadata,
    sa.Column("style", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("blob", sa.Text, nullable=False),  # in the vault
    sa.Column("made", sa.Float, nullable=False),
)
