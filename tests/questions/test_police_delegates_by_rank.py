"""police-delegates-by-rank: the rank in the title, and of how many areas it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "police-delegates-by-rank"


def test_both_delegates_shown_are_superintendents(rows: Rows) -> None:
    """A "Superintendent for Merseyside Police Force" and a "Detective Superintendent"."""
    found = rows(NAME)
    assert [(r["area_name"], r["rank"], r["below_chief_superintendent"]) for r in found] == [
        ("Sefton", "superintendent", "yes"),
        ("Warwickshire", "superintendent", "yes"),
    ]
    assert {
        (r["areas_with_police_delegate"], r["areas_with_a_document"], r["areas"]) for r in found
    } == {(2, 5, 153)}


def test_before_a_delegate_was_shown_there_is_no_row(rows: Rows) -> None:
    """The arrangements of 2021 name no delegate for the police."""
    assert rows(NAME, area="sefton", as_at="2022-01-01") == []


@pytest.mark.parametrize(
    ("title", "rank", "below"),
    [
        ("Detective Chief Superintendent", "chief superintendent", "no"),
        ("Temporary Superintendent", "superintendent", "yes"),
        ("Detective Chief Inspector", "chief inspector", "yes"),
        ("Inspector", "inspector", "yes"),
        ("Assistant Chief Constable", "chief constable, deputy or assistant", "no"),
        ("Deputy Assistant Commissioner", "commissioner, deputy or assistant", "no"),
        ("Local Area Commander", None, "not shown by the title"),
        ("Head of Public Protection", None, "not shown by the title"),
    ],
)
def test_a_rank_is_read_in_the_title(
    asked: Asked, exampleshire: Exampleshire, title: str, rank: str | None, below: str
) -> None:
    seat = exampleshire.seat("one", role="DelegatedSafeguardingPartner", head=False)
    document = exampleshire.document(seat.replace("Holder of one", title))
    (row,) = asked(NAME, document)
    assert (row["rank"], row["below_chief_superintendent"]) == (rank, below)
    assert (row["areas_with_police_delegate"], row["areas_with_a_document"]) == (1, 1)


def test_other_seats_are_left_out(asked: Asked, exampleshire: Exampleshire) -> None:
    health = exampleshire.seat(
        "nurse", role="DelegatedSafeguardingPartner", slot="health", organisation="exampleshire-icb"
    )
    assert asked(NAME, exampleshire.document(health, exampleshire.seat("chief"))) == []
