"""duties-most-often-not-evidenced: counts of areas, recounted here from outcomes-by-area."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "duties-most-often-not-evidenced"
COLUMNS = {
    "Evidenced": "evidenced",
    "PartlyEvidenced": "partly_evidenced",
    "Promised": "promised",
    "OnlyRestated": "only_restated",
    "NotFoundInTextHeld": "not_found",
    "Missing": "missing_from_whole_text",
    "OutOfDate": "out_of_date",
    "StatedNotInPlace": "stated_not_in_place",
    "SourcesDiffer": "sources_differ",
}


@pytest.mark.parametrize(
    ("edition", "as_at"),
    [("wt2023", "2026-11-22"), ("wt2018", "2022-01-01"), ("ca2004", "2024-06-01")],
)
def test_the_counts_are_those_of_the_outcomes(rows: Rows, edition: str, as_at: str) -> None:
    told: Counter[tuple[str, str]] = Counter(
        (r["duty"].rsplit("/", 1)[-1], r["outcome"])
        for r in rows("outcomes-by-area", edition=edition, as_at=as_at)
    )
    found = {r["duty"]: r for r in rows(NAME, edition=edition, as_at=as_at)}
    tested = {d for d, outcome in told if outcome in COLUMNS}
    assert set(found) == tested
    assert tested
    for duty, row in found.items():
        counts = {column: told[duty, outcome] for outcome, column in COLUMNS.items()}
        assert {column: row[column] for column in counts} == counts
        assert row["areas_tested"] == sum(counts.values())
        assert row["not_evidenced"] == row["areas_tested"] - row["evidenced"]


def test_a_duty_of_which_only_one_area_has_evidence(rows: Rows) -> None:
    """Warwickshire names a delegate for each partner; the other four have part of it."""
    (row,) = [r for r in rows(NAME, edition="wt2023") if r["duty"] == "wt2023-dsp-appointed-named"]
    assert (row["evidenced"], row["partly_evidenced"], row["not_evidenced"]) == (1, 4, 4)
    assert (row["areas_tested"], row["areas_with_a_document"], row["areas"]) == (5, 5, 153)


def test_must_stands_before_should_and_the_counts_set_no_order(rows: Rows) -> None:
    found = rows(NAME, edition="wt2023")
    modalities = [r["modality"] for r in found]
    assert modalities == sorted(modalities, key=["must", "should", "may"].index)
    order = [
        (r["provision"], r["topic_name"], r["duty"]) for r in found if r["modality"] == "should"
    ]
    assert order == sorted(order)


def test_must_alone(rows: Rows) -> None:
    found = rows(NAME, edition="wt2023", modality="must")
    everything = rows(NAME, edition="wt2023")
    assert [r["duty"] for r in found] == [r["duty"] for r in everything if r["modality"] == "must"]
    assert len(found) == 7
    assert rows(NAME, edition="wt2023", modality="shall") == []


def test_no_area_is_named_and_none_is_counted_before_its_document(rows: Rows) -> None:
    found = rows(NAME, edition="wt2023", as_at="2022-01-01")
    assert {(r["areas_tested"], r["areas_with_a_document"]) for r in found} == {(1, 1)}
    assert not any("Sefton" in str(value) for r in found for value in r.values())
    assert rows(NAME, edition="wt2023", as_at="2020-01-01") == []
