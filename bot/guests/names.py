"""What a guest wants to be called before others, made plain."""

import unicodedata

MOST_NAME = 32  # characters: it stands in one line below a picture
_JOINER = "\u200d"
_BESIDE = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # an emoji's look, skin tones
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs of which nothing is seen


def plain_name(text: str) -> str:
    """A name as it is shown to others: one line of letters, marks, digits and plain signs.

    Emoji that are joined stay one (UTS #51, ED-16); what else changes how text runs is dropped. ``""`` where
    nothing could be seen.
    """
    kept = "".join(sign if _is_plain(sign) or _joins(text, at) else " " for at, sign in enumerate(text))
    name = " ".join(kept.split())[:MOST_NAME].strip(f" {_JOINER}")
    return name if any(unicodedata.category(sign)[0] in "LNPS" for sign in name) else ""


def _is_plain(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMNPS" and sign not in _BLANK


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands between two emoji there."""
    before, after = text[:at].rstrip(_BESIDE)[-1:], text[at + 1 : at + 2]
    return text[at] == _JOINER and all(map(_is_sign, (before, after)))


def _is_sign(one: str) -> bool:
    return one != "" and unicodedata.category(one)[0] == "S"
