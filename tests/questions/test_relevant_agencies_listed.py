"""relevant-agencies-listed: the entries of a document's list, in order, by the Schedule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "relevant-agencies-listed"


def test_seftons_35_entries_in_order(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert [r["position"] for r in found] == list(range(1, 36))
    assert found[0]["stated_name"] == "Sefton Local Authority"
    assert found[19]["stated_name"] == "North West Ambulance Service (NWAS)"
    assert found[20]["stated_name"].startswith("Child and Family Court Advisory")
    assert found[34]["stated_name"].startswith("All providers of extra-curricular activities")


def test_three_entries_are_partners_themselves(rows: Rows) -> None:
    partners = [r for r in rows(NAME, area="sefton") if r["status"] == "itself a partner"]
    assert [(r["stated_name"], r["organisations"]) for r in partners] == [
        ("Sefton Local Authority", "Sefton Metropolitan Borough Council"),
        ("Merseyside Police", "Merseyside Police"),
        (
            "South Sefton & Southport & Formby CCGs",
            "NHS South Sefton CCG; NHS Southport and Formby CCG",
        ),
    ]
    assert not any(r["paragraphs"] for r in partners)


def test_every_entry_is_typed(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert Counter(r["status"] for r in found) == {
        "in the Schedule": 23,
        "outside the Schedule": 9,
        "itself a partner": 3,
    }
    assert {r["mode"] for r in found} == {"by name", "by category"}
    for row in found:
        assert bool(row["paragraphs"]) is (row["status"] == "in the Schedule")


def test_one_entry_may_fall_under_several_paragraphs(rows: Rows) -> None:
    paragraphs = {r["position"]: r["paragraphs"] for r in rows(NAME, area="sefton")}
    assert (paragraphs[4], paragraphs[7], paragraphs[29]) == (
        "1, 3, 4, 6, 7",
        "5, 13",
        "18, 19, 20",
    )


def test_the_fire_service_and_general_practices_stand_outside(rows: Rows) -> None:
    outside = {
        r["stated_name"] for r in rows(NAME, area="sefton") if r["status"] == "outside the Schedule"
    }
    assert {"Merseyside Fire & Rescue Service", "Sefton GPs", "Local Housing Providers"} < outside


def test_documents_without_a_list(rows: Rows) -> None:
    assert {r["document"] for r in rows(NAME)} == {"sefton-arrangements-2021"}
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
