"""relevant-agency-kinds: the Schedule in its order, and what stands beside it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from masagraph.errors import BadValue

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

NAME = "relevant-agency-kinds"
CATEGORIES = {
    "education and childcare": 14,
    "health and social care": 9,
    "local government": 1,
    "criminal justice": 7,
    "police and immigration": 4,
    "miscellaneous": 3,
}


def test_the_38_paragraphs_come_first_and_in_order(rows: Rows) -> None:
    found = rows(NAME)
    assert [r["paragraph"] for r in found] == [*range(1, 39), *[None] * (len(found) - 38)]
    assert {r["status"] for r in found[:38]} == {"in the Schedule"}


def test_each_paragraph_once_in_its_category_and_group(rows: Rows) -> None:
    listed = rows(NAME)[:38]
    assert {c: len(list(g)) for c, g in groupby(r["category"] for r in listed)} == CATEGORIES
    assert all(r["group"] for r in listed)
    groups = {r["paragraph"]: r["group"] for r in listed}
    assert (groups[7], groups[24], groups[35]) == (
        "independent schools", "local government", "immigration",
    )  # fmt: skip


def test_for_whose_inclusion_a_kind_counts(rows: Rows) -> None:
    counts = {r["paragraph"]: r["counts_for"] for r in rows(NAME) if r["counts_for"]}
    assert counts == {
        **dict.fromkeys(range(1, 15), "education settings"),
        **dict.fromkeys((21, 26, 28, 29, 30), "custody and residential homes"),
    }


def test_who_stands_outside_and_who_is_a_partner(rows: Rows) -> None:
    beside = {(r["status"], r["kind"]) for r in rows(NAME)[38:]}
    assert beside == {
        ("outside the Schedule", "Dental practice"),
        ("outside the Schedule", "Fire and rescue service"),
        ("outside the Schedule", "General practice"),
        ("outside the Schedule", "Housing provider"),
        ("itself a partner", "Chief officer of police"),
        ("itself a partner", "Clinical commissioning group"),
        ("itself a partner", "Integrated care board"),
        ("itself a partner", "Local authority"),
    }


def test_it_takes_no_parameter(ask: Ask) -> None:
    with pytest.raises(BadValue, match='no parameter "area"'):
        ask(NAME, area="sefton")
