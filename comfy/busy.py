"""For how long a server was at work for us, by what it says. Pure."""

from comfy.protocol import Failed, Interrupted, Message, Started, Succeeded


class Busy:
    """Adds up the time in which jobs of ours ran on one server, which runs one at a time.

    It is a lower bound: what ran while nobody listened does not count. Times are any clock's seconds.
    """

    def __init__(self) -> None:
        """Nothing has run yet."""
        self._spent = 0.0
        self._job = ""
        self._since: float | None = None

    def hear(self, message: Message, now: float) -> None:
        """Take a message of the server."""
        match message:
            case Started(job=job):
                self.pause(now)
                self._job, self._since = job, now
            case Succeeded(job=job) | Failed(job=job) | Interrupted(job=job) if job == self._job:
                self.pause(now)
            case _:
                return

    def pause(self, now: float) -> None:
        """Count no further until a job starts: the running one has ended, or the server is lost."""
        self._spent, self._since = self.seconds(now), None

    def seconds(self, now: float) -> float:
        """All the time so far."""
        return self._spent + (0.0 if self._since is None else now - self._since)
