"""areas-without-figures: which figures documents give, and that "none found" is no "none"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.vocab import ID

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "areas-without-figures"
CONTRIBUTION = f"""
    <{ID}contribution/exampleshire/police> a masa:Contribution ;
        masa:inArrangement arrangement:exampleshire ;
        masa:payer organisation:exampleshire-police
"""
TOTAL = f"""
    <{ID}funding/exampleshire/year> a masa:FundingStatement ;
        masa:inArrangement arrangement:exampleshire ;
        masa:statedTotal 1000.00 .
"""


def test_only_sefton_gives_figures_and_these_are_totals(rows: Rows) -> None:
    found = {r["area_name"]: r for r in rows(NAME)}
    assert {name: r["figures"] for name, r in found.items()} == {
        "Brighton and Hove": "none found in the text held",
        "East Sussex": "none found in the text held",
        "Sefton": "totals, and no amount of a payer",
        "Warwickshire": "none found in the text held",
        "West Sussex": "none found in the text held",
    }
    assert {(r["areas_with_a_document"], r["areas"]) for r in found.values()} == {(5, 153)}
    assert {r["words_that_say_so"] for r in found.values()} == {None}
    assert all("No yearly report is held" in r["not_told"] for r in found.values())


def test_words_on_money_are_counted_and_the_denominator_is_that_of_the_date(rows: Rows) -> None:
    """Sefton's text has 25 phrases on funding: 14 local, 6 commitments, 5 of the guidance."""
    (row,) = rows(NAME, area="sefton", as_at="2022-01-01")
    assert (row["words_on_money"], row["areas_with_a_document"]) == (25, 1)
    assert row["documents"] == "sefton-arrangements-2021"
    assert rows(NAME, area="kent") == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (CONTRIBUTION + "; masa:amount 500.00 .", "amounts of payers"),
        (TOTAL + CONTRIBUTION + ".", "totals, and no amount of a payer"),
        (CONTRIBUTION + ".", "payers, and no figure"),
        ("", "none found in the text held"),
    ],
)
def test_kinds_of_figures(
    asked: Asked, exampleshire: Exampleshire, text: str, figures: str
) -> None:
    (row,) = asked(NAME, exampleshire.document(text))
    assert row["figures"] == figures


def test_only_a_document_that_says_so_shows_that_none_are_published(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    silent = exampleshire.document(name="other")
    document = exampleshire.document(
        exampleshire.statement("money", standing="StatedAbsent", partly=["wt2023-pub-funding"])
    )
    (row,) = asked(NAME, document, silent)
    assert row["figures"] == "none, and a document says so"
    assert (row["words_that_say_so"], row["words_on_money"]) == ("words on money", 1)
    assert (row["not_told"], row["documents"]) == (None, "example, other")


def test_a_yearly_report_without_figures_is_not_said_to_be_lacking(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    (row,) = asked(NAME, exampleshire.document(kind="YearlyReport"))
    assert (row["figures"], row["not_told"]) == ("none found in the text held", None)
