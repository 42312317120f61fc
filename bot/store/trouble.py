"""What goes wrong when the store can't be asked or written just now: workers wait and try again."""

import sqlalchemy as sa

from bot.errors import DiskFull

STORE_TROUBLE = (DiskFull, sa.exc.DBAPIError, sa.exc.TimeoutError, OSError)
