"""The files Telegram keeps for the bot, and the ids under which it hands them out."""

import asyncio
import base64
import hashlib
import itertools
import mimetypes
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Literal

from tests.fakes.telegram import pictures
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.values import Attachment, PhotoSize, StoredFile

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
PREFIX = {"photo": "AgACAgI", "document": "BQACAgI"}
FOLDER = {"photo": "photos", "document": "documents", "voice": "voice"}

Kind = Literal["photo", "document", "sticker", "video", "voice", "animation", "audio", "video_note"]


class Cabinet:
    """Keeps files by id and by path.

    Uploading the same bytes twice makes two files, as at Telegram; sending a ``file_id`` makes none.
    """

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._photos: dict[str, tuple[PhotoSize, ...]] = {}
        self._attachments: dict[str, Attachment] = {}
        self._files: dict[str, StoredFile] = {}
        self._links: dict[str, str] = {}

    async def add_photo(self, upload: bytes) -> tuple[PhotoSize, ...]:
        """Keep a photo in all its sizes.

        Raises:
            Refused: it breaks a limit, or is no picture.
        """
        if not upload:
            raise bad_request("file must be non-empty")
        scaled = await asyncio.to_thread(pictures.sizes, upload)
        photo = tuple(PhotoSize(self._keep("photo", s.jpeg, "jpg"), s.width, s.height) for s in scaled)
        self._photos |= {size.file.file_id: photo for size in photo}
        return photo

    async def add_document(self, upload: bytes, name: str, mime_type: str | None = None) -> Attachment:
        """Keep a file unchanged; a picture gets a thumbnail."""
        if not upload:
            raise bad_request("file must be non-empty")
        small = await asyncio.to_thread(pictures.thumbnail, upload)
        thumb = (
            PhotoSize(self._keep("photo", small.jpeg, "jpg"), small.width, small.height) if small else None
        )
        guessed = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        fields = {"file_name": name, "mime_type": guessed}
        return self.add_other("document", upload, fields, thumb)

    async def add_animation(self, upload: bytes, name: str) -> Attachment:
        """Keep a GIF; Telegram makes an MP4 of it, here it stays what it was.

        Raises:
            Refused: it is none, or doesn't move.
        """
        width, height, seconds = await asyncio.to_thread(pictures.moving, upload)
        fields = {"file_name": f"{name}.mp4", "mime_type": "video/mp4"}
        return self.add_other(
            "animation", upload, fields | {"width": width, "height": height, "duration": seconds}
        )

    def add_other(
        self, kind: Kind, upload: bytes, fields: Mapping[str, Any], thumbnail: PhotoSize | None = None
    ) -> Attachment:
        """Keep a file of any kind, with the fields the Bot API gives it."""
        suffix = PurePosixPath(str(fields.get("file_name", ""))).suffix.lstrip(".") or "bin"
        attachment = Attachment(kind, self._keep(kind, upload, suffix), fields, thumbnail)
        self._attachments[attachment.file.file_id] = attachment
        return attachment

    def photo(self, file_id: str) -> tuple[PhotoSize, ...]:
        """The photo of an id, in all sizes.

        Raises:
            Refused: the id is nobody's, or another kind's.
        """
        if file_id in self._photos:
            return self._photos[file_id]
        raise self._wrong(file_id, "Photo")

    def lose(self, photo: Sequence[PhotoSize]) -> None:
        """A photo's ids mean nothing any more; messages that show it go on showing it."""
        for size in photo:
            self._photos.pop(size.file.file_id, None)

    def document(self, file_id: str) -> Attachment:
        """The document of an id.

        Raises:
            Refused: the id is nobody's, or another kind's.
        """
        found = self._attachments.get(file_id)
        if found is not None and found.kind == "document":
            return found
        raise self._wrong(file_id, "Document")

    def linked(self, file_id: str) -> StoredFile:
        """A file, with its download link open, for ``getFile``.

        Raises:
            Refused: over 20 MB, or the id is nobody's.
        """
        stored = self._files.get(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if stored.size > MAX_DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        self._links[stored.path] = file_id
        return stored

    def at(self, path: str) -> StoredFile | None:
        """The file behind a download link."""
        file_id = self._links.get(path)
        return self._files[file_id] if file_id else None

    def close_links(self) -> None:
        """Links expire, as after an hour; ``getFile`` opens them again."""
        self._links.clear()

    def _keep(self, kind: Kind, content: bytes, suffix: str) -> StoredFile:
        number = next(self._numbers)
        digest = base64.urlsafe_b64encode(hashlib.sha256(f"{kind} {number}".encode()).digest()).decode()
        path = f"{FOLDER.get(kind, f'{kind}s')}/file_{number}.{suffix}"
        stored = StoredFile(
            PREFIX.get(kind, "CAACAgI") + digest.rstrip("="), f"AQAD{digest[:11]}", path, content
        )
        self._files[stored.file_id] = stored
        return stored

    def _wrong(self, file_id: str, wanted: str) -> Exception:
        if file_id.startswith(("http://", "https://")):
            return bad_request("failed to get HTTP URL content")
        if file_id in self._photos:
            return bad_request(f"can't use file of type Photo as {wanted}")
        if file_id in self._attachments:
            kind = self._attachments[file_id].kind.capitalize()
            return bad_request(f"can't use file of type {kind} as {wanted}")
        return bad_request("wrong file identifier/HTTP URL specified")
