"""Duties that apply only under a condition: unknown, met, not met.

No duty with a condition has a shape of its own yet, so a plain one is added here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from masagraph.dataset.files import RdfFile
from masagraph.vocab import GRAPH

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

DUTY = "wt2018-pub-custody-residential"
CONDITION = "<https://w3id.org/masagraph/id/concept/condition/custody-or-residential-provision>"
SHAPE = f"""
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

<https://w3id.org/masagraph/id/shape/{DUTY}> a sh:NodeShape ;
    sh:targetClass masa:ArrangementInView ;
    masa:tests <https://w3id.org/masagraph/id/duty/{DUTY}> ;
    sh:severity sh:Warning ;
    sh:message "We looked for how custody and children's homes are included."@en ;
    masa:wouldClose "Say how they are included, or that there are none."@en .
"""


@pytest.fixture(scope="module")
def tested(exampleshire: Exampleshire, law: list[RdfFile]) -> Exampleshire:
    """The invented area beside a law in which the conditional duty is tested."""
    triples = tuple(quad.triple for quad in ox.parse(SHAPE, format=ox.RdfFormat.TURTLE))
    added = replace(law[0], graph=f"{GRAPH}shapes/duties/added", text=SHAPE, triples=triples)
    return type(exampleshire)([*law, added])


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
def test_a_condition_decides(tested: Exampleshire, known: str, said: bool, outcome: str) -> None:
    parts = [tested.statement("homes", wholly=[DUTY])] if said else []
    if known:
        parts.append(f"arrangement:exampleshire masa:{known} {CONDITION} .")
    document = tested.document(*parts, extent="WholeText", claims="wt2018", since="2021-03-15")
    finding = tested.findings("2022-01-01", document, edition="wt2018", duties=[DUTY])[DUTY]
    assert finding.outcome == outcome
    assert finding.condition
    assert ("is not known; it was tested as if met" in finding.description) is (known == "")
    assert finding.is_gap is (outcome in ("NotFoundInTextHeld", "Missing"))


def test_what_does_not_apply_asks_for_nothing(tested: Exampleshire) -> None:
    document = tested.document(f"arrangement:exampleshire masa:conditionNotMet {CONDITION} .")
    finding = tested.findings("2024-12-01", document, edition="wt2018", duties=[DUTY])[DUTY]
    assert finding.would_close is None
    assert finding.fault == "ConditionIsNotMet"
