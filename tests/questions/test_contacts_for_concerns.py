"""contacts-for-concerns: numbers and hours for reporting a concern about a child."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "contacts-for-concerns"


def test_three_numbers_one_of_them_with_two_spans_of_hours(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert {r["number"]: r["hours"] or None for r in found} == {
        "0345 140 0845": (
            "Monday, Tuesday, Wednesday, Thursday: 09:00 to 17:30; Friday: 09:00 to 17:00"
        ),
        "0151 934 3555": None,
        "999": None,
    }
    assert len(found) == 3


def test_each_number_says_what_it_is_for(rows: Rows) -> None:
    found = {r["number"]: r for r in rows(NAME, area="sefton")}
    assert "immediate danger" in found["999"]["purpose"]
    assert "Emergency Duty Team" in found["0151 934 3555"]["purpose"]
    assert "weekends and bank holidays" in found["0151 934 3555"]["remark"]


def test_only_documents_in_view_by_the_date(rows: Rows) -> None:
    assert rows(NAME, area="sefton", as_at="2024-04-03") == []
    assert len(rows(NAME, area="sefton", as_at="2024-04-04")) == 3


def test_areas_whose_documents_give_no_number(rows: Rows) -> None:
    assert {r["area_name"] for r in rows(NAME)} == {"Sefton"}
    assert rows(NAME, area="kent") == []
