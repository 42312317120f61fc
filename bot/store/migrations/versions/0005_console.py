"""The maintainers' console: events that were done, and questions that are open."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "console_events",
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("outcome", sa.Text),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_table(
        "questions",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("actor", "chat")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("form", "answers", "token", "event")),
        sa.Column("asked", sa.Float, nullable=False),
    )
