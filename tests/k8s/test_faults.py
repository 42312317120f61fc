"""Planted slips are caught: each by the rule that is meant for it, and no rule is without one."""

import pytest

from tests.k8s import schemas
from tests.k8s.faults import FAULTS, MALFORMED, Fault
from tests.k8s.test_rules import RULES


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_planted_slip_is_caught(fault: Fault) -> None:
    assert list(RULES[fault.rule](fault.planted()))


@pytest.mark.parametrize("fault", MALFORMED, ids=str)
def test_a_malformed_document_is_caught(fault: Fault) -> None:
    assert any(schemas.complaint(document) for document in fault.planted())


def test_no_rule_is_without_a_slip() -> None:
    assert {fault.rule for fault in FAULTS} == set(RULES)
