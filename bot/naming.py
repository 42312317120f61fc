"""How a style gets its id from the name that a maintainer gives it. Pure."""

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
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:_MOST].strip("-")
    if not found:
        return StyleId(f"style-{zlib.crc32(name.encode()):08x}")
    return StyleId(f"my-{found}"[:_MOST].strip("-") if found.startswith(DRAFT_PREFIX) else found)
