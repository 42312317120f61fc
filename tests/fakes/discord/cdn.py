"""cdn.discordapp.com: files behind signed URLs that expire, and avatars."""

import hashlib
import hmac
import io
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from PIL import Image

from tests.fakes.discord.values import Attachment

LIFE_S = 24 * 3600
AVATAR_KINDS = {"png": "PNG", "webp": "WEBP", "jpg": "JPEG", "jpeg": "JPEG"}


@dataclass(slots=True)
class Cdn:
    """Keeps files by their path. ``root`` is where the server listens."""

    root: str = ""
    _files: dict[str, Attachment] = field(default_factory=dict)
    _avatars: dict[str, bytes] = field(default_factory=dict)
    _round: int = 0

    def keep(self, folder: str, place: int, file: Attachment) -> None:
        """Store a file under ``attachments/`` or ``ephemeral-attachments/``."""
        self._files[f"{folder}/{place}/{file.id}/{file.name}"] = file

    def forget(self, file: int) -> None:
        """Delete a file: its URLs lead nowhere."""
        for path in [path for path, kept in self._files.items() if kept.id == file]:
            del self._files[path]

    def holds(self, data: bytes) -> bool:
        """Whether these bytes lie behind any address."""
        return any(file.content == data for file in self._files.values())

    def url(self, file: Attachment) -> str:
        """Where a file is read now, with its signature."""
        path = next((path for path, kept in self._files.items() if kept.id == file.id), None)
        path = path or f"attachments/0/{file.id}/{file.name}"
        issued = int(time.time())
        return f"{self.root}/{path}?ex={issued + LIFE_S:x}&is={issued:x}&hm={self._sign(path)}&"

    def expire(self) -> None:
        """Every URL that was given so far is over; messages that are read anew have fresh ones."""
        self._round += 1

    def read(self, path: str, query: str) -> Attachment | None:
        """A file; None for one that isn't there, or whose URL is over or not ours."""
        signature = parse_qs(query).get("hm", [""])[0]
        return self._files.get(path) if signature == self._sign(path) else None

    def _sign(self, path: str) -> str:
        return hmac.new(str(self._round).encode(), path.encode(), hashlib.sha256).hexdigest()

    def keep_avatar(self, user: int, picture: bytes) -> str:
        """Store somebody's avatar; gives its hash."""
        name = hashlib.md5(picture, usedforsecurity=False).hexdigest()
        self._avatars[f"{user}/{name}"] = picture
        return name

    def avatar(self, user: str, name: str, size: int) -> tuple[bytes, str] | None:
        """An avatar in the format its name's ending asks for, at most ``size`` pixels, with its kind."""
        stem, _, ending = name.partition(".")
        kept = self._avatars.get(f"{user}/{stem}")
        return _picture(Image.open(io.BytesIO(kept)), ending, size) if kept else None

    def default_avatar(self, name: str, size: int) -> tuple[bytes, str]:
        """The picture of somebody without an avatar."""
        return _picture(Image.new("RGB", (256, 256), (88, 101, 242)), name.partition(".")[2], size)


def _picture(image: Image.Image, ending: str, size: int) -> tuple[bytes, str]:
    format_ = AVATAR_KINDS.get(ending, "PNG")
    image = image.convert("RGB")
    image.thumbnail((size, size))
    out = io.BytesIO()
    image.save(out, format_)
    return out.getvalue(), f"image/{format_.lower()}"
