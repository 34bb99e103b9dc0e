"""statutory-partners: who the statutory partners of an area are on a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

HEALTH = {
    ("sefton", "2021-12-01"): {"NHS South Sefton CCG", "NHS Southport and Formby CCG"},
    ("sefton", "2022-01-01"): {"NHS South Sefton CCG", "NHS Southport and Formby CCG"},
    ("sefton", "2024-06-01"): {"NHS Cheshire and Merseyside Integrated Care Board"},
    ("brighton-and-hove", "2026-03-31"): {"NHS Sussex Integrated Care Board"},
    ("brighton-and-hove", "2026-06-01"): {"NHS Surrey and Sussex Integrated Care Board"},
    ("warwickshire", "2021-12-01"): {"CCG not held"},
    ("sefton", "2021-10-30"): {"CCG not held"},
    ("westmorland-and-furness", "2026-06-01"): {
        "NHS Lancashire and South Cumbria Integrated Care Board",
        "NHS North East and North Cumbria Integrated Care Board",
    },
}


@pytest.mark.parametrize(("area", "as_at"), HEALTH)
def test_health(rows: Rows, area: str, as_at: str) -> None:
    found = rows("statutory-partners", area=area, as_at=as_at)
    assert {r["organisation"] for r in found if r["partner"] == "health"} == HEALTH[area, as_at]


def test_it_says_from_where_it_knows(rows: Rows) -> None:
    found = rows("statutory-partners", area="sefton", as_at="2021-12-01")
    assert [(r["partner"], r["known_from"]) for r in found] == [
        ("local authority", "register"),
        ("health", "sefton-arrangements-2021"),
        ("health", "sefton-arrangements-2021"),
        ("police", "register"),
    ]


def test_boards_stand_by_their_share(rows: Rows) -> None:
    found = rows("statutory-partners", area="essex", as_at="2024-06-01")
    shares = [r["share"] for r in found if r["partner"] == "health"]
    assert len(shares) == 3
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1, abs=0.001)


def test_a_board_with_next_to_nothing_of_an_area_is_left_out(rows: Rows) -> None:
    found = rows("statutory-partners", area="oxfordshire", as_at="2024-06-01")
    assert sum(r["partner"] == "health" for r in found) == 1


def test_an_area_that_was_not_yet_there(rows: Rows) -> None:
    found = rows("statutory-partners", area="cumberland", as_at="2022-09-01")
    assert {r["organisation"] for r in found} == {"not held"}


def test_all_areas(rows: Rows) -> None:
    found = rows("statutory-partners", as_at="2024-06-01")
    assert len({r["area"] for r in found}) == 153
    assert not [r for r in found if "not held" in r["organisation"]]
