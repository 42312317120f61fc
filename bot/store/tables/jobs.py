"""What becomes of a photo: its job, and what drawing it has left elsewhere."""

import sqlalchemy as sa

from bot.states import UNFINISHED
from bot.store.tables.base import Sequence, metadata

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("seq", Sequence, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("event", sa.Text, nullable=False, unique=True),  # the same inbound event is no second job
    sa.Column("guest", sa.Text, nullable=False),
    sa.Column("chat", sa.Text, nullable=False),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("style", sa.Text),
    sa.Column("renderer", sa.Text),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False, server_default="guest"),  # or trial, preview
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),  # a guest's n-th waiting job is in turn n
    sa.Column("chat_turn", sa.Integer, nullable=False),  # within a turn, a chat's n-th job
    sa.Column("due", sa.Float, nullable=False),
    sa.Column("lease", sa.Float, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("attempt", sa.Integer, nullable=False),  # counts claims; with owner it fences every write
    sa.Column("crashes", sa.Integer, nullable=False),  # counts renders that broke
    sa.Column("failure", sa.Text),
    sa.Column("failure_values", sa.Text),  # JSON: what fills the failure's sentence
    sa.Column("message", sa.Text),  # the platform's id of the job's one message
    sa.Column("opener", sa.Text),  # who sends it just now, with a lease of its own
    sa.Column("opening", sa.Float, nullable=False, server_default="0"),
    sa.Column("context", sa.Text, nullable=False, server_default=""),  # the adapter's own words
    sa.Column("picture_ref", sa.Text),  # the platform's own id of the delivered picture
    sa.Column("nudged", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("source", sa.Text),  # where the photo is fetched from, until it is here
    sa.Column("fetch_due", sa.Float, nullable=False, server_default="0"),
    sa.Column("fetch_lease", sa.Float, nullable=False, server_default="0"),
    sa.Column("fetch_owner", sa.Text),
    sa.Column("fetch_attempt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("has_photo", sa.Boolean, nullable=False),
    sa.Column("has_picture", sa.Boolean, nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("changed", sa.Float, nullable=False),
    sa.Column("entered", sa.Float),  # when it entered the line: the guest waits since then
    sa.Column("subject", sa.Text),  # whose photo it is, where that is not the guest
    sa.Column("shared", sa.Text),  # as its share stands, so that cards know; None: private
    sa.Column("named", sa.Boolean, nullable=False, server_default=sa.false()),
)
live = jobs.c.state.in_(sorted(UNFINISHED))
# The live rows are few and the finished ones many, so the hot statements get indexes of their own.
sa.Index(
    "ix_jobs_line",
    jobs.c.renderer,
    jobs.c.state,
    jobs.c.priority,
    jobs.c.turn,
    jobs.c.chat_turn,
    jobs.c.seq,
    sqlite_where=live,
    postgresql_where=live,
)
unfetched = jobs.c.source.is_not(None)
sa.Index("ix_jobs_source", jobs.c.seq, sqlite_where=unfetched, postgresql_where=unfetched)
sa.Index("ix_jobs_message", jobs.c.chat, jobs.c.message)
sa.Index("ix_jobs_guest", jobs.c.guest)
sa.Index("ix_jobs_changed", jobs.c.changed)
foreign = jobs.c.subject.is_not(None)
sa.Index("ix_jobs_subject", jobs.c.subject, sqlite_where=foreign, postgresql_where=foreign)

traces = sa.Table(
    "traces",
    metadata,
    sa.Column("job", sa.Text, primary_key=True),
    sa.Column("renderer", sa.Text, nullable=False),  # whose servers may hold something of the job
)

pace = sa.Table(
    "pace",
    metadata,
    sa.Column("style", sa.Text, primary_key=True),
    sa.Column("seconds", sa.Float, nullable=False),  # moving mean of recent renders
)
