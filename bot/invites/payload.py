"""A payload: what a scanned code says of where it hangs, in the few characters that every network carries.

Telegram passes at most 64 characters of ``A-Za-z0-9_-`` to a bot (Bot features, "Deep linking"); the guest
page and our short links carry the same text, so that one code reads like another.
"""

import hashlib
import re
import unicodedata
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.errors import MaintainerError
from bot.styles.naming import latin

MOST_CHARACTERS = 64
MOST_EVENT, MOST_PLACE = 20, 24
"""Characters of names that are made from what people write; with a style of ten characters all fit."""

_DIGEST = 6  # characters: of a thousand places, two are called the same once in two thousand events
_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{0,{MOST_CHARACTERS}}}")


class InviteTooLong(MaintainerError):
    """A code holds no more: ``length`` of ``most`` characters, or others than it can say."""

    key = "slip-invite-too-long"


@dataclass(frozen=True, slots=True)
class Invite:
    """What a code says: the event, a style to begin with, and where it hangs; "" where it says nothing."""

    event: str = ""
    style: str = ""
    place: str = ""


_KEYS: Mapping[str, str] = MappingProxyType({"e": "event", "s": "style", "p": "place"})


def invite_of(payload: str) -> Invite:
    """What a payload says: fields as ``e_pycon26__s_flux-oil__p_hall-2``, in any order.

    What can't be read, is old, or is made up, says nothing; nobody is turned away for it.
    """
    if not _PAYLOAD.fullmatch(payload):
        return Invite()
    fields = (field.partition("_") for field in payload.split("__"))
    return Invite(**{_KEYS[key]: value for key, _, value in fields if key in _KEYS and value})


def payload_of(invite: Invite) -> str:
    """The payload of an invite; empty fields are left out.

    Raises:
        InviteTooLong: it can't be said so that it is read back.
    """
    values = {"e": invite.event, "s": invite.style, "p": invite.place}
    payload = "__".join(f"{key}_{value}" for key, value in values.items() if value)
    if invite_of(payload) != invite:
        raise InviteTooLong(length=len(payload), most=MOST_CHARACTERS)
    return payload


def event_name(title: str) -> str:
    """An event's name as codes say it: ``PyCon DE 2026`` becomes ``pycon-de-2026``."""
    return _name(title, MOST_EVENT)


def place_name(words: str) -> str:
    """A place as codes say it: ``Halle 2, Eingang`` becomes ``halle-2-eingang``, ``廊下`` ``ydkt3i``."""
    return _name(words, MOST_PLACE)


def is_spelled(words: str) -> bool:
    """Whether codes spell a name with its own letters; else they say it by a checksum, always the same."""
    return _has_letters(latin(words, len(words))) or not _has_letters(words)


def _name(words: str, most: int) -> str:
    if is_spelled(words):
        return latin(words, most)
    written = unicodedata.normalize("NFKC", " ".join(words.casefold().split()))
    digest = b32encode(hashlib.sha256(written.encode()).digest()).decode().lower()[:_DIGEST]
    return f"{latin(words, most - _DIGEST - 1)}-{digest}".strip("-")


def _has_letters(words: str) -> bool:
    return any(map(str.isalpha, words))
