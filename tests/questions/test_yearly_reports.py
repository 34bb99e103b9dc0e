"""yearly-reports: none is held; what documents say of them, and that their months are unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "yearly-reports"


def test_none_is_held_in_any_area(rows: Rows) -> None:
    found = {r["area_name"]: r for r in rows(NAME)}
    assert {r["yearly_report"] for r in found.values()} == {None}
    assert {r["not_told"] for r in found.values()} == {
        "No yearly report is held, so its months and date cannot be told"
    }
    assert {name: (r["local_words"], r["other_words"]) for name, r in found.items()} == {
        "Brighton and Hove": (1, 29),
        "East Sussex": (1, 29),
        "Sefton": (6, 1),
        "Warwickshire": (0, 0),
        "West Sussex": (1, 29),
    }


def test_where_reports_are_said_to_be(rows: Rows) -> None:
    (sefton,) = rows(NAME, area="sefton")
    assert sefton["said_to_be_at"] == "Sefton Safeguarding Children Partnership website"
    assert sefton["documents"] == (
        "sefton-arrangements-2021, sefton-council-2024, sefton-procedures-2024"
    )
    (sussex,) = rows(NAME, area="west-sussex")
    assert sussex["said_to_be_at"].startswith("Websites of the partnerships")
    assert rows(NAME, area="kent") == rows(NAME, area="sefton", as_at="2021-10-30") == []


def test_reports_that_are_held(asked: Asked, exampleshire: Exampleshire) -> None:
    reports = [
        exampleshire.document(name=f"report-{year}", kind="YearlyReport", since=f"{year}-09-20")
        for year in (2023, 2024)
    ]
    found = asked(NAME, *reports)
    assert [(r["yearly_report"], r["dated"], r["date_is"]) for r in found] == [
        ("report-2024", "2024-09-20", "issued"),
        ("report-2023", "2023-09-20", "issued"),
    ]
    assert {r["not_told"] for r in found} == {
        "The months that it covers are not held, so read them in the report"
    }
    (then,) = asked(NAME, *reports, as_at="2024-09-19")
    assert then["yearly_report"] == "report-2023"


@pytest.mark.parametrize(
    ("until", "out_by_september"),
    [("2025-04-01", "no"), ("2025-09-30", "no"), ("2025-10-01", "yes"), ("2025-11-01", "yes")],
)
def test_the_september_that_follows_the_last_day(
    asked: Asked, exampleshire: Exampleshire, until: str, out_by_september: str
) -> None:
    """Months to the end of September have the next one to be told in."""
    months = f"""masa:periodFrom "2024-04-01"^^xsd:date ; masa:periodUntil "{until}"^^xsd:date ;"""
    report = exampleshire.document(kind="YearlyReport", since="2025-12-01", more=months)
    (row,) = asked(NAME, report)
    assert row["out_by_september"] == out_by_september
