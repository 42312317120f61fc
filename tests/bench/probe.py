"""The inside of a measured process: a first run that doesn't count, then the one that does.

It imports next to nothing: its own memory is part of every peak.
"""

import json
import pickle
import re
import sys
import time
from pathlib import Path

# VmHWM belongs to the program since its exec; ru_maxrss also remembers the parent that it was forked from.
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def peak_mb() -> float:
    """This process's largest resident size so far, in 10⁶ bytes."""
    found = PEAK.search(Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) * 1024 / 1e6


def main() -> None:
    function, warm_up, args = pickle.load(sys.stdin.buffer)  # noqa: S301 # our parent's own
    function(*warm_up)
    started = time.process_time()
    function(*args)
    json.dump([time.process_time() - started, peak_mb()], sys.stdout)


if __name__ == "__main__":
    main()
