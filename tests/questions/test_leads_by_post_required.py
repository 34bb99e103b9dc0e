"""leads-by-post-required: leads whose post is not shown to head the agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "leads-by-post-required"


def test_one_health_lead_is_not_shown_to_head_the_board(rows: Rows) -> None:
    """Sefton's page of 2024 gives the health lead as "Director"; Warwickshire's three are heads."""
    found = rows(NAME)
    assert {(r["area_name"], r["partner"]): r["heads_the_agency"] for r in found} == {
        ("Sefton", "local authority"): "yes",
        ("Sefton", "health"): "not shown",
        ("Sefton", "police"): "yes",
        ("Warwickshire", "local authority"): "yes",
        ("Warwickshire", "health"): "yes",
        ("Warwickshire", "police"): "yes",
    }
    assert (found[0]["post"], found[0]["wording_shows"]) == ("Director", "Working Together 2018")
    counts = {(r["areas_with_this_lead"], r["areas_with_a_document"], r["areas"]) for r in found}
    assert counts == {(2, 5, 153)}


def test_in_2021_the_police_were_led_by_a_local_commander(rows: Rows) -> None:
    found = rows(NAME, area="sefton", as_at="2022-01-01")
    not_shown = [(r["partner"], r["post"]) for r in found if r["heads_the_agency"] == "not shown"]
    assert not_shown == [("police", "Local Police Area Commander")]
    assert {(r["areas_with_this_lead"], r["areas_with_a_document"]) for r in found} == {(1, 1)}


def test_a_seat_for_education_is_left_out(rows: Rows) -> None:
    assert "education" not in {r["partner"] for r in rows(NAME, area="warwickshire")}
    assert rows(NAME, area="west-sussex") == []


def test_a_newer_lead_takes_the_place_of_one_more_than_a_year_older(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    old = exampleshire.document(exampleshire.seat("deputy", head=False), since="2022-01-01")
    new = exampleshire.document(
        exampleshire.seat("head", of="newer"), name="newer", since="2023-06-01"
    )
    for as_at, heads in (("2023-05-31", "not shown"), ("2023-06-01", "yes")):
        (row,) = asked(NAME, old, new, as_at=as_at)
        assert (row["heads_the_agency"], row["areas"]) == (heads, 1)
