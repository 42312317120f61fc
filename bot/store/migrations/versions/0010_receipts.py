"""A message that comes up while its guest is forgotten is theirs until it is taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add a column."""
    op.add_column("postings", sa.Column("tell", sa.Text))
