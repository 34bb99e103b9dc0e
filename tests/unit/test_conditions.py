"""Duties that apply only under a condition: unknown, met, not met."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

DUTY = "wt2018-pub-custody-residential"
CONDITION = "<https://w3id.org/masagraph/id/concept/condition/custody-or-residential-provision>"


@pytest.mark.parametrize(
    ("known", "said", "outcome"),
    [
        pytest.param("", False, "NotFoundInTextHeld", id="unknown: never missing"),
        pytest.param("", True, "Evidenced", id="unknown, and shown"),
        pytest.param("conditionMet", False, "Missing", id="met: silence speaks"),
        pytest.param("conditionMet", True, "Evidenced", id="met, and shown"),
        pytest.param("conditionNotMet", False, "DoesNotApply", id="not met"),
        pytest.param("conditionNotMet", True, "DoesNotApply", id="not met, whatever is said"),
    ],
)
def test_a_condition_decides(
    exampleshire: Exampleshire, known: str, said: bool, outcome: str
) -> None:
    parts = [exampleshire.statement("homes", wholly=[DUTY])] if said else []
    if known:
        parts.append(f"arrangement:exampleshire masa:{known} {CONDITION} .")
    document = exampleshire.document(
        *parts, extent="WholeText", claims="wt2018", since="2021-03-15"
    )
    finding = exampleshire.findings("2022-01-01", document, edition="wt2018", duties=[DUTY])[DUTY]
    assert finding.outcome == outcome
    assert finding.condition
    assert ("is not known; it was tested as if met" in finding.description) is (known == "")
    assert finding.is_gap is (outcome in ("NotFoundInTextHeld", "Missing"))


def test_what_does_not_apply_asks_for_nothing(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(f"arrangement:exampleshire masa:conditionNotMet {CONDITION} .")
    finding = exampleshire.findings("2024-12-01", document, edition="wt2018", duties=[DUTY])[DUTY]
    assert finding.would_close is None
    assert finding.fault == "ConditionIsNotMet"
