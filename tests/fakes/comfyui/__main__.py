"""Start a fake by itself: prints its address, and ends with a signal."""

import argparse
import signal
import sys
import threading

from tests.fakes.comfyui import Behaviour, FakeComfyUI
from tests.fakes.comfyui.server import FLUX_ALL_IN_ONE, FLUX_SPLIT

_MODELS = {"all-in-one": FLUX_ALL_IN_ONE, "split": FLUX_SPLIT, "none": {}}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.comfyui", description=__doc__)
    parser.add_argument("--port", type=int, default=8188, help="0 takes a free one")
    parser.add_argument("--job-seconds", type=float, default=1.0)
    parser.add_argument("--comfyui", default="0.28.1", choices=["0.28.1", "0.3.64"], help="version")
    parser.add_argument("--models", default="all-in-one", choices=sorted(_MODELS))
    wanted = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    behaviour = Behaviour(job_seconds=wanted.job_seconds)
    models = _MODELS[wanted.models]
    with FakeComfyUI(version=wanted.comfyui, port=wanted.port, models=models, behaviour=behaviour) as fake:
        sys.stdout.write(f"{fake.url}\n")
        sys.stdout.flush()
        ended.wait()


main()
