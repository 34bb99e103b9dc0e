"""contributions: who pays, in what form, and with what amount where one is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "contributions"


def test_five_contributors_of_2021_22_and_no_amount(rows: Rows) -> None:
    """The contribution in kind is a sixth row: the text gives no year for it."""
    found = rows(NAME, area="sefton")
    assert {r["payer"] for r in found if r["year"] == "2021/22"} == {
        "Sefton Metropolitan Borough Council",
        "NHS South Sefton CCG; NHS Southport and Formby CCG",
        "Merseyside Police",
        "HM Prison & Probation Service",
        "Schools, including independent schools and colleges",
    }
    assert sum(r["year"] == "2021/22" for r in found) == 5
    assert {r["amount"] for r in found} == {None}
    assert len(found) == 6


def test_the_totals_stand_beside_their_year_only(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    columns = ("year", "form", "total_income", "income_approximate", "total_expenditure")
    assert {tuple(r[c] for c in columns) for r in found} == {
        ("2021/22", "cash", 230000, True, 208000),
        (None, "in kind", None, None, None),
    }


def test_which_payers_are_partners(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    cash = {r["partner"] for r in found if r["form"] == "cash"}
    assert cash == {"local authority", "health", "police", None}
    (in_kind,) = [r for r in found if r["form"] == "in kind"]
    assert in_kind["partner"] == "local authority"
    assert {r["paid_by"] for r in found if r["partner"] is None} == {"another payer"}
    assert all(r["paid_by"] == r["partner"] for r in found if r["partner"])


def test_areas_whose_documents_say_nothing_of_money(rows: Rows) -> None:
    assert {r["area_name"] for r in rows(NAME)} == {"Sefton"}
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
