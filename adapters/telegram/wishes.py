"""A deep link's payload: what a scanned code says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class DeepLink:
    """What a scanned code says: the event, a style, and where the code hung; "" where it says nothing."""

    event: str = ""
    style: str = ""
    place: str = ""


_KEYS: Mapping[str, str] = MappingProxyType({"e": "event", "s": "style", "p": "place"})


def deep_link(payload: str) -> DeepLink:
    """The payload of ``/start``: fields as ``e_pycon26__s_flux-oil__p_hall-2``, in any order.

    A payload has at most 64 characters of ``A-Za-z0-9_-``; what can't be read is left out.
    """
    fields = (field.partition("_") for field in payload.split("__"))
    return DeepLink(**{_KEYS[key]: value for key, _, value in fields if key in _KEYS and value})


def deep_link_payload(link: DeepLink) -> str:
    """The payload of a link; empty fields are left out."""
    values = {"e": link.event, "s": link.style, "p": link.place}
    return "__".join(f"{key}_{value}" for key, value in values.items() if value)
