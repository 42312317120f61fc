"""What is left out of the image, and what is not."""

from pathlib import Path

from k8s.slim import remove, superfluous

STAY = (
    "bot/words/de/cards.ftl",
    "bot/words/en/cards.ftl",
    "babel/locale-data/root.dat",
    "babel/locale-data/de.dat",
    "babel/locale-data/en_GB.dat",
    "babel/global.dat",
    "numpy/testing/__init__.py",
    "numpy/_core/_multiarray.so",
    "httpx/_client.py",
)
GO = (
    "babel/locale-data/fr.dat",
    "babel/locale-data/den.dat",
    "numpy/_core/tests/test_core.py",
    "numpy/tests/deep/test_more.py",
    "numpy/_core/include/array.h",
    "numpy/__init__.pyi",
    "discord/bin/libopus.dll",
    "sqlalchemy/testing/plugin/__init__.py",
)


def test_only_what_is_never_opened_goes(tmp_path: Path) -> None:
    for name in (*STAY, *GO):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for path in list(superfluous(tmp_path)):
        remove(path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(STAY)
