"""Guests who want their pictures without a frame."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add a column."""
    op.add_column("guests", sa.Column("framed", sa.Boolean, nullable=False, server_default=sa.true()))
