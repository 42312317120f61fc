"""A deep link's payload: what a scanned code says. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


@dataclass(frozen=True, slots=True)
class DeepLink:
    """What a scanned code says: the event, a style, and where the code hung; "" where it says nothing."""

    event: str = ""
    style: str = ""
    place: str = ""


_KEYS: Mapping[str, str] = MappingProxyType({"e": "event", "s": "style", "p": "place"})


def deep_link(payload: str) -> DeepLink:
    """The payload of ``/start``: fields as ``e_pycon26__s_flux-oil__p_hall-2``, in any order.

    A payload has at most 64 characters of ``A-Za-z0-9_-``; what can't be read, or is made up, says nothing.
    """
    if not _PAYLOAD.fullmatch(payload):
        return DeepLink()
    fields = (field.partition("_") for field in payload.split("__"))
    return DeepLink(**{_KEYS[key]: value for key, _, value in fields if key in _KEYS and value})


def deep_link_payload(link: DeepLink) -> str:
    """The payload of a link; empty fields are left out."""
    values = {"e": link.event, "s": link.style, "p": link.place}
    return "__".join(f"{key}_{value}" for key, value in values.items() if value)


def start_link(username: str | None, link: DeepLink) -> str | None:
    """What opens the bot's private chat so; None where its name isn't known, or the link can't be said."""
    payload = deep_link_payload(link)
    if username is None or not _PAYLOAD.fullmatch(payload):
        return None
    return f"https://t.me/{username}?start={payload}" if payload else f"https://t.me/{username}"
