"""childrens-and-adults-boards: what names and lines show of a merger."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "childrens-and-adults-boards"


def test_what_names_show(rows: Rows) -> None:
    found = {r["area_name"]: r["told"] for r in rows(NAME, as_at="2026-01-01")}
    assert len(found) == 153
    both = "named for children and adults or for all ages"
    assert {area for area, told in found.items() if told == both} == {
        "Northumberland", "Southampton", "Windsor and Maidenhead",
    }  # fmt: skip
    assert found["Oldham"] == "named for neither children nor adults"
    assert found["Leeds"] == "named for children"
    assert found["Kent"] == "named for children"
    assert found["Wigan"] == "no name seen"


def test_seftons_line_to_the_adults_board(rows: Rows) -> None:
    """The arrangements of 2021 state a working and reporting relationship with it."""
    (row,) = rows(NAME, area="sefton")
    assert row["told"] == "named for children; a line to an adults' board apart"
    assert row["line_to_adults_board"] == "linked to Sefton Safeguarding Adults Board"
    assert (row["funding"], row["document"]) == (
        "not found in the text held", "sefton-arrangements-2021",
    )  # fmt: skip


def test_money_is_not_known_and_it_says_why(rows: Rows) -> None:
    found = {r["area_name"]: r["funding"] for r in rows(NAME)}
    assert found["Warwickshire"] == "not found in the text held"
    assert found["Southampton"] == "no document held"


def test_a_line_to_another_board_is_none_to_the_adults(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    line = """
        body:board a masa:Body ; skos:prefLabel "{}"@en .
        line:one a masa:ReportingLine ;
            masa:inArrangement arrangement:exampleshire ;
            masa:reportingBody partnership:exampleshire ;
            masa:reportsToBody body:board ;
            masa:lineKind masa:ReportsTo .
    """
    for name, told in (
        ("Health Board", "no name seen"),
        ("Adults' Board", "no name seen; a line to an adults' board apart"),
    ):
        (row,) = asked(NAME, exampleshire.document(line.format(name)))
        assert row["told"] == told


def test_money_of_a_document_whose_place_another_took_is_not_told(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    money = """
        <https://w3id.org/masagraph/id/funding/exampleshire/one> a masa:FundingStatement ;
            skos:prefLabel "Funding of 2024/25"@en ;
            masa:inArrangement arrangement:exampleshire ;
            masa:fundsFunction masa:ChildrensSafeguarding , masa:AdultsSafeguarding .
    """
    old = exampleshire.document(money, name="old")
    new = exampleshire.document(name="new", since="2025-03-15", more="masa:supersedes doc:old ;")
    (then,) = asked(NAME, old, new, as_at="2025-03-14")
    assert then["funding"] == "money for children and adults together, not told apart"
    (now,) = asked(NAME, old, new, as_at="2025-03-15")
    assert now["funding"] == "not found in the text held"
