"""The mailbox: where the command line leaves a maintainer's code while the booth has the database."""

import os
import re
import time
from pathlib import Path

NAME = "claim-code"
_PRIVATE = 0o600
_HASH = re.compile(r"[0-9a-f]{64}")


class Mailbox:
    """One file in the data directory, which holds a code's hash and nothing else."""

    def __init__(self, folder: Path) -> None:
        """Lie in this folder."""
        self._path = folder / NAME

    def leave(self, code_hash: str) -> None:
        """Leave a code's hash in place of an earlier one's.

        Raises:
            OSError: the folder isn't there, or isn't ours.
        """
        part = self._path.with_name(f"{NAME}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE), "w") as file:
            file.write(code_hash)
        part.replace(self._path)

    def take(self, most_age_s: float) -> str | None:
        """Take what lies there, unless it is too old or nothing of ours; afterwards it is empty."""
        try:
            age_s = time.time() - self._path.stat().st_mtime
            left = self._path.read_text(encoding="ascii", errors="replace").strip()
            self._path.unlink()
        except OSError:
            return None
        return left if age_s < most_age_s and _HASH.fullmatch(left) else None
