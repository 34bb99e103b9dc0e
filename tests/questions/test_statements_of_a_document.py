"""statements-of-a-document: what was read, by section and standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.errors import UnknownName

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

NAME = "statements-of-a-document"
PATHFINDER = {"document": "warwickshire-masa", "section": "Aims of Pathfinder"}
STANDINGS = (
    "local arrangement",
    "commitment only",
    "guidance restated",
    "heading only",
    "stated absent",
)


def test_four_changes_that_a_page_lists(rows: Rows) -> None:
    listed = [r for r in rows(NAME, **PATHFINDER) if r["number"]]
    assert [r["number"] for r in listed] == [1, 2, 3, 4]
    assert [r["words"].split()[0] for r in listed] == ["Set", "Introduce", "Test", "Implement"]
    assert {r["standing"] for r in listed} == {"guidance restated"}
    chair = f"{listed[1]['duties']}, {listed[1]['duties_in_part']}".split(", ")
    assert {"wt2023-partnership-chair", "wt2023-partnership-chair-functions"} <= set(chair)


def test_parts_of_the_four_stand_beside_them_without_a_number(rows: Rows) -> None:
    others = {r["words"] for r in rows(NAME, **PATHFINDER) if not r["number"]}
    assert "provide a clear mechanism for escalation" in others


def test_five_local_statements_of_the_sussex_page(rows: Rows) -> None:
    local = rows(NAME, document="sussex-procedures-2024", standing="local arrangement")
    assert sorted(r["section"] for r in local) == [
        "2.1.1 Introduction",
        "2.1.3 Introduction",
        "2.1.7 Membership",
        "2.1.7 Membership",
        "Opening",
    ]
    everything = rows(NAME, document="sussex-procedures-2024")
    assert len(everything) > 60
    assert sum(r["standing"] == "guidance restated" for r in everything) > 60


@pytest.mark.parametrize("document", ["sefton-arrangements-2021", "sussex-procedures-2024"])
def test_each_statement_has_one_row_and_one_standing(rows: Rows, document: str) -> None:
    everything = rows(NAME, document=document)
    apart = [r for s in STANDINGS for r in rows(NAME, document=document, standing=s)]
    assert len(apart) == len(everything)
    sections = {r["section"] for r in everything}
    by_section = [r for s in sections for r in rows(NAME, document=document, section=s)]
    assert len(by_section) == len(everything)


def test_wholly_and_in_part_are_told_apart(rows: Rows) -> None:
    for row in rows(NAME, document="sussex-procedures-2024"):
        whole, part = ({*(row[c] or "").split(", ")} - {""} for c in ("duties", "duties_in_part"))
        assert whole.isdisjoint(part)


def test_a_promise_has_its_day(rows: Rows) -> None:
    found = rows(NAME, document="sefton-arrangements-2021", standing="commitment only")
    assert [r["due"] for r in found if r["due"]] == ["2021-10-01"]


def test_a_standing_or_section_that_is_none(rows: Rows) -> None:
    assert rows(NAME, document="warwickshire-masa", standing="local") == []
    assert rows(NAME, document="warwickshire-masa", section="No such heading") == []


def test_without_a_document_all_are_told(rows: Rows) -> None:
    assert len(rows(NAME)) > len(rows(NAME, document="sefton-arrangements-2021"))


def test_a_document_must_be_held(ask: Ask) -> None:
    with pytest.raises(UnknownName, match='no document "kent-masa"'):
        ask(NAME, document="kent-masa")
