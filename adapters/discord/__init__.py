"""Discord, as discord.py speaks it: servers, direct messages and user installs over one core.

The library is used for its gateway, its requests and its parsing. What it calls back is translated, written
down by the core's inbox and only then acknowledged; the core's clerk hands it to the listener here.
"""

import logging

# It logs addresses that hold tokens, and a traceback at every lost connection. We log by ourselves.
logging.getLogger("discord").propagate = False
logging.getLogger("discord").addHandler(logging.NullHandler())
