"""totals-and-sums: stated totals beside the sum of stated amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.vocab import ID

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "totals-and-sums"


def test_no_amount_of_five_is_stated_so_it_cannot_be_told(rows: Rows) -> None:
    (row,) = [r for r in rows(NAME) if r["adds_up"]]
    assert (row["area_name"], row["document"]) == ("Sefton", "sefton-arrangements-2021")
    assert (row["total_income"], row["income_approximate"]) == (230000, True)
    assert (row["total_expenditure"], row["sum_of_amounts"]) == (208000, None)
    assert (row["adds_up"], row["difference"]) == ("cannot be told", None)
    assert row["not_told"] == "An amount was found for 0 of 5 contributions"
    assert "four kinds of post" in row["remark"]
    assert r"income around $\pounds 230,000$" in row["words"]


def test_documents_without_a_total(rows: Rows) -> None:
    found = [r for r in rows(NAME) if not r["adds_up"]]
    assert len(found) == 6
    assert {r["not_told"] for r in found} == {
        "No total was found in the text held of this document"
    }


def money(total: int, *amounts: int | None) -> str:
    """A stated income, and contributions in cash beside one in kind."""
    paid = "\n".join(
        f"""
        <{ID}contribution/exampleshire/{number}> a masa:Contribution ;
            masa:inArrangement arrangement:exampleshire ;
            {"" if amount is None else f"masa:amount {amount}.00 ;"}
            masa:contributionForm masa:Cash ;
            masa:financialYear "2024/25" .
        """
        for number, amount in enumerate(amounts)
    )
    return f"""
        {paid}
        <{ID}contribution/exampleshire/rooms> a masa:Contribution ;
            masa:inArrangement arrangement:exampleshire ;
            masa:amount 5000.00 ;
            masa:contributionForm masa:InKind ;
            masa:financialYear "2024/25" .
        <{ID}funding/exampleshire/year> a masa:FundingStatement ;
            masa:inArrangement arrangement:exampleshire ;
            masa:financialYear "2024/25" ;
            masa:statedTotal {total}.00 .
    """


@pytest.mark.parametrize(
    ("total", "amounts", "added", "difference", "adds_up", "not_told"),
    [
        (100, (60, 40), 100, 0, "yes", None),
        (110, (60, 40), 100, 10, "no", None),
        # Two contributions of one size are two.
        (80, (40, 40), 80, 0, "yes", None),
        (100, (60, None), 60, None, "cannot be told",
         "An amount was found for 1 of 2 contributions"),
        (100, (), None, None, "cannot be told",
         "No contribution in cash was found for this year in the text held"),
    ],
)  # fmt: skip
def test_sums(
    asked: Asked,
    exampleshire: Exampleshire,
    total: int,
    amounts: tuple[int | None, ...],
    added: int | None,
    difference: int | None,
    adds_up: str,
    not_told: str | None,
) -> None:
    (row,) = asked(NAME, exampleshire.document(money(total, *amounts)))
    assert (row["total_income"], row["sum_of_amounts"]) == (total, added)
    assert (row["difference"], row["adds_up"], row["not_told"]) == (difference, adds_up, not_told)
