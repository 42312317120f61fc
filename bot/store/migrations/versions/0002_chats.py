"""Chats: photos that are fetched, the inbox of what platforms send, and what is remembered of guests."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")
UNFETCHED = sa.text("source IS NOT NULL")
PENDING = sa.text("payload IS NOT NULL")


def upgrade() -> None:
    """Widen the jobs and add two tables; jobs that are there go on as they were."""
    _jobs()
    _guests()
    _inbox()


def _jobs() -> None:
    for column in (
        sa.Column("failure_values", sa.Text),
        sa.Column("opener", sa.Text),
        sa.Column("opening", sa.Float, nullable=False, server_default="0"),
        sa.Column("context", sa.Text, nullable=False, server_default=""),
        sa.Column("picture_ref", sa.Text),
        sa.Column("nudged", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("source", sa.Text),
        sa.Column("fetch_due", sa.Float, nullable=False, server_default="0"),
        sa.Column("fetch_lease", sa.Float, nullable=False, server_default="0"),
        sa.Column("fetch_owner", sa.Text),
        sa.Column("fetch_attempt", sa.Integer, nullable=False, server_default="0"),
        sa.Column("entered", sa.Float),
    ):
        op.add_column("jobs", column)
    op.create_index("ix_jobs_source", "jobs", ["seq"], sqlite_where=UNFETCHED, postgresql_where=UNFETCHED)
    op.create_index("ix_jobs_message", "jobs", ["chat", "message"])


def _guests() -> None:
    op.create_table(
        "guests",
        sa.Column("guest", sa.Text, primary_key=True),
        sa.Column("language", sa.Text),
        sa.Column("recent", sa.Text),
        sa.Column("notice_at", sa.Float),
        sa.Column("seen", sa.Float, nullable=False),
    )
    op.create_index("ix_guests_seen", "guests", ["seen"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("seq", Sequence, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("guest", sa.Text),
        sa.Column("payload", sa.Text),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("created", "due", "lease")),
        sa.Column("owner", sa.Text),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("attempt", "slips")),
    )
    op.create_index(
        "ix_inbox_lane",
        "inbox",
        ["platform", "lane", "seq"],
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_index("ix_inbox_created", "inbox", ["created"])
