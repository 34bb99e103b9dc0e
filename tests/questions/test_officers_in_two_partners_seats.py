"""officers-in-two-partners-seats: one officer, two partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "officers-in-two-partners-seats"


HOLDER = "masa:holder <https://w3id.org/masagraph/id/holder/exampleshire/e1> ;"


def test_none_in_sefton_in_2021_by_41_seats(rows: Rows) -> None:
    """23 seats of the council and its services, 9 of the police and 9 of the two CCGs."""
    (row,) = rows(NAME, area="sefton", as_at="2022-01-01")
    assert row["told"] == "none among the holders known"
    assert row["partner_seats"] == 23 + 9 + 9
    assert 0 < row["seats_with_a_holder"] < row["partner_seats"]


def test_every_area_has_a_row_that_says_what_is_known(rows: Rows) -> None:
    found = {(r["area_name"], r["document"]): r["told"] for r in rows(NAME)}
    assert len({area for area, _ in found}) == 153
    assert found["Sefton", "sefton-procedures-2024"] == "cannot be told: no holder is known"
    assert found["Warwickshire", "warwickshire-masa"] == "none among the holders known"
    nothing = "no seat of a partner found in the text held"
    assert found["West Sussex", "sussex-procedures-2024"] == nothing
    assert found["Kent", None] == "no document held"


def test_one_officer_in_the_seats_of_two(asked: Asked, exampleshire: Exampleshire) -> None:
    seats = exampleshire.seat("chief") + exampleshire.seat(
        "nurse", slot="health", organisation="exampleshire-icb"
    )
    (row,) = asked(NAME, exampleshire.document(seats))
    assert (row["told"], row["partner_seats"]) == ("cannot be told: no holder is known", 2)
    held = seats.replace("masa:holderStatus", HOLDER + " masa:holderStatus")
    (row,) = asked(NAME, exampleshire.document(held))
    assert row["told"] == "officers in the seats of two partners"
    assert (row["officers"], row["seats_with_a_holder"]) == ("e1: health and police", 2)


def test_two_seats_of_one_partner_are_not_told(asked: Asked, exampleshire: Exampleshire) -> None:
    seats = exampleshire.seat("chief") + exampleshire.seat("deputy", head=False)
    held = seats.replace("masa:holderStatus", HOLDER + " masa:holderStatus")
    (row,) = asked(NAME, exampleshire.document(held))
    assert (row["told"], row["officers"]) == ("none among the holders known", None)
