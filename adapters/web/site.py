"""What the guest page needs to know of the settings."""

from collections.abc import Callable
from dataclasses import dataclass, field


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
        discord: Where Discord's codes lead on to; None while nobody knows.
    """

    event: str
    secret: bytes = field(repr=False)
    max_upload_bytes: int
    address_limit: int
    sample_jpeg: bytes = field(repr=False)
    public_url: str | None = None
    discord: Callable[[], str | None] = lambda: None
