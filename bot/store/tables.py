"""The tables, as the newest migration leaves them (a test holds the two against each other).

Times are seconds since the epoch. No column holds a file name or a guest's words, and only one a person's
name: what somebody wants to be called beside a picture that they share (``shares.name``).
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

guests = sa.Table(
    "guests",
    metadata,
    sa.Column("guest", sa.Text, primary_key=True),
    sa.Column("language", sa.Text),  # what the guest chose; None leaves it to the platform
    sa.Column("recent", sa.Text),  # ids of styles, the newest first, with blanks between
    sa.Column("notice_at", sa.Float),  # when the sentence on privacy was due
    sa.Column("counted", sa.Boolean, nullable=False, server_default=sa.false()),  # as a guest, in counts
    sa.Column("framed", sa.Boolean, nullable=False, server_default=sa.true()),  # the guest's pictures
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

bans = sa.Table(
    "bans",
    metadata,
    sa.Column("guest", sa.Text, primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
)

styles = sa.Table(
    "styles",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer),  # None: after those that have one, as shipped or as published
    sa.Column("hidden", sa.Boolean, nullable=False),
    sa.Column("since", sa.Float),  # offered from then on
    sa.Column("until", sa.Float),
    sa.Column("chats", sa.Text),  # JSON: the only chats that are offered it
    sa.Column("version", sa.Integer, nullable=False),  # 0: as it is shipped
    sa.Column("failures", sa.Integer, nullable=False),  # of jobs, in a row
    sa.Column("set_aside", sa.Text),  # why it was, after too many of them
    sa.Column("published", sa.Float),
)

style_versions = sa.Table(
    "style_versions",
    metadata,
    sa.Column("style", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("definition", sa.Text, nullable=False),  # JSON
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", Sequence, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("style", sa.Text, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("tested", sa.Integer, nullable=False),  # the revision whose test render gave a picture
    sa.Column("imported", sa.Boolean, nullable=False),  # published by itself once it is tested
    sa.Column("definition", sa.Text, nullable=False),  # JSON
    sa.Column("changed", sa.Float, nullable=False),
    sa.UniqueConstraint("owner", "style", name="uq_drafts_owner"),
    sqlite_autoincrement=True,  # an id names a draft's renders: it never comes again
)

previews = sa.Table(
    "previews",
    metadata,
    sa.Column("style", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("blob", sa.Text, nullable=False),  # in the vault
    sa.Column("made", sa.Float, nullable=False),
)

counts = sa.Table(
    "counts",
    metadata,
    sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),  # since the epoch
    sa.Column("style", sa.Text, primary_key=True),
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("guests", sa.Integer, nullable=False),  # whose first picture it was
    sa.Column("pictures", sa.Integer, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
)

troubles = sa.Table(
    "troubles",
    metadata,
    sa.Column("minute", sa.Integer, primary_key=True, autoincrement=False),  # since the epoch
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
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

shares = sa.Table(
    "shares",
    metadata,
    sa.Column("number", Sequence, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),  # what others see of it, never the job's
    sa.Column("job", sa.Text, nullable=False, unique=True),
    sa.Column("guest", sa.Text, nullable=False),  # whose photo it was
    sa.Column("style", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False, server_default=""),
    sa.Column("at", sa.Float, nullable=False),
    sqlite_autoincrement=True,  # a page that asks for what is newer must not miss a number that comes again
)
sa.Index("ix_shares_guest", shares.c.guest)

moments = sa.Table(
    "moments",  # what groups do together; no guest is in it
    metadata,
    sa.Column("chat", sa.Text, primary_key=True),
    sa.Column("style", sa.Text),  # of photos that name none
    sa.Column("until", sa.Float, nullable=False, server_default="0"),
    sa.Column("collage", sa.Float, nullable=False, server_default="0"),  # when the last one was begun
)

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("id", Sequence, primary_key=True),
    sa.Column("chat", sa.Text, nullable=False),
    sa.Column("context", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("added", sa.Float, nullable=False),
    sa.UniqueConstraint("chat", "context", name="uq_feeds_chat"),
    sqlite_autoincrement=True,
)

postings = sa.Table(
    "postings",
    metadata,
    sa.Column("seq", Sequence, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),  # feed, inline, collage, keepsake, crew
    sa.Column("job", sa.Text, nullable=False),
    sa.Column("share", sa.Text),
    sa.Column("feed", sa.BigInteger),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("chat", sa.Text, nullable=False),
    sa.Column("context", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("message", sa.Text),
    sa.Column("up", sa.Boolean, nullable=False),  # the picture is in the message
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("votes", sa.Integer, nullable=False, server_default="0"),  # of those whom the platform counts
    sa.Column("due", sa.Float, nullable=False, server_default="0"),
    sa.Column("lease", sa.Float, nullable=False, server_default="0"),
    sa.Column("owner", sa.Text),
    sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created", sa.Float, nullable=False),
    sqlite_autoincrement=True,  # a number in a worker's hands never comes to mean another message
)
sa.Index("ix_postings_job", postings.c.job)
sa.Index("ix_postings_message", postings.c.chat, postings.c.message)
unposted = sa.not_(postings.c.up)
sa.Index(
    "ix_postings_feed", postings.c.feed, postings.c.seq, sqlite_where=unposted, postgresql_where=unposted
)

votes = sa.Table(
    "votes",
    metadata,
    sa.Column("share", sa.Text, primary_key=True),
    sa.Column("voter", sa.Text, primary_key=True),
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("share", sa.Text, primary_key=True),
    sa.Column("reporter", sa.Text, primary_key=True),
    sa.Column("voice", sa.Text),  # what several reporters may have in common: they count as one
)
sa.Index("uq_reports_voice", reports.c.share, reports.c.voice, unique=True)

recalls = sa.Table(
    "recalls",  # messages that are to be taken back; they outlive their guest's rows until it is done
    metadata,
    sa.Column("seq", Sequence, primary_key=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("chat", sa.Text, nullable=False),
    sa.Column("context", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("tell", sa.Text),
    sa.Column("due", sa.Float, nullable=False, server_default="0"),
    sa.Column("lease", sa.Float, nullable=False, server_default="0"),
    sa.Column("owner", sa.Text),
    sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created", sa.Float, nullable=False),
    sa.UniqueConstraint("chat", "message", name="uq_recalls_chat"),
    sqlite_autoincrement=True,
)
