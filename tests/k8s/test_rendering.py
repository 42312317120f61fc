"""What lies in ``rendered/`` is what kubectl makes of ``k8s/``; other tests look at it, without kubectl."""

import pytest

from tests.k8s import manifests


@pytest.mark.parametrize("overlay", manifests.OVERLAYS)
def test_the_kept_rendering_is_the_one_of_today(overlay: str) -> None:
    kubectl = manifests.kubectl()
    if kubectl is None:
        pytest.skip("no kubectl of 1.25 or newer is here: only the kept renderings are looked at")
    fresh = manifests.rendered(kubectl, manifests.OVERLAYS[overlay])
    assert fresh == manifests.kept(overlay), "k8s/ has changed, or site.env: make k8s writes them anew"
