"""The server's files: three folders with subfolders. Kept in memory, so that a test can look for faces."""

from dataclasses import dataclass, field
from urllib.parse import quote

FOLDERS = ("input", "output", "temp")


class UnknownFolderError(Exception):
    """The real server answers 500 in plain text."""


class TraversalError(Exception):
    """A path leads out of its folder."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a file is."""

    folder: str
    subfolder: str
    name: str


@dataclass(slots=True)
class Disk:
    """All files by their place."""

    files: dict[Place, bytes] = field(default_factory=dict)

    def upload(self, place: Place, data: bytes, *, overwrite: bool) -> Place:
        """Write an upload; without ``overwrite`` another file of the same name makes it change its own."""
        if place.folder not in FOLDERS:
            raise UnknownFolderError(place.folder)
        if ".." in place.subfolder.split("/"):
            raise TraversalError(place.subfolder)
        place = Place(place.folder, place.subfolder, quote(place.name, safe=" ()[]!@+,=~"))
        free = place if overwrite else self._free(place, data)
        self.files[free] = data
        return free

    def save(self, folder: str, prefix: str, data: bytes) -> Place:
        """Write a result as SaveImage names it: ``prefix_00001_.png``, one above the highest that exists."""
        subfolder, _, stem = prefix.rpartition("/")
        numbers = [
            int(place.name.removeprefix(f"{stem}_").split("_")[0])
            for place in self.files
            if (place.folder, place.subfolder) == (folder, subfolder)
            and place.name.startswith(f"{stem}_")
            and place.name.removeprefix(f"{stem}_").split("_")[0].isdigit()
        ]
        place = Place(folder, subfolder, f"{stem}_{max(numbers, default=0) + 1:05}_.png")
        self.files[place] = data
        return place

    def load(self, annotated: str) -> bytes | None:
        """The file that LoadImage means by ``sub/name [folder]``."""
        path, bracket, folder = annotated.removesuffix("]").rpartition(" [")
        subfolder, _, name = (path if bracket else annotated).rpartition("/")
        return self.files.get(Place(folder if bracket else "input", subfolder, name))

    def restart(self) -> None:
        """Only the temp folder is emptied."""
        self.files = {place: data for place, data in self.files.items() if place.folder != "temp"}

    def _free(self, place: Place, data: bytes) -> Place:
        stem, dot, suffix = place.name.rpartition(".")
        number, candidate = 0, place
        while candidate in self.files and self.files[candidate] != data:
            number += 1
            name = f"{stem} ({number}){dot}{suffix}" if dot else f"{place.name} ({number})"
            candidate = Place(place.folder, place.subfolder, name)
        return candidate
