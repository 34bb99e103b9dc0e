"""leads-and-delegates: who leads and who is delegated, by partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

LEAD, DELEGATE = "lead safeguarding partner", "delegated safeguarding partner"
COUNCIL, ICB, FORCE = (
    "Warwickshire County Council",
    "NHS Coventry and Warwickshire Integrated Care Board",
    "Warwickshire Police",
)


def test_warwickshire(rows: Rows) -> None:
    found = [
        (r["partner"], r["role"], r["post"], r["organisation"], r["holder"])
        for r in rows("leads-and-delegates", area="warwickshire")
    ]
    assert found == [
        ("local authority", LEAD, "Chief Executive", COUNCIL, "named"),
        ("local authority", DELEGATE, "Executive Director for Children & Young People", COUNCIL,
         "named"),
        ("health", LEAD, "Chief Executive", ICB, "named"),
        ("health", DELEGATE, "Chief Nursing Officer", ICB, "named"),
        ("police", LEAD, "Chief Constable", FORCE, "named"),
        ("police", DELEGATE, "Detective Superintendent", FORCE, "named"),
        ("education", LEAD, "Head teacher", None, "to be confirmed"),
        ("education", DELEGATE, "Director of Education", COUNCIL, "named"),
    ]  # fmt: skip


def test_seftons_roles_are_read_into_its_words(rows: Rows) -> None:
    """The text of 2021 knows no lead or delegated partners: the mapping says so."""
    found = rows("leads-and-delegates", area="sefton", as_at="2022-01-01")
    assert {(r["partner"], r["role"], r["post"]) for r in found} == {
        ("local authority", LEAD, "Chief Executive"),
        ("local authority", DELEGATE, "Director of Children's Services"),
        ("health", LEAD, "Chief Officer"),
        ("police", LEAD, "Local Police Area Commander"),
    }
    assert {r["mapping"] for r in found} == {"inferred role"}
    assert {r["organisation"] for r in found if r["partner"] == "health"} == {
        "NHS Southport and Formby CCG",
        "NHS South Sefton CCG",
    }


def test_a_page_of_2024_makes_seftons_seats_of_2021_history(rows: Rows) -> None:
    found = rows("leads-and-delegates", area="sefton")
    assert len(found) == 6
    assert {r["document"] for r in found} == {"sefton-procedures-2024"}
    assert {r["partner"] for r in found} == {"local authority", "health", "police"}


def test_without_an_area_all_are_told_with_their_names(rows: Rows, ask: Ask) -> None:
    found = rows("leads-and-delegates")
    assert {r["area_name"] for r in found} == {"Sefton", "Warwickshire"}
    assert "area" in ask("leads-and-delegates").columns
    assert "area" not in ask("leads-and-delegates", area="sefton").columns


@pytest.mark.parametrize(
    ("as_at", "count"), [("2023-12-14", 0), ("2023-12-15", 8), ("2026-11-22", 8)]
)
def test_only_documents_in_view_by_the_date_are_read(rows: Rows, as_at: str, count: int) -> None:
    assert len(rows("leads-and-delegates", area="E10000031", as_at=as_at)) == count


def test_an_area_without_a_document_has_no_rows(rows: Rows) -> None:
    assert rows("leads-and-delegates", area="kent") == []
