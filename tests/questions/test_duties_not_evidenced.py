"""duties-not-evidenced: the same gaps as the assessment, with the same reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.assessment.assess import assessment_graph
from masagraph.assessment.findings import Finding, read_findings
from masagraph.assessment.names import Area, find_area
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

NAME = "duties-not-evidenced"
AREAS = ("warwickshire", "sefton", "brighton-and-hove", "east-sussex", "west-sussex")


def gaps(opened: Opened, areas: list[Area], slug: str, edition: str) -> dict[str, Finding]:
    graph = assessment_graph(find_area(areas, slug).arrangement or "", edition, opened.data_date)
    return {f.duty: f for f in read_findings(opened.store, graph) if f.is_gap}


@pytest.mark.parametrize("edition", ["wt2018", "wt2023", "ca2004"])
@pytest.mark.parametrize("slug", AREAS)
def test_the_gaps_are_those_of_the_assessment(
    rows: Rows, opened: Opened, areas: list[Area], slug: str, edition: str
) -> None:
    found = rows(NAME, area=slug, edition=edition)
    expected = gaps(opened, areas, slug, edition)
    assert len(found) == len(expected)
    assert {(r["duty"], r["outcome"]) for r in found} == {
        (finding.duty, finding.outcome_label) for finding in expected.values()
    }
    for row in found:
        finding = expected[row["duty"]]
        messages = {fault.message for fault in finding.faults if fault.outcome == finding.outcome}
        assert row["why"] in messages
        assert row["would_close"]
        assert row["assessed_as_at"] == opened.data_date.isoformat()


def test_the_worst_come_first(rows: Rows) -> None:
    outcomes = [r["outcome"] for r in rows(NAME, area="sefton", edition="wt2018")]
    assert outcomes[0] == "Sources differ"
    assert outcomes.index("Promised, not yet in place") < outcomes.index("Partly evidenced")


def test_without_an_edition_the_default_is_taken_and_told(ask: Ask) -> None:
    answered = ask(NAME, area="warwickshire")
    assert answered.parameters["edition"].endswith("/edition/wt2023")
    assert answered.rows == ask(NAME, area="warwickshire", edition="wt2023").rows


def test_without_an_area_only_areas_with_a_document_are_told(rows: Rows) -> None:
    assert len({r["area_name"] for r in rows(NAME)}) == len(AREAS)
    assert rows(NAME, area="kent") == []


def test_evidenced_duties_are_left_out(rows: Rows) -> None:
    duties = {r["duty"] for r in rows(NAME, area="warwickshire", edition="wt2023")}
    assert "wt2023-partnership-chair" in duties
    assert "wt2023-lsp-is-agency-head" not in duties
