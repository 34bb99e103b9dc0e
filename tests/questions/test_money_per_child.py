"""money-per-child: what is told of the money, and that the number of children is not held."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "money-per-child"


def test_the_money_is_told_and_the_children_are_not_held(rows: Rows) -> None:
    (row,) = [r for r in rows(NAME) if r["total_income"] is not None]
    assert (row["area_name"], row["document"]) == ("Sefton", "sefton-arrangements-2021")
    assert (row["year"], row["total_income"], row["income_approximate"]) == (
        "2021/22",
        230000,
        True,
    )
    assert row["total_expenditure"] == 208000
    assert row["not_told"] == "How many children live there is not held"


def test_a_document_without_a_total_says_both(rows: Rows) -> None:
    (row,) = rows(NAME, area="warwickshire")
    assert row["not_told"] == (
        "How many children live there is not held; and no total was found in the text held of this "
        "document"
    )
    assert rows(NAME, area="kent") == []


def test_every_area_with_a_document_has_a_row(rows: Rows) -> None:
    assert {r["area_name"] for r in rows(NAME)} == {
        "Brighton and Hove", "East Sussex", "Sefton", "Warwickshire", "West Sussex",
    }  # fmt: skip
