"""How long we wait for a ComfyUI server, and when we ask again: one value, so that tests wait less."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """All in seconds.

    Attributes:
        connect_s: A server in the same room answers a connect in milliseconds; a dead one never.
        answer_s: One HTTP answer; the server's event loop stands still while it loads a model.
        ping_s: Between websocket pings, and until one counts as lost.
        quiet_s: After so long without a frame of the server, its socket is not relied upon: we poll.
        job_quiet_s: The same for one job, while the server's other messages still come.
        unheard_s: Between two looks at a job whose messages go to a process of ours that is dead.
        late_s: Between two looks at a history that is late after the job's success.
        probe_s, probe_most_s: First and longest pause between two tries to reach a server; each doubles it.
        meet_s: At our start, for getting to know the servers that are there.
        away_s: How long a job waits with us for a server to come back, before it goes back to the line.
        render_s: The longest render; a cold start of a large model from disk takes minutes.
        rest_s, rest_most_s: How long a server is left alone after its GPU failed; doubled each time in a row.
        stuck_s: Jobs that wait for so long though none runs mean that the server's worker is dead.
        leave_s: At our end, for cleaning up on servers.
    """

    connect_s: float = 3.0
    answer_s: float = 20.0
    ping_s: float = 15.0
    quiet_s: float = 3.0
    job_quiet_s: float = 15.0
    unheard_s: float = 0.5
    late_s: float = 0.05
    probe_s: float = 0.1
    probe_most_s: float = 0.5
    meet_s: float = 1.0
    away_s: float = 10.0
    render_s: float = 600.0
    rest_s: float = 5.0
    rest_most_s: float = 60.0
    stuck_s: float = 2.0
    leave_s: float = 2.0

    def probe_pause(self, failures: int) -> float:
        """The pause after so many failed tries in a row, at least one."""
        return float(min(self.probe_s * 2.0 ** min(failures - 1, 30), self.probe_most_s))

    def rest(self, failures: int) -> float:
        """The rest after so many failures of a GPU in a row, at least one."""
        return float(min(self.rest_s * 2.0 ** min(failures - 1, 30), self.rest_most_s))
