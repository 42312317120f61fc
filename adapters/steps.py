"""Each step of each job as a line in the log: what happened, how long it took, and where."""

import logging

from bot.trail import Step, on_trail

log = logging.getLogger(__name__)


def log_step(step: Step) -> None:
    """Write a line; what went wrong has had its warning already."""
    level = logging.INFO if step.outcome == "done" else logging.DEBUG
    where = " ".join(filter(None, (step.platform, step.style, step.server)))
    with on_trail(step.job) as trail:
        trail.server = step.server or trail.server
        log.log(level, "%s: %s, %.2f s, %s", step.name, step.outcome, step.seconds, where)
