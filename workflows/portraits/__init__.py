"""Two portraits in the public domain, for previews, rehearsals and tests. NOTICE names their sources."""

from importlib import resources
from typing import Final

COLLINS: Final = "collins"
"""Eileen Collins, astronaut; 512 × 512 pixels. Her portrait does not mean that NASA endorses anything."""
HOPPER: Final = "hopper"
"""Grace Hopper, computer scientist and rear admiral; 512 × 600 pixels."""
SAMPLE: Final = COLLINS
"""The portrait that shows what a style does."""


def portrait(name: str) -> bytes:
    """Return a portrait as JPEG bytes.

    Raises:
        FileNotFoundError: there is no portrait of this name.
    """
    return resources.files(__name__).joinpath(f"{name}.jpg").read_bytes()
