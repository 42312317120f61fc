"""How styles, events and places get their plain names from what people call them. Pure."""

import re
import unicodedata
import zlib

from bot.nouns import StyleId
from bot.store.drafts import DRAFT_PREFIX

_MOST = 32  # characters, as in a definition


def style_id(name: str) -> StyleId:
    """Lower-case Latin letters, digits and dashes: ``Old Wizard`` becomes ``old-wizard``.

    A name in another script gets an id by its checksum; one that looks like a draft's is told apart.
    """
    found = latin(name, _MOST)
    if not found:
        return StyleId(f"style-{zlib.crc32(name.encode()):08x}")
    return StyleId(f"my-{found}"[:_MOST].strip("-") if found.startswith(DRAFT_PREFIX) else found)


def latin(words: str, most: int) -> str:
    """At most so many lower-case Latin letters, digits and dashes; "" for a script that has none of them."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:most].strip("-")
