"""Being alone: a lock file keeps a second process away from what only one may look after."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import SetupError

PRIVATE_FOLDER = 0o700  # photos lie in it, and the secret that signs cookies
PRIVATE_FILE = 0o600


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock file, in a folder that is made for its owner only where it isn't there yet.

    Raises:
        SetupError: another process holds it, or the folder can't be written.
    """
    try:
        lock.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    except OSError as error:
        hint = f"The data directory can't be written: {error.strerror}. Set PETAFLOP_DATA_DIR to a new one."
        raise SetupError(hint, os.EX_CANTCREAT) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        hint = "Another petaflop uses this data directory; stop it, or set PETAFLOP_DATA_DIR to a new one."
        raise SetupError(hint, os.EX_TEMPFAIL) from error
    try:
        yield
    finally:
        os.close(descriptor)
