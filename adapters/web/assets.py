"""The page's own files: scripts, style sheet, icon and previews, under an address that changes with them.

``/static/<version>/…`` may be kept for ever by browsers, because the version is a hash over all files;
modules that import one another relatively share it. ``/static/…`` is the same, asked for anew each time.
"""

import hashlib
import os
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"
ASK_ANEW = "no-cache"
VERSION_CHARACTERS = 12


def _version(folder: Path) -> str:
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            told.update(path.relative_to(folder).as_posix().encode() + b"\0")
            told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:VERSION_CHARACTERS]


class Assets:
    """Knows the files and their addresses; reads them once, when it is made."""

    def __init__(self, folder: Path = STATIC) -> None:
        """Take the folder."""
        self.folder = folder
        self.version = _version(folder)
        self.scripts = tuple(sorted(path.name for path in folder.glob("js/*.js")))
        self._previews = frozenset(path.stem for path in folder.glob("previews/*.webp"))

    def url(self, name: str) -> str:
        """The lasting address of a file, e.g. of ``page.css``."""
        return f"/static/{self.version}/{name}"

    def preview(self, style: str) -> str | None:
        """The address of a style's preview picture, if there is one."""
        return self.url(f"previews/{style}.webp") if style in self._previews else None


@cache
def preview_bytes(style: str) -> bytes | None:
    """A style's preview picture (WebP), if there is one; chats show the same ones as the page."""
    path = STATIC / "previews" / f"{style}.webp"
    return path.read_bytes() if path.is_file() else None


class CachedFiles(StaticFiles):
    """Starlette's static files, with a word on how long they may be kept."""

    def __init__(self, folder: Path, cache_control: str) -> None:
        """Take the folder and the header's value."""
        super().__init__(directory=folder)
        self._cache_control = cache_control

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The file, or 304 when the browser has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = self._cache_control
        return response
