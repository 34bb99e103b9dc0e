"""seats-by-document: every seat that a document shows, so that documents can be compared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "seats-by-document"
LEAD, DELEGATE = "lead safeguarding partner", "delegated safeguarding partner"


def test_the_posts_of_the_police_in_three_documents(rows: Rows) -> None:
    """Three leads and two delegates: the text of 2021 states no delegate for the police."""
    police = [r for r in rows(NAME) if r["partner"] == "police"]
    assert {(r["document"], r["role"], r["post"], r["employer"]) for r in police} == {
        ("sefton-arrangements-2021", LEAD, "Local Police Area Commander", "Merseyside Police"),
        ("sefton-procedures-2024", LEAD, "Chief Officer", "Merseyside Police"),
        ("sefton-procedures-2024", DELEGATE, "Superintendent, responsible for Sefton",
         "Merseyside Police"),
        ("warwickshire-masa", LEAD, "Chief Constable", "Warwickshire Police"),
        ("warwickshire-masa", DELEGATE, "Detective Superintendent", "Warwickshire Police"),
    }  # fmt: skip
    assert len(police) == 5


def test_a_service_manager_is_no_partner(rows: Rows) -> None:
    """The post has one seat, which is neither a lead's nor a delegate's, and no partner."""
    found = [r for r in rows(NAME, area="warwickshire") if r["post"] == "Service Manager"]
    (seat,) = found
    assert (seat["role"], seat["partner"]) == ("service manager", None)
    assert seat["employer"] == "Warwickshire Safeguarding Children Partnership"
    partners = {r["role"] for r in rows(NAME, area="warwickshire") if r["partner"]}
    assert partners == {LEAD, DELEGATE}


def test_the_same_seats_in_two_documents_of_one_area(rows: Rows) -> None:
    health = {
        r["document"]: (r["post"], r["employer"])
        for r in rows(NAME, area="sefton")
        if r["partner"] == "health" and r["role"] == LEAD
    }
    assert health == {
        "sefton-arrangements-2021": (
            "Chief Officer",
            "NHS South Sefton CCG; NHS Southport and Formby CCG",
        ),
        "sefton-procedures-2024": (
            "Director",
            "NHS Cheshire and Merseyside Integrated Care Board",
        ),
    }


def test_expected_seats_and_members_are_told_apart(rows: Rows) -> None:
    forum = [r for r in rows(NAME, area="sefton") if r["body"] == "Sefton Safeguarding Forum"]
    columns = Counter(r["column"] for r in forum)
    assert columns == {"expected agencies": 10, "members": 17}
    expected = {r["status"] for r in forum if r["column"] == "expected agencies"}
    assert expected == {"seat only"}


def test_a_role_that_was_read_into_the_words_says_so(rows: Rows) -> None:
    partners = [r for r in rows(NAME) if r["partner"]]
    assert {(r["area_name"], r["mapping"]) for r in partners} == {
        ("Sefton", "inferred role"),
        ("Warwickshire", "stated role"),
    }


@pytest.mark.parametrize(
    ("as_at", "documents"),
    [
        ("2021-10-30", set()),
        ("2024-05-18", {"sefton-arrangements-2021"}),
        ("2024-05-19", {"sefton-arrangements-2021", "sefton-procedures-2024"}),
    ],
)
def test_documents_out_by_the_date(rows: Rows, as_at: str, documents: set[str]) -> None:
    assert {r["document"] for r in rows(NAME, area="sefton", as_at=as_at)} == documents


def test_areas_without_a_document_or_without_seats(rows: Rows) -> None:
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="brighton-and-hove") == []
