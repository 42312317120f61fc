"""Take out of an image's packages what the booth never opens: ``slim.py SITE-PACKAGES``.

Others' tests, type stubs, sources of compiled modules, programs for Windows, and the names of days and
months in languages that we don't speak: 30 MB in Babel, which needs ``root`` and each language.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCES = {".pyi", ".pyx", ".pxd", ".c", ".h", ".a", ".dll", ".exe"}
FOLDERS = ("*/tests", "*/*/tests", "sqlalchemy/testing", "alembic/testing", "numpy/f2py")


def superfluous(packages: Path) -> Iterator[Path]:
    """Files and folders that may go; a folder comes without what is in it."""
    for pattern in FOLDERS:
        yield from packages.glob(pattern)
    yield from (path for path in packages.rglob("*") if path.suffix in SOURCES)
    spoken = {"root", *(folder.name for folder in (packages / "bot" / "words").iterdir() if folder.is_dir())}
    for path in (packages / "babel" / "locale-data").glob("*.dat"):
        if path.stem.partition("_")[0] not in spoken:
            yield path


def remove(path: Path) -> None:
    """A file, or a folder with all that is in it; one that went with its folder is gone already."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    for found in list(superfluous(Path(sys.argv[1]))):
        remove(found)
