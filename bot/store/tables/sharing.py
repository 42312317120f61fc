"""What is shown to others, and the messages it is shown in."""

import sqlalchemy as sa

from bot.store.tables.base import Sequence, metadata

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
    sa.Column("tell", sa.Text),  # whom, when a withdrawn one can't be taken back
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
