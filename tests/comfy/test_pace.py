import json

import pytest

from comfy.graph import read_graph
from comfy.pace import Pace
from comfy.protocol import Cached, Executing, Message, NodeProgress, read_frame
from tests.comfy import captures


def stream(name: str) -> list[Message]:
    return [read_frame(json.dumps(entry)) for entry in captures.load(f"ws/{name}") if "_binary" not in entry]


def sd15() -> Pace:
    return Pace(read_graph(captures.load("http/queue_01_queue_busy")["queue_running"][0][2]))


def test_a_recorded_run_grows_to_its_end() -> None:
    pace = sd15()
    shares = []
    for message in stream("11_sd15_seed2_latent2rgb_meta"):
        pace.hear(message)
        shares.append(pace.share)
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert 0.9 < shares[-1] < 1
    assert len(set(shares)) > 6


def test_sampling_is_most_of_the_way() -> None:
    pace = sd15()
    pace.hear(Cached("x", ("1", "2", "3", "4", "5", "6")))
    before = pace.share
    pace.hear(NodeProgress("x", {"7": 1.0}))
    assert pace.share - before > 0.6


def test_a_server_that_only_names_the_nodes_is_enough() -> None:
    pace = sd15()
    for node in ("1", "4", "5", "6"):
        pace.hear(Executing("x", node))
    assert pace.share == pytest.approx(3 / 29)


def test_the_share_never_falls() -> None:
    pace = sd15()
    pace.hear(NodeProgress("x", {"7": 0.9}))
    share = pace.share
    assert not pace.hear(NodeProgress("x", {"7": 0.1}))
    assert pace.share == share
