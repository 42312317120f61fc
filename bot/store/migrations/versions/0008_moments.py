"""What groups do together: the style of the next minutes, and when their last collage was made."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "moments",
        sa.Column("chat", sa.Text, primary_key=True),
        sa.Column("style", sa.Text),
        sa.Column("until", sa.Float, nullable=False, server_default="0"),
        sa.Column("collage", sa.Float, nullable=False, server_default="0"),
    )
