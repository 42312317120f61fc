"""What the guest page needs to know of the settings."""

from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.terms import Terms
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
        terms: What guests are told of the house.
        host: The name or address that the page listens on.
        public_url: The page's address from outside, e.g. ``https://booth.example``; None when there is none.
        ways: The ways into the booth, as they are known just now.
        open_gallery: Whether the gallery may be seen at the public address.
    """

    event: str
    secret: bytes = field(repr=False)
    max_upload_bytes: int
    address_limit: int
    sample_jpeg: bytes = field(repr=False)
    terms: Terms
    host: str = "127.0.0.1"
    public_url: str | None = None
    ways: Callable[[], Ways] = Ways
    open_gallery: bool = False
