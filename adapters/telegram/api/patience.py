"""How long we wait for Telegram, and when we ask again: one value, so that tests wait less.

What may be repeated is given up early and asked for again: a connection that is dead tells nobody, and a
fresh one is up at once. What can't be repeated is waited for longer, as a wrong guess costs a search.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """All in seconds.

    Attributes:
        connect_s: Until a connection stands, through a hotspot.
        pool_s: Until one of our own connections is free.
        answer_s: One answer to what may be repeated; Telegram's own take a tenth of it.
        send_s: The answer to a new message, which may not be repeated blindly.
        write_s: Of an upload, without any progress.
        process_s, process_most_s: Telegram's work on an uploaded picture, at the first try and at the others.
        download_s: Of a download, without any progress.
        pauses_s: Before the second try and the third: a dropped connection or a 502 is most often over then.
        lost_s: Before a message whose answer was lost is looked for.
        share_s: For somebody else's upload of the same sheet; after that one's own goes up.
        poll_s: One quiet request for updates; proxies close what is silent for a minute.
        poll_late_s: More than that, until a request for updates counts as lost.
        leave_s: At our end, for answers that are still under way.
    """

    connect_s: float = 5.0
    pool_s: float = 10.0
    answer_s: float = 6.0
    send_s: float = 10.0
    write_s: float = 30.0
    process_s: float = 12.0
    process_most_s: float = 25.0
    download_s: float = 10.0
    pauses_s: tuple[float, ...] = (0.25, 1.0)
    lost_s: float = 0.25
    share_s: float = 4.0
    poll_s: int = 20
    poll_late_s: float = 5.0
    leave_s: float = 1.0

    def processing_s(self, tries: int) -> float:
        """How long to wait for the answer to an upload, after so many tries."""
        return self.process_s if tries == 0 else self.process_most_s

    @property
    def silent_poll_s(self) -> float:
        """When a request for updates counts as lost."""
        return self.poll_s + self.poll_late_s
