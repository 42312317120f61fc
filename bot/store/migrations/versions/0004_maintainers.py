"""Maintainers: who they are and what they did, styles as data, what was counted, and notes to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Widen jobs and guests, and add tables; what is there stays as it is."""
    op.add_column("jobs", sa.Column("kind", sa.Text, nullable=False, server_default="guest"))
    op.add_column("guests", sa.Column("counted", sa.Boolean, nullable=False, server_default=sa.false()))
    _people()
    _styles()
    _drafts()
    _figures()
    _notes()


def _people() -> None:
    op.create_table(
        "maintainers",
        sa.Column("guest", sa.Text, primary_key=True),
        sa.Column("added", sa.Float, nullable=False),
    )
    op.create_table(
        "claim_codes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("made", sa.Float, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("seq", Sequence, primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("who", "act", "what")),
    )
    op.create_table(
        "bans",
        sa.Column("guest", sa.Text, primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
    )


def _styles() -> None:
    op.create_table(
        "styles",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("since", sa.Float),
        sa.Column("until", sa.Float),
        sa.Column("chats", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("set_aside", sa.Text),
        sa.Column("published", sa.Float),
    )
    op.create_table(
        "style_versions",
        sa.Column("style", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created", sa.Float, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
    )
    op.create_table(
        "previews",
        sa.Column("style", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("blob", sa.Text, nullable=False),
        sa.Column("made", sa.Float, nullable=False),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", Sequence, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("owner", "style")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("revision", "tested")),
        sa.Column("imported", sa.Boolean, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("changed", sa.Float, nullable=False),
        sa.UniqueConstraint("owner", "style", name="uq_drafts_owner"),
        sqlite_autoincrement=True,
    )


def _figures() -> None:
    op.create_table(
        "counts",
        sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("style", sa.Text, primary_key=True),
        sa.Column("platform", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("guests", "pictures", "failures")),
    )
    op.create_table(
        "troubles",
        sa.Column("minute", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("seq", Sequence, primary_key=True),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("message", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("context", "words")),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("due", "created")),
        sa.Column("repeats", sa.Boolean, nullable=False),
    )
