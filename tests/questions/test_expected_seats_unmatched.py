"""expected-seats-unmatched: expected seats that no listed member seems to take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "expected-seats-unmatched"
CONTEXTUAL = "Contextual Safeguarding sub-group"
PERFORMANCE = "Performance, Quality Assurance and Data Sub-group"
MODEL = "Practice Model Group"
FORUM = "Sefton Safeguarding Forum"


def test_eight_seats_that_nobody_takes(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["taken_by"] == "nobody"]
    assert {(r["body"], r["expected"]) for r in found} == {
        (MODEL, "Head of Early Help"),
        (MODEL, "Head of Children's Social Care"),
        (CONTEXTUAL, "Head of Early Help"),
        (PERFORMANCE, "Senior Manager Early Help and Prevention"),
        (PERFORMANCE, "Representative from QA Performance Team"),
        (FORUM, "Youth offending service representative"),
        (FORUM, "Faith community representatives"),
        (FORUM, "Early years providers representative"),
    }
    assert len(found) == 8


def test_two_more_are_taken_by_a_member_to_be_confirmed(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert {r["body"] for r in found if r["taken_by"] == "to be confirmed"} == {
        MODEL,
        "Learning and Development sub-group",
    }
    assert len(found) == 10


def test_a_damaged_column_says_so(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["body"] == MODEL]
    assert len(found) == 3
    assert all("damaged" in r["remark"] for r in found)


def test_areas_whose_documents_expect_no_seats(rows: Rows) -> None:
    assert {r["area_name"] for r in rows(NAME)} == {"Sefton"}
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
