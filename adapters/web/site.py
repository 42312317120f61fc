"""What the guest page needs to know of the settings."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.invites.links import Ways


@dataclass(frozen=True, slots=True)
class WebSite:
    """The page's settings, as values.

    Attributes:
        event: Name of the event, stands above the heading.
        secret: Signs the guests' cookies; replicas share it.
        max_upload_bytes: Limit of one photo in bytes.
        address_limit: Posts a minute an address; 0 is no limit.
        sample_jpeg: A portrait for guests who don't want to show themselves.
        public_url: The page's address from outside, e.g. ``https://booth.example``; None when there is none.
        ways: The ways into the booth, as they are known just now.
        kept_s: How long photos and pictures are kept, in seconds.
        kept_shared_s: How long pictures are shown to others; None: until unshared, or the event is closed.
        open_gallery: Whether the gallery may be seen at the public address.
    """

    event: str
    secret: bytes = field(repr=False)
    max_upload_bytes: int
    address_limit: int
    sample_jpeg: bytes = field(repr=False)
    public_url: str | None = None
    ways: Callable[[], Ways] = Ways
    kept_s: tuple[float, float] = (3600.0, 86_400.0)
    kept_shared_s: float | None = None
    open_gallery: bool = False
