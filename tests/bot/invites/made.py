"""Posters for tests: made of small pictures, so that they cost next to nothing."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import numpy as np
import zxingcpp
from PIL import Image

from bot.invites.colours import HOUSE, Colours
from bot.invites.halves import Example
from bot.invites.links import Link, Ways, links
from bot.invites.payload import Invite
from bot.invites.poster import Poster
from bot.invites.wording import poster_words
from bot.office.invitations import Inviting
from bot.words import words

WAYS = Ways(
    telegram="PetaflopBoothBot",
    discord="https://discord.gg/petaflop",
    page="https://booth.example",
    short="https://booth.example",
)
INVITE = Invite("pycon-de-2026-berlin", "watercolor", "hall-2-entrance-east")
LINKS = tuple(links(WAYS, INVITE))
HOUR_S = 3600.0


@cache
def example(style: str = "comic") -> Example:
    """Two plain pictures: a photo of sand, a picture of teal."""
    return Example(_plain("#c2b280"), _plain("#008080"), style)


def poster(
    shown: tuple[Link, ...] = LINKS,
    *,
    size: str = "a4",
    language: str = "en",
    event: str = "PyCon DE 2026",
    colours: Colours = HOUSE,
) -> Poster:
    """A poster with these links."""
    said = poster_words(words(), language, event, (HOUR_S, 24 * HOUR_S), examples())
    return Poster(size, said, shown, examples(), colours)


def read(picture: Image.Image) -> list[str]:
    """The texts of all codes in a picture, in no order."""
    return [code.text for code in zxingcpp.read_barcodes(np.asarray(picture.convert("L")))]


def examples() -> tuple[Example, ...]:
    """For a child process."""
    return example(), example("synthwave")


def inviting(ways: Callable[[], Ways] = lambda: WAYS) -> Inviting:
    """What a booth's invitations are made of."""
    return Inviting("PyCon DE 2026", ways=ways, examples=examples)


def _plain(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (96, 104), colour).save(out, "JPEG", quality=95, subsampling=0)
    return out.getvalue()
