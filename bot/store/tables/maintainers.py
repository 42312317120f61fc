"""Who runs the booth, what they did, what they are asked and told."""

import sqlalchemy as sa

from bot.store.tables.base import Sequence, metadata

maintainers = sa.Table(
    "maintainers",
    metadata,
    sa.Column("guest", sa.Text, primary_key=True),
    sa.Column("added", sa.Float, nullable=False),
)

claim_codes = sa.Table(
    "claim_codes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),  # there is one at a time
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("made", sa.Float, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("seq", Sequence, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),  # a style's id, a guest's key, a number
)

console_events = sa.Table(
    "console_events",
    metadata,
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("outcome", sa.Text),  # JSON; None while it is being done, or when a kill came between
    sa.Column("at", sa.Float, nullable=False),
)

questions = sa.Table(
    "questions",  # to maintainers, one a chat; erased when answered or over
    metadata,
    sa.Column("actor", sa.Text, primary_key=True),
    sa.Column("chat", sa.Text, primary_key=True),
    sa.Column("form", sa.Text, nullable=False),  # JSON
    sa.Column("answers", sa.Text, nullable=False),  # JSON
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("asked", sa.Float, nullable=False),
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("seq", Sequence, primary_key=True),
    sa.Column("chat", sa.Text, nullable=False),  # a job's, or the guest's own where there is no message
    sa.Column("message", sa.Text),  # the job's, which the note stands below
    sa.Column("context", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("due", sa.Float, nullable=False),  # while it is being sent: when that is given up for lost
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("repeats", sa.Boolean, nullable=False),  # even long after an ambiguous answer
    sa.Column("keys", sa.Text),  # JSON: what a maintainer can do about it
)
