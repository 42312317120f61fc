"""The tables, as the newest migration leaves them (a test holds the two against each other).

Times are seconds since the epoch. No column holds a person's name, a file name or a message's text.
"""

import sqlalchemy as sa

from bot.states import UNFINISHED

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")

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

guests = sa.Table(
    "guests",
    metadata,
    sa.Column("guest", sa.Text, primary_key=True),
    sa.Column("language", sa.Text),  # what the guest chose; None leaves it to the platform
    sa.Column("recent", sa.Text),  # ids of styles, the newest first, with blanks between
    sa.Column("notice_at", sa.Float),  # when the sentence on privacy was due
    sa.Column("seen", sa.Float, nullable=False),
)
sa.Index("ix_guests_seen", guests.c.seen)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("seq", Sequence, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("guest", sa.Text),
    sa.Column("payload", sa.Text),  # None once it is handled: the key stays, to know it again
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("due", sa.Float, nullable=False),
    sa.Column("lease", sa.Float, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("slips", sa.Integer, nullable=False),  # counts unexpected errors
)
pending = inbox.c.payload.is_not(None)
sa.Index(
    "ix_inbox_lane",
    inbox.c.platform,
    inbox.c.lane,
    inbox.c.seq,
    sqlite_where=pending,
    postgresql_where=pending,
)
sa.Index("ix_inbox_created", inbox.c.created)

scans = sa.Table(
    "scans",  # no guest is in it: how often, not who
    metadata,
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("day", sa.Text, primary_key=True),  # as 2026-11-23, in UTC
    sa.Column("count", sa.Integer, nullable=False),
)

pace = sa.Table(
    "pace",
    metadata,
    sa.Column("style", sa.Text, primary_key=True),
    sa.Column("seconds", sa.Float, nullable=False),  # moving mean of recent renders
)

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

traces = sa.Table(
    "traces",
    metadata,
    sa.Column("job", sa.Text, primary_key=True),
    sa.Column("renderer", sa.Text, nullable=False),  # whose servers may hold something of the job
)

blobs = sa.Table(
    "blobs",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("created", sa.Float, nullable=False),
)
