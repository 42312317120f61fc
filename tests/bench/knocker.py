"""Knocks at an address every 20 ms until its standard input ends: how long each answer took, as JSON.

In a process of its own, for the stalls of whoever loads the server must not count as the server's.
"""

import http.client
import json
import select
import sys
import time
from urllib.parse import urlsplit

EVERY_S = 0.02


def main() -> None:
    parts = urlsplit(sys.argv[1])
    door = http.client.HTTPConnection(parts.netloc, timeout=30)
    waits: list[float] = []
    while not select.select([sys.stdin], [], [], EVERY_S)[0]:
        knocked = time.perf_counter()
        door.request("GET", parts.path)
        door.getresponse().read()
        waits.append(time.perf_counter() - knocked)
    json.dump(waits, sys.stdout)


if __name__ == "__main__":
    main()
