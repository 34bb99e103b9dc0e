"""money-by-year: what each document tells of each year. Only Sefton's text of 2021 tells of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masagraph.vocab import ID

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "money-by-year"


def total(year: str, amount: int) -> str:
    """A stated income of a year, and one contribution to it."""
    slug = year.replace("/", "-")
    return f"""
        <{ID}funding/exampleshire/{slug}> a masa:FundingStatement ;
            masa:inArrangement arrangement:exampleshire ;
            masa:financialYear "{year}" ;
            masa:statedTotal {amount}.00 .

        <{ID}contribution/exampleshire/{slug}> a masa:Contribution ;
            masa:inArrangement arrangement:exampleshire ;
            masa:payer organisation:exampleshire-council ;
            masa:amount {amount - 1000}.00 ;
            masa:financialYear "{year}" .
    """


def test_one_year_shows_no_change(rows: Rows) -> None:
    (row,) = [r for r in rows(NAME, area="sefton") if r["year"]]
    assert (row["year"], row["total_income"], row["total_expenditure"]) == (
        "2021/22",
        230000,
        208000,
    )
    assert (row["contributions"], row["amounts_stated"], row["sum_of_amounts"]) == (5, 0, None)
    assert row["years_told"] == 1
    assert row["not_told"] == "Only one year is told, so no change can be seen"


def test_what_has_no_year_and_what_has_no_money(rows: Rows) -> None:
    said = {(r["document"], r["contributions"]): r["not_told"] for r in rows(NAME, area="sefton")}
    assert said["sefton-arrangements-2021", 1] == "No year was found for this in the text held"
    for document in ("sefton-council-2024", "sefton-procedures-2024"):
        assert said[document, None] == (
            "Nothing of money was found in the text held of this document"
        )
    (row,) = rows(NAME, area="warwickshire")
    assert row["years_told"] == 0
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []


def test_older_documents_keep_their_years(asked: Asked, exampleshire: Exampleshire) -> None:
    old = exampleshire.document(total("2022/23", 90000), name="old", since="2022-06-01")
    new = exampleshire.document(
        total("2024/25", 120000), name="new", since="2024-06-01", more="masa:supersedes doc:old ;"
    )
    found = asked(NAME, old, new)
    assert [(r["year"], r["total_income"], r["sum_of_amounts"], r["document"]) for r in found] == [
        ("2024/25", 120000, 119000, "new"),
        ("2022/23", 90000, 89000, "old"),
    ]
    assert {(r["years_told"], r["not_told"]) for r in found} == {(2, None)}
    (then,) = asked(NAME, old, new, as_at="2023-01-01")
    assert (then["year"], then["years_told"]) == ("2022/23", 1)
