"""Counts, in which nobody is: how often, not who."""

import sqlalchemy as sa

from bot.store.tables.base import metadata

scans = sa.Table(
    "scans",  # no guest is in it: how often, not who
    metadata,
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("day", sa.Text, primary_key=True),  # as 2026-11-23, in UTC
    sa.Column("count", sa.Integer, nullable=False),
)

counts = sa.Table(
    "counts",
    metadata,
    sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),  # since the epoch
    sa.Column("style", sa.Text, primary_key=True),
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("guests", sa.Integer, nullable=False),  # whose first picture it was
    sa.Column("pictures", sa.Integer, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
)

troubles = sa.Table(
    "troubles",
    metadata,
    sa.Column("minute", sa.Integer, primary_key=True, autoincrement=False),  # since the epoch
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)
