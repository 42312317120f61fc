"""The tables, as the newest migration leaves them (a test holds the two against each other).

Times are seconds since the epoch. No column holds a file name or a guest's words, and only one a person's
name: what somebody wants to be called beside a picture that they share (``shares.name``).
"""

from bot.store.tables.base import metadata
from bot.store.tables.events import inbox, pending
from bot.store.tables.figures import counts, scans, troubles
from bot.store.tables.guests import bans, guests
from bot.store.tables.house import blobs, meta
from bot.store.tables.jobs import jobs, live, pace, traces, unfetched
from bot.store.tables.maintainers import audit, claim_codes, console_events, maintainers, notes, questions
from bot.store.tables.sharing import feeds, moments, postings, recalls, reports, shares, votes
from bot.store.tables.styles import drafts, previews, style_versions, styles

__all__ = [
    "audit",
    "bans",
    "blobs",
    "claim_codes",
    "console_events",
    "counts",
    "drafts",
    "feeds",
    "guests",
    "inbox",
    "jobs",
    "live",
    "maintainers",
    "meta",
    "metadata",
    "moments",
    "notes",
    "pace",
    "pending",
    "postings",
    "previews",
    "questions",
    "recalls",
    "reports",
    "scans",
    "shares",
    "style_versions",
    "styles",
    "traces",
    "troubles",
    "unfetched",
    "votes",
]
