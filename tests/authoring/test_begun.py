"""A row that somebody begins is read, and tells what it lacks; no other row is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from masagraph.authoring.imported import Imported
from masagraph.authoring.layout import read_layout
from masagraph.authoring.template import Filled
from masagraph.resources import find_resources

LAYOUT = read_layout(find_resources())
DOCUMENT = "kent-page-2025"


def test_what_a_new_workbook_has_filled_begins_no_row(make: Callable[..., Filled]) -> None:
    """But the arrangement and its partnership, which are there from the start."""
    begun = set()
    for areas in (["kent"], ["warwickshire"], ["kent", "medway"]):
        made = make(*areas)
        for table in LAYOUT.tables:
            for row in made.rows[table.kind]:
                if table.begun_by & {name for name, cell in row.items() if cell}:
                    begun.add(table.title)
    assert begun == {"Arrangements", "Partnerships"}


def test_every_other_column_begins_a_row(make: Callable[..., Filled]) -> None:
    new = {table.kind: {name for row in make("kent").rows[table.kind] for name in row}
           for table in LAYOUT.tables}  # fmt: skip
    for table in LAYOUT.tables:
        columns = {column.name for column in table.columns if not column.shown_only}
        if table.title not in ("Arrangements", "Partnerships"):
            assert table.begun_by == columns - new[table.kind], table.title


@pytest.mark.parametrize(
    ("sheet", "cells", "at", "lacks"),
    [
        ("Statements", {"Decision": "accept", "Standing": "local arrangement",
                        "Answers it": "wholly", "Comment": "page 4"},
         "wt2023-pub-boundaries", ["Document", "Section", "Phrase"]),
        ("Seats", {"Document": DOCUMENT, "On": "kent-scp", "Comment": "chosen each year"},
         "lead-police", ["Post", "Holder"]),
        ("Seats", {"Held as": "interim", "Role": "partnership chair"},
         "", ["Document", "Post", "Holder"]),
        ("Education", {"Name": "Schools forum", "Comment": "heads meet"}, "", ["Document"]),
        ("Lines", {"Document": DOCUMENT, "Kind": "reporting"}, "", ["From", "To"]),
        ("Other facts", {"Document": DOCUMENT}, "", ["Thing"]),
    ],
)  # fmt: skip
def test_a_row_that_is_begun_tells_what_it_lacks(
    begun: Any,
    faults: Callable[[Any], list[str]],
    sheet: str,
    cells: dict[str, object],
    at: str,
    lacks: list[str],
) -> None:
    begun.put(sheet, cells, at=at)
    told = faults(begun)
    for title in lacks:
        assert any(f"the cell {title} is empty" in line for line in told), told
    assert all(line.startswith(f"{sheet}!") for line in told)
    assert not any("short name" in line for line in told)


def test_a_row_of_which_no_name_can_be_made(begun: Any, faults: Callable[[Any], list[str]]) -> None:
    begun.put("Events", {"Document": DOCUMENT, "Date": "2025-03-01"})
    (told,) = faults(begun)
    assert told.startswith("Events!A4: no short name can be made of the row. Write one")


def test_a_decision_alone_is_told_of(begun: Any, take_in: Callable[[Any], Imported]) -> None:
    row = begun.put("Statements", {"Decision": "reject"}, at="wt2023-pub-boundaries")
    (left,) = take_in(begun).taken.left
    assert re.fullmatch(rf"Statements![A-Z]{row}", left.address)
