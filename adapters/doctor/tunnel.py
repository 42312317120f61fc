"""The public address: whether it leads to a booth, and what it keeps to the room."""

from collections.abc import Iterator

from adapters.doctor.asking import BROWSERS_ONLY, Answer, Unreached, ask
from adapters.doctor.findings import Finding, Tell, bad, good, hint
from adapters.settings import Settings
from adapters.web.reach import GALLERY, WALL

TUNNEL = "public address"
METRICS = "/metrics"


async def examine_tunnel(settings: Settings, tell: Tell, *, runs: bool) -> float | None:
    """Go out into the world and come back in; nothing is asked without a public address.

    Returns:
        How far our clock is off the other side's, in seconds; None where that isn't told.
    """
    if settings.public_url is None:
        return None
    try:
        styles = await _asked(settings.public_url, "/api/styles")
        statuses = {
            path: (await _asked(settings.public_url, path)).status for path in (METRICS, WALL, GALLERY)
        }
    except Unreached as error:
        advice = "Is the tunnel up, and the domain yours? docs/ngrok.md goes through it."
        tell(bad(TUNNEL, f"It can't be reached ({error.kind}).", advice))
        return None
    tell(look_at_booth(styles, runs=runs))
    seen = {path for path, status in statuses.items() if status == 200}
    for finding in look_at_open(seen, open_gallery=settings.open_gallery):
        tell(finding)
    return styles.clock_off_s


def look_at_booth(styles: Answer, *, runs: bool) -> Finding:
    """Whether a booth answers there."""
    if styles.status == 200 and isinstance(styles.data, list):
        return good(TUNNEL, "It leads to a booth.")
    if runs:
        advice = "Does the tunnel lead to PETAFLOP_PORT of this machine, or to the Service petaflop?"
        return bad(TUNNEL, f"It answers {styles.status}, but no booth does.", advice)
    return hint(TUNNEL, f"It answers {styles.status}; no booth runs here yet.", "Look again when one does.")


def look_at_open(seen: set[str], *, open_gallery: bool) -> Iterator[Finding]:
    """What the world sees of what is for the room."""
    if METRICS in seen:
        yield bad(TUNNEL, "Health and metrics are open to the world.", "Point it at PETAFLOP_PORT only.")
    room = {"wall": WALL in seen, "gallery": GALLERY in seen and not open_gallery}
    for name in (name for name, is_seen in room.items() if is_seen):
        advice = "Is PETAFLOP_PUBLIC_URL the address that guests come by, and does the tunnel keep its Host?"
        yield bad(TUNNEL, f"The {name} is open to the world.", advice)


async def _asked(public_url: str, path: str) -> Answer:
    return await ask(f"{public_url}{path}", headers=BROWSERS_ONLY)
