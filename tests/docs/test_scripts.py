"""Scripts and units are well: by shellcheck and systemd where they are, by the shell itself everywhere."""

import shutil
import subprocess

import pytest

from tests.docs.runs import unit_is_well
from tests.docs.shell import ROOT, Command

UNITS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "k8s").rglob("*.service"))
SCRIPTS = (".ci/run", ".ci/image", "k8s/pin.sh", "k8s/talos/images.sh")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_can_be_read_and_run(script: str) -> None:
    path = ROOT / script
    shell = path.read_text().splitlines()[0].split("/")[-1].removeprefix("env ")
    assert path.stat().st_mode & 0o111
    done = subprocess.run([shell, "-n", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert not done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("script", SCRIPTS)
def test_shellcheck_finds_nothing(script: str) -> None:
    shellcheck = shutil.which("shellcheck")
    if shellcheck is None:
        pytest.skip("no shellcheck is here")
    done = subprocess.run([shellcheck, script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert not done.stdout


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_a_unit(unit: str) -> None:
    unit_is_well(Command("", "", {}, ("sudo", "cp", unit)))
