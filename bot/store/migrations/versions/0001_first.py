"""Jobs, the pace of renders, lasting facts, and photos as rows."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

LIVE = sa.text("state IN ('choosing', 'delivering', 'rendering', 'waiting')")
Sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the first tables."""
    _jobs()
    op.create_table(
        "pace",
        sa.Column("style", sa.Text, primary_key=True),
        sa.Column("seconds", sa.Float, nullable=False),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "traces",
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("renderer", sa.Text, nullable=False),
    )
    op.create_table(
        "blobs",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("seq", Sequence, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("event", sa.Text, nullable=False, unique=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("guest", "chat", "platform", "language", "state")
        ),
        sa.Column("style", sa.Text),
        sa.Column("renderer", sa.Text),
        sa.Column("seed", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("priority", "turn", "chat_turn")),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("due", "lease")),
        sa.Column("owner", sa.Text),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("attempt", "crashes")),
        sa.Column("failure", sa.Text),
        sa.Column("message", sa.Text),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("has_photo", "has_picture")),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("created", "changed")),
    )
    op.create_index(
        "ix_jobs_line",
        "jobs",
        ["renderer", "state", "priority", "turn", "chat_turn", "seq"],
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_index("ix_jobs_guest", "jobs", ["guest"])
    op.create_index("ix_jobs_changed", "jobs", ["changed"])
