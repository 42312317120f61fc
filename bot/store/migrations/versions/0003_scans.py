"""Scans: how often a code was scanned, by event, place and day. No guest is in it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add one table of counts."""
    op.create_table(
        "scans",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("platform", "event", "place", "day")),
        sa.Column("count", sa.Integer, nullable=False),
    )
