"""A ComfyUI server over real sockets that keeps the real one's contract, and breaks on demand.

``python -m tests.fakes.comfyui --port 0 --job-seconds 1`` starts one by itself. Its contract is drawn from
the recordings in ``tests/comfy/captures`` and held against them in ``tests/comfy/test_fake.py``.

==========  =====================================================================================
disk        files by folder; uploads rename, overwrite, and are never checked
schemas     ``/object_info`` as recorded, and the validation of a prompt against it
pictures    what a graph makes of a photo: coarse, but everybody can tell whose photo it was
queue       the queue, a heap, with the bug that kills the worker
machine     the worker: caches, messages in their order, crashes
sockets     who is connected to the websocket, who went deaf, who blocks the others
app         the routes
wire        TCP between client and server: refuses, hangs, resets, slows down
server      all of it in a thread of its own, and the faults to inject
==========  =====================================================================================
"""

from tests.fakes.comfyui.faults import Behaviour, Fault
from tests.fakes.comfyui.server import FakeComfyUI

__all__ = ["Behaviour", "FakeComfyUI", "Fault"]
