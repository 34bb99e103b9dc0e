"""splits-and-merges: partnerships that ended, and what followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "splits-and-merges"


def test_three_places_after_one_partnership(rows: Rows) -> None:
    found = [r for r in rows(NAME) if r["ended"] == "2023-09-01"]
    assert {r["area_name"] for r in found} == {"Blackburn with Darwen", "Blackpool", "Lancashire"}
    assert {(r["change"], r["areas_before"], r["precision"]) for r in found} == {
        ("split", 3, "day")
    }
    blackpool = next(r for r in found if r["area_name"] == "Blackpool")
    assert blackpool["followed_by"] == "Blackpool Children's Safeguarding Assurance Partnership"


def test_an_end_of_which_only_the_year_is_known(rows: Rows) -> None:
    (row,) = rows(NAME, area="dorset")
    assert (row["change"], row["ended"], row["precision"]) == ("split", "2024-01-01", "year")


def test_where_nothing_that_followed_was_seen(rows: Rows) -> None:
    (row,) = rows(NAME, area="westminster")
    assert (row["change"], row["followed_by"]) == ("ended", "not seen what followed")


def test_seftons_board_was_replaced(rows: Rows) -> None:
    (row,) = rows(NAME, area="sefton")
    assert (row["change"], row["ended"]) == ("replaced", "2021-10-31")
    assert row["followed_by"] == "Sefton Safeguarding Children Partnership"
    assert row["known_from"] == "sefton-arrangements-2021"
    assert row["old_reports"] == "not found in the text held"
    (lancashire,) = rows(NAME, area="lancashire")
    assert lancashire["old_reports"] == "no document held"


def test_what_ended_after_the_date_is_not_told(rows: Rows) -> None:
    assert rows(NAME, area="lancashire", as_at="2023-08-31") == []
    assert rows(NAME, area="kent") == []


def claim(name: str, areas: str, status: str, more: str) -> str:
    """A partnership that a page was seen to name."""
    return f"""
        <https://w3id.org/masagraph/id/partnership-claim/{name}> a masa:PartnershipClaim ;
            skos:prefLabel "{name}"@en ;
            masa:claimedArea {areas} ;
            masa:claimStatus masa:{status} ; {more}
            masa:partnershipKind masa:SinglePartnership .
    """


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(1, 2, "merged"), (2, 1, "split"), (1, 1, "replaced"), (2, 0, "ended")],
)
def test_the_kind_of_change(
    asked: Asked, exampleshire: Exampleshire, before: int, after: int, change: str
) -> None:
    other = "<https://w3id.org/masagraph/id/area/otherbury>"
    mine = "<https://w3id.org/masagraph/id/area/exampleshire>"
    areas = {1: mine, 2: f"{mine} , {other}"}
    parts = [claim("old", areas[before], "SeenEnded", 'masa:validUntil "2023-01-01"^^xsd:date ;')]
    if after:
        parts.append(
            claim("new", areas[after], "SeenCurrent", 'masa:validFrom "2023-01-01"^^xsd:date ;')
        )
    (row,) = asked(NAME, exampleshire.document(*parts), area="exampleshire")
    assert (row["change"], row["body"]) == (change, "old")
    assert row["followed_by"] == ("new" if after else "not seen what followed")


def test_what_began_before_the_end_did_not_follow(asked: Asked, exampleshire: Exampleshire) -> None:
    mine = "<https://w3id.org/masagraph/id/area/exampleshire>"
    document = exampleshire.document(
        claim("old", mine, "SeenEnded", 'masa:validUntil "2023-01-01"^^xsd:date ;'),
        claim("earlier", mine, "SeenCurrent", 'masa:validFrom "2022-01-01"^^xsd:date ;'),
    )
    (row,) = asked(NAME, document, area="exampleshire")
    assert row["followed_by"] == "not seen what followed"
