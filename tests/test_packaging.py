"""The built wheel works by itself: installed into an empty virtualenv, far from the source checkout."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from workflows.portraits import SAMPLE, portrait

ROOT = Path(__file__).parents[1]
PACKAGES = ("adapters", "bot", "comfy", "workflows")

EVERY_MODULE = """
import importlib, importlib.metadata, json, pkgutil, sys

for name in ("adapters", "bot", "comfy", "workflows"):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        if not module.name.endswith((".__main__", ".env")):  # they run on import: commands, Alembic's script
            importlib.import_module(module.name)

ours = [sys.modules[name].__file__ for name in ("adapters", "bot", "comfy", "workflows")]
tops = {name.partition(".")[0] for name in sys.modules}
owners = importlib.metadata.packages_distributions()
imported = {owner for top in tops for owner in owners.get(top, [])}
print(json.dumps({"ours": ours, "distributions": sorted(imported)}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = ("wheel", "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", folder, ROOT)
    _run(sys.executable, "-m", "pip", "--disable-pip-version-check", *build, cwd=folder)
    (built,) = folder.glob("petaflop-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` directory of a virtualenv that holds nothing but the wheel.

    What the wheel depends on is lent from the virtualenv that runs the tests, so that no network is needed:
    a ``.pth`` file puts its site-packages at the end of the import path. Python reads ``.pth`` files only in
    its own site-packages and not in directories that were added by one, so the editable install's ``.pth``
    file, which stands in the lent directory and leads to the source checkout, has no effect.
    """
    home = tmp_path_factory.mktemp("empty")
    _run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    _run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=home)
    (own,) = home.glob("lib/python*/site-packages")
    (own / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def test_every_file_of_our_packages_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    expected = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert expected <= inside
    for kind in (
        "adapters/web/static/.+",
        "adapters/web/templates/.+",
        "bot/pixels/fonts/.+[.]otf",
        "bot/store/migrations/versions/.+[.]py",
        "bot/words/de/.+[.]ftl",
        "workflows/graphs/.+[.]json",
        "workflows/styles[.]toml",
        "petaflop-.+[.]dist-info/licenses/LICENSE",
    ):
        assert any(re.fullmatch(kind, name) for name in inside), kind


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_installed_command_makes_a_picture(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "me.jpg").write_bytes(portrait(SAMPLE))
    arguments = ("stylize", "me.jpg", "--style", "pixel", "-o", "out.jpg", "--json")
    told = json.loads(_run(installed / "petaflop", *arguments, cwd=tmp_path))
    assert told["width"] > 0
    assert (tmp_path / "out.jpg").read_bytes().startswith(b"\xff\xd8\xff")


def test_every_module_needs_only_what_the_wheel_asks_for(installed: Path, tmp_path: Path) -> None:
    told = json.loads(_run(installed / "python", "-c", EVERY_MODULE, cwd=tmp_path))
    assert all(Path(file).is_relative_to(installed.parent) for file in told["ours"])
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    imported = {_normal(name) for name in told["distributions"]}
    assert "starlette" in imported
    assert imported - {_normal(name) for name in locked} <= {"petaflop"}


def _run(*command: str | Path, cwd: Path) -> str:
    """Standard output of a command that has to succeed, without this process' import path and settings."""
    ours = ("PYTHON", "PETAFLOP_", "PIP_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
