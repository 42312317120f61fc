"""Each overlay is well-formed and keeps each rule; for each rule there is a slip that it catches (faults)."""

from collections.abc import Callable, Iterator

import pytest

from tests.k8s import manifests, network_rules, pod_rules, schemas, site_rules
from tests.k8s.manifests import Documents

Rule = Callable[[Documents], Iterator[str]]
RULES: dict[str, Rule] = {
    rule.__name__: rule for rule in (*pod_rules.RULES, *site_rules.RULES, *network_rules.RULES)
}


@pytest.mark.parametrize("overlay", manifests.OVERLAYS)
def test_every_document_is_well_formed(overlay: str) -> None:
    wrong = {
        f"{document['kind']}/{document['metadata']['name']}": complaint
        for document in manifests.kept(overlay)
        if (complaint := schemas.complaint(document))
    }
    assert not wrong


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("overlay", manifests.OVERLAYS)
def test_every_rule_is_kept(overlay: str, rule: str) -> None:
    assert not list(RULES[rule](manifests.kept(overlay)))
