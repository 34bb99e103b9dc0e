"""funding-shares: what each payer gives, its share, and whether somebody else pays for a partner.

Sefton's text of 2021 names five payers of the year 2021/22 and one contribution in kind, and gives
none of them an amount; the other documents held name no payer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from masagraph.vocab import ID

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "funding-shares"

FILLED = "slot:police masa:filledBy organisation:exampleshire-police ."
COMMISSIONER = """
    organisation:commissioner a masa:Agency ; skos:prefLabel "Commissioner"@en .
"""


def payment(
    name: str, payer: str, amount: int | None = None, *, slot: str = "", form: str = "Cash"
) -> str:
    """A contribution of 2024/25, on account of a slot if one is given."""
    return f"""
        <{ID}contribution/exampleshire/{name}> a masa:Contribution ;
            masa:inArrangement arrangement:exampleshire ;
            masa:payer organisation:{payer} ;
            {f"masa:forSlot slot:{slot} ;" if slot else ""}
            {"" if amount is None else f"masa:amount {amount}.00 ;"}
            masa:contributionForm masa:{form} ;
            masa:financialYear "2024/25" .
    """


def test_five_payers_in_cash_and_one_in_kind_without_an_amount(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["payer"]]
    assert {r["document"] for r in found} == {"sefton-arrangements-2021"}
    assert [(r["form"], r["contributions"], r["amounts_stated"]) for r in found] == (
        [("cash", 5, 0)] * 5 + [("in kind", 1, 0)]
    )
    assert {r["share"] for r in found} == {r["sum_of_amounts"] for r in found} == {None}
    assert all("no share can be told" in r["not_told"] for r in found)
    assert {r["standing"] for r in found} == {"local arrangement"}


def test_the_police_pay_for_themselves_and_schools_for_no_partner(rows: Rows) -> None:
    paying = {(r["partner"], r["form"]): r["who_pays"] for r in rows(NAME, area="sefton")}
    assert paying["police", "cash"] == paying["health", "cash"] == "the partner itself"
    assert paying["local authority", "in kind"] == "the partner itself"
    assert paying[None, "cash"] == "another payer, for no partner"


def test_a_document_without_a_payer_has_a_row_that_says_so(rows: Rows) -> None:
    empty = [r for r in rows(NAME) if not r["payer"]]
    assert [(r["area_name"], r["document"]) for r in empty] == [
        ("Brighton and Hove", "sussex-procedures-2024"),
        ("East Sussex", "sussex-procedures-2024"),
        ("Sefton", "sefton-council-2024"),
        ("Sefton", "sefton-procedures-2024"),
        ("Warwickshire", "warwickshire-masa"),
        ("West Sussex", "sussex-procedures-2024"),
    ]
    assert {r["not_told"] for r in empty} == {
        "No payer was found in the text held of this document"
    }
    assert rows(NAME, area="kent") == rows(NAME, area="sefton", as_at="2021-10-30") == []


def test_shares_and_who_really_pays(asked: Asked, exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        FILLED,
        COMMISSIONER,
        payment("police", "commissioner", 20000, slot="police"),
        payment("icb", "exampleshire-icb", 60000, slot="health"),
        payment("council", "exampleshire-council", 80000, slot="local-authority", form="InKind"),
        "slot:health masa:filledBy organisation:exampleshire-icb .",
    )
    found = {r["payer"]: r for r in asked(NAME, document)}
    police = found["Commissioner"]
    assert (police["partner"], police["who_pays"]) == ("police", "somebody else")
    assert (police["amount"], police["sum_of_amounts"], police["share"]) == (20000, 80000, 0.25)
    assert found["Exampleshire Integrated Care Board"]["share"] == 0.75
    assert found["Exampleshire Integrated Care Board"]["who_pays"] == "the partner itself"
    # What is given in kind is a whole of its own.
    assert found["Exampleshire Council"]["share"] == 1
    assert {r["not_told"] for r in found.values()} == {None}


def test_one_amount_that_is_not_stated_leaves_no_shares(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    document = exampleshire.document(
        payment("police", "exampleshire-police", 20000, slot="police"),
        payment("icb", "exampleshire-icb", slot="health"),
    )
    found = {r["partner"]: r for r in asked(NAME, document)}
    assert {r["share"] for r in found.values()} == {None}
    assert (found["police"]["amounts_stated"], found["police"]["contributions"]) == (1, 2)
    assert "Not every payer" in found["police"]["not_told"]
    assert "No amount" in found["health"]["not_told"]
