"""Sharing: whose photo it is, shares, feeds, where pictures are posted, what is to be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_WORK = (
    ("due", sa.Float, "0"),
    ("lease", sa.Float, "0"),
    ("attempt", sa.Integer, "0"),
)


def upgrade() -> None:
    """Add three columns and six tables."""
    foreign = sa.text("subject IS NOT NULL")
    op.add_column("jobs", sa.Column("subject", sa.Text))
    op.add_column("jobs", sa.Column("shared", sa.Text))
    op.add_column("jobs", sa.Column("named", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_jobs_subject", "jobs", ["subject"], sqlite_where=foreign, postgresql_where=foreign)
    _shares()
    _feeds()
    _postings()
    for name, other in (("votes", "voter"), ("reports", "reporter")):
        op.create_table(name, *(sa.Column(column, sa.Text, primary_key=True) for column in ("share", other)))
    _recalls()


def _shares() -> None:
    op.create_table(
        "shares",
        sa.Column("number", _NUMBER, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "job", "guest", "style", "state")),
        sa.Column("name", sa.Text, nullable=False, server_default=""),
        sa.Column("at", sa.Float, nullable=False),
        sa.UniqueConstraint("id", name="uq_shares_id"),
        sa.UniqueConstraint("job", name="uq_shares_job"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shares_guest", "shares", ["guest"])


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", _NUMBER, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("chat", "context", "language")),
        sa.Column("added", sa.Float, nullable=False),
        sa.UniqueConstraint("chat", "context", name="uq_feeds_chat"),
        sqlite_autoincrement=True,
    )


def _postings() -> None:
    op.create_table(
        "postings",
        sa.Column("seq", _NUMBER, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "job")),
        sa.Column("share", sa.Text),
        sa.Column("feed", sa.BigInteger),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("platform", "chat", "context", "language")),
        sa.Column("message", sa.Text),
        sa.Column("up", sa.Boolean, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("votes", sa.Integer, nullable=False, server_default="0"),
        *(sa.Column(name, kind, nullable=False, server_default=zero) for name, kind, zero in _WORK),
        sa.Column("owner", sa.Text),
        sa.Column("created", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_postings_job", "postings", ["job"])
    op.create_index("ix_postings_message", "postings", ["chat", "message"])
    unposted = sa.text("NOT up")
    op.create_index(
        "ix_postings_feed", "postings", ["feed", "seq"], sqlite_where=unposted, postgresql_where=unposted
    )


def _recalls() -> None:
    op.create_table(
        "recalls",
        sa.Column("seq", _NUMBER, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("platform", "chat", "context", "language", "message")
        ),
        sa.Column("tell", sa.Text),
        *(sa.Column(name, kind, nullable=False, server_default=zero) for name, kind, zero in _WORK),
        sa.Column("owner", sa.Text),
        sa.Column("created", sa.Float, nullable=False),
        sa.UniqueConstraint("chat", "message", name="uq_recalls_chat"),
        sqlite_autoincrement=True,
    )
