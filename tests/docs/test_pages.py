"""Pages and the files beside them say what is so: settings, links, secrets, images, values, sums."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from adapters.settings import Settings, load_settings, variable
from tests.docs.shell import PAGES, ROOT
from tests.k8s import manifests

ROW = re.compile(r"^\| `(PETAFLOP_\w+)` \| (.+?) \|", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
UNWRITTEN = {"SQLite in the data directory", "none", "made once"}


def rows() -> dict[str, str]:
    return dict(ROW.findall((ROOT / "docs" / "settings.md").read_text()))


def test_every_setting_has_its_row_in_the_order_of_the_program() -> None:
    assert list(rows()) == [variable(name) for name in Settings.model_fields]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_default_that_a_row_tells_is_the_default(name: str) -> None:
    told = rows()[variable(name)]
    given = {} if told in UNWRITTEN else {variable(name): told.strip("`")}
    assert load_settings(given) == load_settings({})


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for target in LINK.findall((ROOT / page).read_text()):
        assert (ROOT / page).parent.joinpath(target).exists(), target


def test_every_secret_of_the_example_is_a_setting_that_hides_its_value() -> None:
    lines = (ROOT / "k8s/site/secret.env.example").read_text().splitlines()
    names = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    hidden = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    public = {"PETAFLOP_DISCORD_PUBLIC_KEY"}
    assert set(names) == {variable(name) for name in hidden} | public
    assert all(line.startswith("#") or line.partition("=")[2] == "" for line in lines)


def test_git_ignores_the_files_with_secrets_and_takes_the_site_s_values() -> None:
    def ignored(path: str) -> bool:
        return subprocess.run(["git", "check-ignore", "--quiet", path], cwd=ROOT, check=False).returncode == 0

    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    assert ignored("k8s/site/secret.env")
    assert ignored("k8s/talos/ups.yaml")
    assert not ignored("k8s/site/site.env")


def test_the_image_list_names_ours() -> None:
    kubectl = manifests.kubectl()
    if kubectl is None:
        pytest.skip("no kubectl of 1.25 or newer is here")
    done = subprocess.run(["k8s/talos/images.sh"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [manifests.container(manifests.kept("backpack"))["image"]]


def test_the_operator_keeps_the_domain() -> None:
    values = yaml.safe_load((ROOT / "k8s/components/ngrok/operator.values.yaml").read_text())
    assert values["defaultDomainReclaimPolicy"] == "Retain"
    assert values["ingress"]["enabled"] is True
    assert values["gateway"]["enabled"] is False
    assert set(values) == {"credentials", "defaultDomainReclaimPolicy", "ingress", "gateway"}


def test_every_model_with_a_sum_is_in_the_table_and_vice_versa() -> None:
    sums = dict(line.split()[::-1] for line in (ROOT / "k8s/spark/models.sha256").read_text().splitlines())
    assert all(re.fullmatch("[0-9a-f]{64}", value) for value in sums.values())
    table = re.findall(r"`([\w.-]+\.safetensors)` \| `(\w+/)`", (ROOT / "docs/spark.md").read_text())
    assert set(sums) == {folder + name for name, folder in table}


@pytest.mark.parametrize("patch", sorted((ROOT / "k8s/talos").glob("*.yaml")), ids=lambda path: path.name)
def test_a_talos_patch_is_yaml_of_known_documents(patch: Path) -> None:
    known = {None, "TimeSyncConfig", "VolumeConfig", "UserVolumeConfig", "ExtensionServiceConfig"}
    for document in yaml.safe_load_all(patch.read_text()):
        assert document.get("kind") in known
        if document.get("kind"):
            assert document["apiVersion"] == "v1alpha1"
        else:
            assert set(document) <= {"cluster", "machine"}


def test_the_board_starts_without_the_time() -> None:
    (document,) = yaml.safe_load_all((ROOT / "k8s/talos/time.yaml").read_text())
    assert document["bootTimeout"] == "2m"


def test_the_local_volume_lies_where_talos_mounts_it() -> None:
    documents = list(yaml.safe_load_all((ROOT / "k8s/talos/volumes.yaml").read_text()))
    (user,) = [each for each in documents if each["kind"] == "UserVolumeConfig"]
    volume = manifests.named(manifests.kept("backpack"), "PersistentVolume", "petaflop-data")
    assert volume["spec"]["local"]["path"] == f"/var/mnt/{user['name']}"
    assert any(each["kind"] == "VolumeConfig" and each["provisioning"]["grow"] is False for each in documents)


def test_a_pinned_image_is_the_one_that_was_pushed(tmp_path: Path) -> None:
    digest = f"sha256:{'ab' * 32}"
    pinned = subprocess.run(
        ["k8s/pin.sh", "registry.example/booth", "1.2.3", digest],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    (image,) = yaml.safe_load(pinned.stdout)["images"]
    assert image == {
        "name": "petaflop",
        "newName": "registry.example/booth",
        "newTag": "1.2.3",
        "digest": digest,
    }
    refused = subprocess.run(["k8s/pin.sh", "a", "b", ""], cwd=ROOT, capture_output=True, check=False)
    assert refused.returncode
    assert not refused.stdout
