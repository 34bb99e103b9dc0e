"""seats-without-named-holder: what a document says instead of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "seats-without-named-holder"


def test_warwickshires_only_such_seat_is_educations(rows: Rows) -> None:
    (seat,) = rows(NAME, area="warwickshire")
    assert (seat["role"], seat["partner"]) == ("lead safeguarding partner", "education")
    assert (seat["post"], seat["holder"]) == ("Head teacher", "to be confirmed")
    assert seat["words"] == "Education: Head teacher TBC"
    assert seat["document"] == "warwickshire-masa"


def test_seftons_seats_are_posts_without_names(rows: Rows) -> None:
    found = rows(NAME, area="sefton", as_at="2022-01-01")
    assert {(r["role"], r["partner"], r["organisation"]) for r in found} == {
        (
            "delegated safeguarding partner",
            "local authority",
            "Sefton Metropolitan Borough Council",
        ),
        ("independent scrutineer", None, None),
        ("lead safeguarding partner", "health", "NHS Southport and Formby CCG"),
        ("lead safeguarding partner", "health", "NHS South Sefton CCG"),
        ("lead safeguarding partner", "local authority", "Sefton Metropolitan Borough Council"),
        ("lead safeguarding partner", "police", "Merseyside Police"),
    }
    assert {r["holder"] for r in found} == {"post only"}
    assert all(r["words"] for r in found)


def test_a_newer_document_takes_the_place_of_an_older_one(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    partners = [r for r in found if r["partner"]]
    assert len(partners) == 6
    assert {r["document"] for r in partners} == {"sefton-procedures-2024"}
    assert [r["role"] for r in found if not r["partner"]] == ["independent scrutineer"]


def test_no_seat_with_a_named_holder_is_listed(rows: Rows) -> None:
    found = rows(NAME)
    assert len(found) == 8
    assert "named" not in {r["holder"] for r in found}


def test_before_the_document_there_is_no_seat(rows: Rows) -> None:
    assert rows(NAME, area="warwickshire", as_at="2023-12-14") == []
