"""What is taken of a workbook that somebody filled, what is left, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from masagraph.authoring.imported import FaultyWorkbook, Imported
from masagraph.authoring.told import tell
from masagraph.store.protocol import text_of
from masagraph.vocab import ID, MASA, PREFIXES

STATEMENT = f"{ID}statement/kent-page-2025/each-home-in-kent-is-visited"
DUTY = "wt2023-pub-custody-residential"


def values(imported: Imported, subject: str, name: str) -> list[str]:
    """What the files say of a thing by a property."""
    return [
        text_of(triple.object)
        for file in imported.files
        for triple in file.triples
        if text_of(triple.subject) == subject and triple.predicate.value == name
    ]


def test_a_row_becomes_what_it_says(begun: Any, take_in: Callable[[Any], Imported]) -> None:
    imported = take_in(begun)
    assert values(imported, STATEMENT, str(MASA.bearsOn)) == [f"{ID}duty/{DUTY}"]
    assert values(imported, STATEMENT, str(MASA.about)) == [f"{ID}arrangement/kent"]
    assert values(imported, STATEMENT, str(MASA.standing)) == [str(MASA.LocalArrangement)]
    assert values(imported, STATEMENT, str(MASA.reviewStatus)) == [str(MASA.Unreviewed)]
    post = f"{ID}post/kent-police/chief-constable"
    assert values(imported, post, PREFIXES["org"] + "postIn") == [f"{ID}organisation/kent-police"]
    assert [file.path.name for file in imported.files] == ["arrangement.ttl", "page-2025.ttl"]
    assert imported.taken.read_as == []


def test_a_word_that_is_not_the_lists_own_is_read_and_told(
    begun: Any, take_in: Callable[[Any], Imported]
) -> None:
    cells = {"Document": "kent-page-2025", "Post": "chief-constable", "Holder": "Tbc"}
    row = begun.put("Seats", cells, at="lead-police")
    imported = take_in(begun)
    seat = f"{ID}appointment/kent-page-2025/lead-police"
    assert values(imported, seat, str(MASA.holderStatus)) == [str(MASA.ToBeConfirmed)]
    assert values(imported, seat, str(MASA.forSlot)) == [f"{ID}slot/kent/police"]
    assert f'Seats!G{row}: "Tbc" read as to be confirmed' in tell(imported)


@pytest.mark.parametrize(
    ("written", "read", "told"),
    [
        ("1 March 2025", "2025-03-01", '"1 March 2025" read as 1 March 2025'),
        ("03/04/2025", "2025-04-03", '"03/04/2025" read as 3 April 2025'),
        ("20250301", "2025-03-01", '"20250301" read as 1 March 2025'),
        ("2025-03-01", "2025-03-01", ""),
    ],
)
def test_dates_as_people_write_them(
    begun: Any, take_in: Callable[[Any], Imported], written: str, read: str, told: str
) -> None:
    begun.put("Documents", {"Counts from": written}, at="kent-page-2025")
    imported = take_in(begun)
    document = f"{ID}document/kent-page-2025"
    assert values(imported, document, str(MASA.inViewFrom)) == [read]
    assert [note.what for note in imported.taken.read_as] == ([told] if told else [])


@pytest.mark.parametrize("decision", ["reject", "undecided", None])
def test_only_accepted_rows_are_taken(
    begun: Any, take_in: Callable[[Any], Imported], decision: str | None
) -> None:
    row = begun.put("Statements", {"Decision": decision}, at=DUTY)
    imported = take_in(begun)
    assert not any("statement/" in file.text for file in imported.files)
    (left,) = imported.taken.left
    assert left.address == f"Statements!G{row}"
    assert (decision or "no decision") in left.what
    assert str(left) in tell(imported)


def test_who_decided_and_when_is_kept_and_no_name_can_be(
    begun: Any, take_in: Callable[[Any], Imported]
) -> None:
    by = {"Decided by": "business manager or unit", "Decided on": "2025-03-04"}
    begun.put("Statements", by, at=DUTY)
    imported = take_in(begun)
    assert values(imported, STATEMENT, str(MASA.decidedBy)) == [str(MASA.BusinessUnitDecider)]
    assert values(imported, STATEMENT, str(MASA.decidedOn)) == ["2025-03-04"]
    begun.put("Statements", {"Decided by": "A. Person"}, at=DUTY)
    with pytest.raises(FaultyWorkbook, match="not in the list"):
        take_in(begun)


def test_a_missing_fingerprint_is_told(begun: Any, take_in: Callable[[Any], Imported]) -> None:
    begun.put("Documents", {"Fingerprint of the text": None}, at="kent-page-2025")
    imported = take_in(begun)
    assert values(imported, f"{ID}document/kent-page-2025", str(MASA.sha256)) == ["0" * 64]
    assert "no fingerprint is given" in tell(imported)


def test_short_names_are_made_and_differ(begun: Any, take_in: Callable[[Any], Imported]) -> None:
    row = begun.book["Statements"]
    first = {head: row.cell(at_row(begun), column).value
             for head, column in begun.heads("Statements").items()}  # fmt: skip
    begun.put("Statements", {**first, "Phrase": "Each home in Kent is visited by two people"})
    imported = take_in(begun)
    assert values(imported, f"{STATEMENT}-2", str(MASA.bearsOn)) == [f"{ID}duty/{DUTY}"]


def at_row(book: Any) -> int:
    return int(book.put("Statements", {}, at=DUTY))


def test_several_values_stand_in_one_cell(begun: Any, take_in: Callable[[Any], Imported]) -> None:
    begun.put("Statements", {"Also answers partly": "wt2023-pub-boundaries; wt2018-pub-scrutiny"},
              at=DUTY)  # fmt: skip
    imported = take_in(begun)
    assert values(imported, STATEMENT, str(MASA.bearsPartlyOn)) == [
        f"{ID}duty/wt2023-pub-boundaries",
        f"{ID}duty/wt2018-pub-scrutiny",
    ]


def test_columns_may_stand_in_another_order(begun: Any, take_in: Callable[[Any], Imported]) -> None:
    before = take_in(begun)
    page = begun.book["Posts"]
    for row in page.iter_rows(min_row=1, max_row=page.max_row):
        row[2].value, row[3].value = row[3].value, row[2].value
    assert [f.text for f in take_in(begun).files] == [f.text for f in before.files]


def test_sheets_and_columns_of_ones_own_are_told_and_not_read(
    begun: Any, take_in: Callable[[Any], Imported]
) -> None:
    begun.book.create_sheet("My notes")["A1"] = "to do"
    page = begun.book["Posts"]
    page.cell(3, 12).value = "My column"
    told = tell(take_in(begun))
    assert "My notes: a sheet of your own, which is not read" in told
    assert "Posts!L: the column My column is not read" in told


def test_scrutiny_in_parts_and_money_out_of_funds(
    begun: Any, take_in: Callable[[Any], Imported]
) -> None:
    page = {"Document": "kent-page-2025"}
    begun.put("Scrutiny", {**page, "Short name": "whole", "Name": "Scrutiny"})
    begun.put("Parts of scrutiny", {**page, "Part of": "whole", "Form": "a panel or group"})
    begun.put("Parts of scrutiny", {**page, "Part of": "whole", "Carried out by": "Kent Police",
                                    "Form": "a company or other provider"})  # fmt: skip
    begun.put("Money", {**page, "Payer": "Kent Police", "Form": "cash", "From fund": "General fund",
                        "Pays for": "children's safeguarding; adults' safeguarding"})  # fmt: skip
    begun.put("Documents", {"Report tells from": "2023-04-01", "Report tells until": "2024-04-01"},
              at="kent-page-2025")  # fmt: skip
    begun.put("Partnerships", {"Serves": "adults' safeguarding"}, at="kent-scp")
    imported = take_in(begun)
    forms = {
        "a-panel-or-group": "ScrutinyByPanel",
        "a-company-or-other-provider-kent-police": "ScrutinyByCompany",
    }
    for name, form in forms.items():
        part = f"{ID}scrutiny/kent-page-2025/{name}"
        assert values(imported, part, str(MASA.scrutinyForm)) == [str(MASA[form])]
        assert values(imported, part, str(MASA.partOfScrutiny)) == [
            f"{ID}scrutiny/kent-page-2025/whole"
        ]
    assert values(imported, part, str(MASA.carriedOutBy)) == [f"{ID}organisation/kent-police"]
    money = f"{ID}contribution/kent-page-2025/kent-police"
    assert values(imported, money, str(MASA.fromFund)) == ["General fund"]
    assert values(imported, money, str(MASA.fundsFunction)) == [
        str(MASA.ChildrensSafeguarding),
        str(MASA.AdultsSafeguarding),
    ]
    document = f"{ID}document/kent-page-2025"
    assert values(imported, document, str(MASA.periodUntil)) == ["2024-04-01"]
    partnership = f"{ID}partnership/kent-scp"
    assert values(imported, partnership, str(MASA.dischargesFunction)) == [
        str(MASA.AdultsSafeguarding)
    ]


WRONG = [
    ("Statements", {"Standing": "excellent"}, DUTY, "Statements!E", "not in the list"),
    ("Statements", {"Phrase": " ".join(["word"] * 13)},
     DUTY, "Statements!D", "the phrase has 13 words"),
    ("Statements", {"Document": "kent-page-2024"}, DUTY, "Statements!J", "names nothing"),
    ("Statements", {"Duty": "wt2023-no-such-duty"}, DUTY, "Statements!B", "names nothing"),
    ("Statements", {"Answers it": None}, DUTY, "Statements!F", "is empty"),
    ("Statements", {"Section": None}, DUTY, "Statements!K", "the cell Section is empty"),
    ("Statements", {"Decision": "yes please"}, DUTY, "Statements!G", "is no decision"),
    ("Documents", {"Counts from": "last spring"}, "kent-page-2025", "Documents!H", "is not a date"),
    ("Documents", {"Short name": "Kent page"}, "kent-page-2025", "Documents!A", "no short name"),
    ("Documents", {"Address": "our website"}, "kent-page-2025", "Documents!D", "no web address"),
    ("Documents", {"Fingerprint of the text": "abc"}, "kent-page-2025", "Documents!4", "hash"),
    ("Posts", {"Organisation": "Chief Executive"}, "chief-constable", "Posts!D", "names nothing"),
    ("Other facts", {"Thing": "a b", "Property": "masa:holder", "Value": "x",
                     "The value is": "a thing"}, "", "Other facts!D", "is no name of a thing"),
    ("Money", {"Document": "kent-page-2025", "Payer": "Kent Police", "Form": "cash",
               "Amount in pounds": "some"}, "", "Money!H", "is not a number"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "cells", "at", "address", "said"), WRONG)
def test_a_cell_that_cannot_be_read_is_told_with_its_place(
    begun: Any,
    take_in: Callable[[Any], Imported],
    sheet: str,
    cells: dict[str, object],
    at: str,
    address: str,
    said: str,
) -> None:
    begun.put(sheet, cells, at=at)
    with pytest.raises(FaultyWorkbook) as caught:
        take_in(begun)
    told = [fault.line() for fault in caught.value.faults]
    assert any(line.startswith(address) and said in line for line in told), told


def test_a_name_that_may_mean_two_things_is_not_guessed(
    begun: Any, take_in: Callable[[Any], Imported]
) -> None:
    for place in ("Kent County Council", "Kent Police"):
        begun.put("Posts", {"Document": "kent-page-2025", "Short name": "head",
                            "Organisation": place, "Name of the post": "Head"})  # fmt: skip
    begun.put("Seats", {"Document": "kent-page-2025", "Post": "head", "Holder": "post only"},
              at="lead-police")  # fmt: skip
    with pytest.raises(FaultyWorkbook, match="kent-county-council/head or kent-police/head"):
        take_in(begun)


def test_a_row_that_repeats_another_is_taken_once_and_told(
    begun: Any, take_in: Callable[[Any], Imported]
) -> None:
    first = at_row(begun)
    row = begun.put("Statements", cells_of(begun, first))
    imported = take_in(begun)
    assert imported.taken.counts["Statements"] == 1
    assert [str(note) for note in imported.taken.left] == [
        f"Statements!{row}: the row is left, as it repeats Statements!{first}"
    ]


def test_a_row_that_repeats_another_and_says_otherwise_is_refused(
    begun: Any, faults: Callable[[Any], list[str]]
) -> None:
    again = cells_of(begun, at_row(begun)) | {"Standing": "commitment only"}
    row = begun.put("Statements", again)
    (said,) = faults(begun)
    assert said.startswith(f"Statements!E{row}: the row repeats")


def test_a_row_with_a_short_name_of_its_own_repeats_no_other(
    begun: Any, take_in: Callable[[Any], Imported]
) -> None:
    begun.put("Statements", cells_of(begun, at_row(begun)) | {"Short name": "once-more"})
    assert take_in(begun).taken.counts["Statements"] == 2


def test_a_row_of_a_document_that_is_not_accepted_is_left_and_told(
    begun: Any, take_in: Callable[[Any], Imported]
) -> None:
    page = cells_of(begun, begun.put("Documents", {}, at="kent-page-2025"), "Documents")
    begun.put("Documents", {**page, "Short name": "kent-other", "Decision": "reject"})
    begun.put("Posts", {"Short name": "chair", "Document": "kent-other",
                        "Name of the post": "Chair"})  # fmt: skip
    imported = take_in(begun)
    assert not any("kent-other" in file.text for file in imported.files)
    said = [str(note) for note in imported.taken.left]
    assert any(each.startswith("Posts!") and "document is not accepted" in each for each in said)


def test_a_row_of_a_person_needs_nobody_who_decided(
    begun: Any, take_in: Callable[[Any], Imported]
) -> None:
    assert take_in(begun).taken.counts["Documents"] == 1


def cells_of(book: Any, row: int, sheet: str = "Statements") -> dict[str, Any]:
    """The cells of a row."""
    page = book.book[sheet]
    return {head: page.cell(row, at).value for head, at in book.heads(sheet).items()}


@pytest.mark.parametrize("sheet", ["Documents", "Posts", "Seats", "Bodies", "Lines"])
def test_a_workbook_made_before_decisions_had_columns_is_read(
    begun: Any, take_in: Callable[[Any], Imported], sheet: str
) -> None:
    for head in ("Decision", "Decided by", "Decided on", "How it was found"):
        begun.book[sheet].delete_cols(begun.heads(sheet)[head])
    assert take_in(begun).taken.counts["Documents"] == 1


def test_a_decision_of_a_day_to_come_is_refused(
    begun: Any, faults: Callable[[Any], list[str]]
) -> None:
    begun.put("Statements", {"Decided on": "2199-01-01"}, at=DUTY)
    (said,) = faults(begun)
    assert said.startswith("Statements!I")
    assert "2199-01-01 is still to come" in said
