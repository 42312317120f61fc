"""What groups do together: a style for some minutes, and their last collage; keys below news."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add a table and a column."""
    op.create_table(
        "moments",
        sa.Column("chat", sa.Text, primary_key=True),
        sa.Column("style", sa.Text),
        sa.Column("until", sa.Float, nullable=False, server_default="0"),
        sa.Column("collage", sa.Float, nullable=False, server_default="0"),
    )
    op.add_column("notes", sa.Column("keys", sa.Text))
