"""outcomes-by-area: the outcome of each duty in each area."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from masagraph.assessment.comparing import compare
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "outcomes-by-area"


@pytest.mark.parametrize("edition", ["wt2018", "wt2023"])
def test_it_is_the_matrix(rows: Rows, opened: Opened, edition: str) -> None:
    """The same by SPARQL as by the code that compares, what was not tested too."""
    found = {
        (r["area_name"], r["duty"].rpartition("/")[2]): (r["outcome"], r["outcome_label"])
        for r in rows(NAME, edition=edition)
    }
    matrix = compare(opened, (), edition, opened.data_date)
    assert found == {
        (assessment.area.label, finding.duty): (finding.outcome, finding.outcome_label)
        for assessment in matrix.assessments
        for finding in assessment.findings
    }


def test_a_day_on_which_nothing_changed_is_that_of_the_last_change(rows: Rows) -> None:
    """Sefton's page of 19 May 2024 was the last change before the end of that month."""
    found = rows(NAME, area="sefton", edition="wt2018", as_at="2024-05-30")
    assert {r["assessed_as_at"] for r in found} == {"2024-05-19"}
    assert len({r["duty"] for r in found}) == len(found) > 0


def test_before_any_document_nothing_is_told(rows: Rows) -> None:
    assert rows(NAME, edition="wt2018", as_at="2021-10-30") == []
    assert {r["area_name"] for r in rows(NAME, edition="wt2018", as_at="2021-10-31")} == {"Sefton"}
    assert rows(NAME, area="kent") == []


def test_one_duty_and_one_topic(rows: Rows) -> None:
    """Warwickshire's page of 2023 repeats the aim of the guidance to have a chair, no more."""
    found = rows(NAME, duty="wt2023-partnership-chair", edition="wt2023")
    assert len(found) == 5
    assert {r["area_name"]: r["outcome"] for r in found}["Warwickshire"] == "OnlyRestated"
    by_topic = rows(NAME, topic="topic/independent-scrutiny", edition="wt2023")
    assert {r["topic_name"] for r in by_topic} == {"Independent scrutiny"}
    duties = Counter(r["duty"] for r in by_topic)
    assert set(duties.values()) == {5}
