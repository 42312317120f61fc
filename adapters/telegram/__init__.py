"""Telegram, as python-telegram-bot speaks it: private chats, groups, topics and inline mode over one core.

The library is used for its types, requests and typed errors. Its queues and handlers are not: an update is
written down by the core's inbox before it is acknowledged; the core's clerk hands it to the listener here.
"""

import logging
import os

# The library's own switch for durations as timedelta; without it each flood answer warns of a deprecation.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# It logs whole updates where it can't read them, with guests' names and captions. We log by ourselves.
logging.getLogger("telegram").propagate = False
logging.getLogger("telegram").addHandler(logging.NullHandler())
