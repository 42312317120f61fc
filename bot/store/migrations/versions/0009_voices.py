"""Reporters who may be one person count once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add a column, unique within a share where it isn't null."""
    op.add_column("reports", sa.Column("voice", sa.Text))
    op.create_index("uq_reports_voice", "reports", ["share", "voice"], unique=True)
